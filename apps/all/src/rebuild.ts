import { Rebuilding } from '@fil-rouge/platform';
import { failToStart } from '../../process';
import { withTools } from './tools';

/** `npm run rebuild`: derives read tables and states once more from the log. People may go on working. */
withTools(async ({ platform }) => {
  const { done, damaged } = await platform.get(Rebuilding).all((so) => process.stderr.write(`\r${so} records`));
  process.stdout.write(`\n${done - damaged.length} records rebuilt from the log.\n`);
  if (damaged.length > 0) throw new Error(`The log of these records does not end where it should; they were left as they are: ${damaged.join(', ')}`);
}).then(() => process.exit(0), failToStart);

import { Database, Rebuilding, SettingsError } from '@fil-rouge/platform';
import { recountAll } from '@fil-rouge/statistics';
import { flagsOf } from '../../arguments';
import { failToStart } from '../../process';
import { withTools } from './tools';

/** `npm run rebuild`: derives read tables and states once more from the log. People may go on working. */
async function main(): Promise<void> {
  flagsOf('npm run rebuild', 'Derives every read table once more from the log; people may go on working.');
  await withTools('npm run rebuild', async ({ platform }) => {
    const { done, damaged } = await platform.get(Rebuilding).all((so) => process.stderr.write(`\r${so} records`));
    await recountAll(platform.get(Database));
    process.stdout.write(`\n${done - damaged.length} records rebuilt from the log.\n`);
    if (damaged.length > 0)
      throw new SettingsError([
        `The log of these records does not end where it should, or does not open; they were left as they are: ${damaged.join(', ')}`,
      ]);
  });
}

main().then(() => process.exit(0), failToStart);

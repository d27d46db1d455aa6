import { SettingsError } from '@fil-rouge/platform';
import { flagsOf } from '../../arguments';
import { failToStart } from '../../process';
import { withTools } from './tools';
import { verifyAll } from './verification';

/** `npm run verify`; people may go on working. */
async function main(): Promise<void> {
  flagsOf(
    'npm run verify',
    'Recomputes every log and what is derived from it, and compares them and the journal with the hourly anchors; people may go on working.',
  );
  await withTools('npm run verify', async ({ platform }) => {
    const { records, events, anchors, wrong } = await verifyAll(platform, (so) =>
      process.stderr.write(`\r${so} records`),
    );
    process.stdout.write(
      `\n${records} records, ${events} events, ${anchors.length} anchors${anchors.length > 0 ? ` (the last: ${anchors.at(-1)!.replace('.json', '')} UTC)` : ''}.\n`,
    );
    if (wrong.length > 0) throw new SettingsError(wrong);
    process.stdout.write('Nothing was altered.\n');
  });
}

main().then(() => process.exit(0), failToStart);

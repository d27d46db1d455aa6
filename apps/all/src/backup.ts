import { resolve } from 'node:path';
import { Clock, MasterKeys, thinBackups, writeBackup } from '@fil-rouge/platform';
import { optionsOf, UsageError } from '../../arguments';
import { failToStart } from '../../process';
import { progress } from './progress';
import { withTools } from './tools';

const purpose = `Writes what the database holds at one moment, sealed with the master key, to a new folder in the one that is named; people go on working. What is sealed with
the master key opens with it alone: keep that one elsewhere.`;

/** `npm run backup`. */
async function main(): Promise<void> {
  const { to, keep } = optionsOf(
    'npm run backup',
    purpose,
    {
      to: { value: '<folder>', says: 'where backups lie: on another machine’s disk' },
      keep: { value: '<n>', says: 'the newest n stay, older ones are removed' },
    },
    {},
  );
  if (!to) throw new UsageError('`npm run backup` needs --to <folder>: where the backup is to lie.');
  if (keep !== undefined && !/^[1-9]\d{0,4}$/.test(keep))
    throw new UsageError('--keep takes a whole number from 1 to 99999: how many backups stay.');
  const folder = resolve(to);
  await withTools('npm run backup', async ({ administratorUrl: url, platform }) => {
    let tables = 0;
    let rows = 0;
    const name = await writeBackup({
      url,
      keys: platform.get(MasterKeys),
      clock: platform.get(Clock),
      folder,
      onTable: (table, of) => {
        tables++;
        rows += of;
        progress(table);
      },
    });
    progress('');
    process.stdout.write(`${resolve(folder, name)}: ${rows} rows of ${tables} tables.\n`);
    for (const gone of keep === undefined ? [] : await thinBackups(folder, Number(keep)))
      process.stdout.write(`${gone} was removed.\n`);
  });
}

main().then(() => process.exit(0), failToStart);

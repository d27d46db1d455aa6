import { resolve } from 'node:path';
import { Clock, Sealing, thinBackups, writeBackup } from '@fil-rouge/platform';
import { argumentsOf, UsageError } from '../../arguments';
import { failToStart } from '../../process';
import { progress } from './progress';
import { withTools } from './tools';

const help = `npm run backup -- --to <folder> [--keep <n>]

Writes what the database holds at one moment, sealed with the master key, to a new folder in that one; people go on working. What is sealed with the
master key opens with it alone: keep that one elsewhere. Settings come from the environment; the README lists them.

  --to <folder>  where backups lie: on another machine's disk
  --keep <n>     the newest n stay, older ones are removed
`;

/** `npm run backup`. */
async function main(): Promise<void> {
  const { values, positionals } = argumentsOf('npm run backup --', {
    to: { type: 'string' },
    keep: { type: 'string' },
    help: { type: 'boolean' },
  });
  if (values.help) return void process.stdout.write(help);
  if (positionals.length > 0)
    throw new UsageError(`\`npm run backup\` takes no ${positionals.join(' ')}; see \`npm run backup -- --help\`.`);
  const { to, keep } = values;
  if (!to) throw new UsageError('`npm run backup` needs --to <folder>: where the backup is to lie.');
  if (keep !== undefined && !/^[1-9]\d{0,4}$/.test(keep))
    throw new UsageError('--keep takes a whole number from 1 to 99999: how many backups stay.');
  const folder = resolve(to);
  await withTools('npm run backup', async ({ administratorUrl: url, platform }) => {
    let tables = 0;
    let rows = 0;
    const name = await writeBackup({
      url,
      sealing: platform.get(Sealing),
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

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSettings, SettingsError, type Settings } from '@fil-rouge/platform';
import { optionsOf, UsageError } from '../../arguments';
import { failToStart } from '../../process';
import { progress } from './progress';
import { chosenBackup, keyFileOf, restore, type Restored } from './restoration';

const purpose = `Fills an empty database with a backup and brings it up to date, so that the next start goes on from there: what was erased since is erased again,
everybody signs in anew, and no e-mail is sent that was sent before. Nothing is ever restored over something.`;

/** `npm run restore`. */
async function main(): Promise<void> {
  const {
    from,
    at,
    try: isTried,
  } = optionsOf(
    'npm run restore',
    purpose,
    {
      from: { value: '<folder>', says: 'a backup, or the folder in which backups lie: then the newest' },
      at: { value: '<instant>', says: 'the newest one that is not younger: 2026-11-30 or 2026-11-30T08:00:00Z' },
    },
    { try: 'into a place of its own, which is verified and removed: whether the backup would do, for every night' },
  );
  if (!from) throw new UsageError('`npm run restore` needs --from <folder>: a backup, or where backups lie.');
  if (at !== undefined && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(at))
    throw new UsageError('--at takes a day or an instant in UTC, such as 2026-11-30 or 2026-11-30T08:00:00Z.');
  const settings = loadSettings(process.env);
  const key = keyFileOf(settings);
  const folder = await chosenBackup(resolve(from), at);
  const began = performance.now();
  const restored = isTried ? await tried(settings, key.path, folder) : await restore(settings, folder);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  progress('');
  for (const line of reportOf(restored, seconds)) process.stdout.write(`${line}\n`);
  if (restored.wrong.length > 0) throw new SettingsError(restored.wrong);
  process.stdout.write(
    isTried ? 'Nothing was altered: this backup would do.\n' : 'Nothing was altered. Start the system as before.\n',
  );
}

/** Beside whatever runs, in a place that is gone afterwards; what was noted outside the database is copied there and not written to. */
async function tried(settings: Settings, masterKeyFile: string, folder: string): Promise<Restored> {
  const place = await mkdtemp(join(tmpdir(), 'fil-rouge-restore-'));
  try {
    const anchorFolders = settings.anchorFolders.map((_, n) => join(place, `anchors-${n}`));
    for (const [n, noted] of settings.anchorFolders.entries())
      await cp(noted, anchorFolders[n]!, { recursive: true }).catch(() => undefined);
    const alone: Settings = {
      ...settings,
      embedded: true,
      dataDir: place,
      masterKeyFile,
      anchorFolders,
      databaseUrl: undefined,
      migrationDatabaseUrl: undefined,
      workerDatabaseUrl: undefined,
      queueDatabaseUrl: undefined,
      redisUrl: undefined,
    };
    return await restore(alone, folder);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const reportOf = (
  { folder, at, tables, rows, behind, erased, unsigned, records, events }: Restored,
  seconds: string,
) => [
  `${folder}: what stood there at ${at}, ${rows} rows of ${tables} tables, ${records} records with ${events} events, in ${seconds} s.`,
  ...(behind.records === 0
    ? []
    : [`What was written after it is not there: ${behind.records} records had gone further by ${behind.until} UTC.`]),
  ...(erased === 0 ? [] : [`Erased since, and erased once more: ${erased} residents.`]),
  ...(unsigned === 0
    ? []
    : [`${unsigned} lines of the ledger of erasures are not signed with this key and were left.`]),
];

main().then(() => process.exit(0), failToStart);

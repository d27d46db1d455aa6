import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ErasureLedger } from '@fil-rouge/cases';
import {
  Anchors,
  backupsIn,
  checkMasterKeys,
  Clock,
  Database,
  holdFolder,
  loadBackup,
  loadKeyFile,
  migrate,
  openBackup,
  prepareQueueSchema,
  SettingsError,
  startEmbeddedPostgres,
  type KeyFile,
  type MasterKeys,
  type OpenedBackup,
  type Settings,
} from '@fil-rouge/platform';
import { libraries } from '../../system';
import { createWorker } from '../../worker/src/worker';
import { administratorOf, loginsOf, ownDatabase } from './logins';
import { settle } from './settle';
import { progress } from './progress';
import { withTools } from './tools';
import { verifyAll, type Verification } from './verification';

export interface Restored extends Verification {
  readonly folder: string;
  readonly at: string;
  readonly tables: number;
  readonly rows: number;
  /** How many records the anchors knew with more entries, and the last of those anchors. */
  readonly behind: { readonly records: number; readonly until: string };
  readonly erased: number;
  readonly unsigned: number;
}

const command = 'npm run restore';

/** The key must be there before the database is: a new one would open nothing. Throws a SettingsError. */
export function keyFileOf(settings: Settings): KeyFile {
  const path = join(settings.dataDir, 'master.key');
  if (settings.embedded && !settings.masterKeyFile && !existsSync(path))
    throw new SettingsError([
      `The master key with which the backup was made is needed: put it in ${path}, or name its file in MASTER_KEY_FILE.`,
    ]);
  return loadKeyFile(settings);
}

/** @param at a day or an instant: the newest backup that is not younger */
export async function chosenBackup(folder: string, at?: string): Promise<string> {
  const names = await backupsIn(folder);
  if (names.length === 0) return folder;
  // Up to the end of what was named: a day, a minute.
  const until = at?.replace('Z', '').replaceAll(':', '-');
  const chosen = names.filter((name) => !until || name.slice('fil-rouge-'.length, -1).slice(0, until.length) <= until);
  if (chosen.length === 0)
    throw new SettingsError([`The oldest backup in ${folder} is ${names[0]}: there is none of ${at}.`]);
  return join(folder, chosen.at(-1)!);
}

/** Into the empty database that the settings name. What is not as it should be afterwards is in the answer. Throws a SettingsError. */
export async function restore(settings: Settings, folder: string): Promise<Restored> {
  refuseNamelessLogins(settings);
  const { keys } = keyFileOf(settings);
  const backup = await openBackup(folder, keys);
  const { manifest } = backup;
  await fill(settings, keys, folder, backup);
  let restored: Restored | undefined;
  await withTools(
    command,
    async ({ platform, worker }) => {
      const anchors = platform.get(Anchors);
      const behind = await goneFurther(anchors);
      await anchors.takeRestored(manifest.at);
      // No mail leaves, none is written: whoever was told by mail finds it in their inbox, and nobody is told twice.
      const working = await createWorker({
        ...worker,
        settings: { ...worker.settings, smtpUrl: undefined },
        // It rings for itself and ends in a moment.
        bell: { ...worker.bell, onTrouble: () => undefined },
      });
      const again = await working
        .get(ErasureLedger, { strict: false })
        .again(platform.get(Database))
        .finally(() => progress('What had fallen due is done …'));
      await settle(working);
      await working.close();
      restored = {
        folder,
        at: manifest.at,
        tables: manifest.tables.length,
        rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
        behind,
        ...again,
        ...(await verifyAll(platform, (records) => progress(`${records} records verified`))),
      };
    },
    settings,
  );
  return restored!;
}

/** The logins are made with the passwords that these name: made up, they would lock the processes out that have others. */
function refuseNamelessLogins({ embedded, redisUrl, ...settings }: Settings): void {
  if (embedded) return;
  const needed = {
    MIGRATION_DATABASE_URL: settings.migrationDatabaseUrl,
    WORKER_DATABASE_URL: settings.workerDatabaseUrl,
    ...(redisUrl ? {} : { QUEUE_DATABASE_URL: settings.queueDatabaseUrl }),
  };
  const missing = Object.entries(needed).filter(([, url]) => url === undefined);
  if (missing.length > 0)
    throw new SettingsError([
      `${missing.map(([name]) => name).join(', ')} must be set beside DATABASE_URL: restoring makes the logins again, with the passwords named there.`,
    ]);
}

async function fill(settings: Settings, keys: MasterKeys, folder: string, backup: OpenedBackup): Promise<void> {
  const held = settings.embedded ? holdFolder(settings.dataDir, { what: command }) : undefined;
  const server = held && (await startEmbeddedPostgres({ dataDir: held.path, folder: held }));
  try {
    const administrator = server ? await ownDatabase(server) : await administratorOf(settings);
    const logins = async () => loginsOf(settings, administrator, await checkMasterKeys(administrator, keys));
    await loadBackup({
      url: administrator,
      passwords: (await logins()).passwords,
      libraries,
      folder,
      backup,
      now: new Clock().now(),
      onTable: progress,
    });
    // The root that came with it may be another than that of a new database.
    const { passwords, queue } = await logins();
    await migrate(administrator, libraries, passwords);
    if (!settings.redisUrl) await prepareQueueSchema(queue);
  } finally {
    await server?.stop();
  }
}

async function goneFurther(anchors: Anchors): Promise<Restored['behind']> {
  const { checked, faults } = await anchors.check(null, Infinity);
  const records = new Set(faults.flatMap((fault) => fault.records ?? []));
  return { records: records.size, until: checked.at(-1)?.slice(0, 13) ?? '' };
}

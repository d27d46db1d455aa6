import { loadMasterKey, loadSettings, openLog, SettingsError } from '@fil-rouge/platform';
import type { Runtime } from './system';

interface Running {
  close(): Promise<void>;
}

/** Longer than the longest drain; then the process ends anyway: everything unfinished is in the database. */
const closingTime = 15_000;

/** A process of a real deployment: settings from the environment, one login, clean end on SIGTERM and Ctrl-C. */
export function runProcess(name: string, start: (runtime: Runtime) => Promise<Running>): void {
  void (async () => {
    const settings = loadSettings(process.env);
    if (!settings.databaseUrl) throw new SettingsError([`DATABASE_URL is needed to run the ${name} alone; \`npm start\` runs everything with a database of its own.`]);
    if (!settings.redisUrl && !settings.queueDatabaseUrl) throw new SettingsError(['Set REDIS_URL, or QUEUE_DATABASE_URL (login `queue`) to run the queue on PostgreSQL.']);
    const logger = openLog(settings.logLevel, name);
    const running = await start({
      settings,
      masterKey: loadMasterKey(settings).key,
      databaseUrl: settings.databaseUrl,
      bell: bellOf(settings, logger),
      logger,
    });
    closeOnSignal(() => running.close());
  })().catch(failToStart);
}

export const bellOf = ({ redisUrl, queueDatabaseUrl }: { redisUrl?: string; queueDatabaseUrl?: string }, logger: Runtime['logger']): Runtime['bell'] => ({
  ...(redisUrl ? { redisUrl } : { postgresUrl: queueDatabaseUrl }),
  onTrouble: (trouble: string) => logger.warn(trouble),
});

/** SIGTERM and Ctrl-C end cleanly, once; a second Ctrl-C ends at once. */
export function closeOnSignal(close: () => Promise<void>): void {
  let closing = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (closing && signal === 'SIGINT') process.exit(130);
      if (closing) return;
      closing = true;
      setTimeout(() => process.exit(1), closingTime).unref();
      close().then(() => process.exit(0), failToStart);
    });
  }
}

export function failToStart(error: unknown): never {
  process.stderr.write(`${error instanceof SettingsError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

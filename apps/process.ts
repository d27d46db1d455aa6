import { Problem } from '@fil-rouge/kernel';
import { checkDatabase, loadKeyFile, loadSettings, openLog, SettingsError } from '@fil-rouge/platform';
import { flagsOf, UsageError } from './arguments';
import type { Runtime } from './system';

interface Running {
  close(): Promise<void>;
}

/** Longer than the longest drain; then the process ends anyway: everything unfinished is in the database. */
const closingTime = 15_000;

/** A process of a real deployment: settings from the environment, one login, clean end on SIGTERM and Ctrl-C. */
export function runProcess(name: 'api' | 'worker', start: (runtime: Runtime) => Promise<Running>): void {
  void (async () => {
    flagsOf(`npm run ${name}`, `Runs the ${name} alone.`);
    const settings = loadSettings(process.env);
    if (!settings.databaseUrl)
      throw new SettingsError([
        `DATABASE_URL is needed to run the ${name} alone; \`npm start\` runs everything with a database of its own.`,
      ]);
    if (!settings.redisUrl && !settings.queueDatabaseUrl)
      throw new SettingsError(['Set REDIS_URL, or QUEUE_DATABASE_URL (login `queue`) to run the queue on PostgreSQL.']);
    const { keys } = loadKeyFile(settings);
    await checkDatabase('DATABASE_URL', settings.databaseUrl, { as: name });
    if (!settings.redisUrl) await checkDatabase('QUEUE_DATABASE_URL', settings.queueDatabaseUrl!);
    const logger = openLog(settings.logLevel, name);
    const running = await start({
      settings,
      masterKeys: keys,
      databaseUrl: settings.databaseUrl,
      bell: bellOf(settings, logger),
      logger,
    });
    closeOnSignal(() => running.close());
  })().catch(failToStart);
}

export const bellOf = (
  { redisUrl, queueDatabaseUrl }: { redisUrl?: string; queueDatabaseUrl?: string },
  logger: Runtime['logger'],
): Runtime['bell'] => ({
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

/** What a person can mend is said in its sentence; a stack is for what nobody has foreseen. */
export function failToStart(error: unknown): never {
  const foreseen = error instanceof SettingsError || error instanceof Problem;
  process.stderr.write(
    `${foreseen ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(error instanceof UsageError ? 2 : 1);
}

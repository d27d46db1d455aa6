import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, SettingsError } from '@fil-rouge/platform';
import { flagsOf } from '../../arguments';
import { closeOnSignal, failToStart } from '../../process';
import { greet } from './greeting';
import { launch } from './launch';
import { PastClock } from './living/past-clock';
import { playStory, type StoryClock } from './story';

type Open = { close(): Promise<void> };

/** `npm run demo [-- --exit]`: the system, a year of its network when it is new, then its story played through HTTP by separate people. Exit code 1 when anything was not as it should be. */
async function main(): Promise<void> {
  const exit = flagsOf('npm run demo', 'Runs everything on this machine and plays its story.', {
    exit: 'ends after the story; exit code 1 when anything was not as it should be',
  }).has('exit');
  const { embedded, dataDir } = loadSettings(process.env);
  // Only a database that does not exist yet can be given a past: what is there was done in the present.
  const clock = embedded && !existsSync(join(dataDir, 'postgres')) ? new PastClock() : undefined;
  const beingTold = join(dataDir, 'year-being-told');
  if (existsSync(beingTold))
    throw new SettingsError([
      `The first demo on ${dataDir} was ended in the middle of its year, and a past cannot be told twice. Remove that folder, or take another DATA_DIR, then start again.`,
    ]);
  const level = process.env['LOG_LEVEL'] ?? 'warn';
  const system = await launch(
    {
      ...process.env,
      DEMO_PASSWORD: process.env['DEMO_PASSWORD'] ?? randomBytes(9).toString('base64url'),
      LOG_LEVEL: level,
    },
    { what: 'npm run demo', ...(clock ? { clock } : {}) },
  );
  if (clock) await writeFile(beingTold, '');
  const password = system.password!;
  const open = new Set<Open>([system]);
  closeOnSignal(async () => {
    await Promise.all([...open].map((one) => one.close()));
  });

  const { ok } = await playStory({
    baseUrl: system.baseUrl,
    password,
    out: process.stdout,
    ...(clock ? { living: { clock, settle: () => system.settle() } } : {}),
    elsewhere: async (clock) => {
      const second = await launchEphemeral(clock, password, level);
      open.add(second);
      return { baseUrl: second.baseUrl, close: () => (open.delete(second) ? second.close() : Promise.resolve()) };
    },
  });
  await rm(beingTold, { force: true });
  if (exit || !ok) {
    await system.close();
    process.exit(ok ? 0 : 1);
  }
  greet(system);
}

/** Inherits nothing: neither this system's database, queue and key, nor a server that would send real e-mail. Leaves nothing behind. */
async function launchEphemeral(
  clock: StoryClock,
  password: string,
  level: string,
): Promise<Open & { baseUrl: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-demo-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const system = await launch(
      { DATA_DIR: folder, PORT: '0', DEMO_PASSWORD: password, LOG_LEVEL: level },
      { what: 'npm run demo', clock },
    );
    return { baseUrl: system.baseUrl, close: () => system.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

main().catch(failToStart);

import { randomBytes } from 'node:crypto';
import { closeOnSignal, failToStart } from '../../process';
import { greet } from './greeting';
import { launch } from './launch';
import { playStory } from './story';

/** `npm run demo [-- --exit]`: the system, then its story played through HTTP by separate people. Exit code 1 when anything was not as it should be. */
async function main(): Promise<void> {
  const exit = process.argv.includes('--exit');
  const system = await launch({ ...process.env, DEMO_PASSWORD: process.env['DEMO_PASSWORD'] ?? randomBytes(9).toString('base64url'), LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' });
  closeOnSignal(() => system.close());
  const { ok } = await playStory({ baseUrl: system.baseUrl, password: system.password!, out: process.stdout });
  if (exit || !ok) {
    await system.close();
    process.exit(ok ? 0 : 1);
  }
  greet(system);
}

main().catch(failToStart);

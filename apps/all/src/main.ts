import { flagsOf } from '../../arguments';
import { closeOnSignal, failToStart } from '../../process';
import { greet } from './greeting';
import { launch } from './launch';

/** `npm start`: everything on this machine. */
async function main(): Promise<void> {
  flagsOf('npm start', 'Runs everything on this machine, with a PostgreSQL of its own unless DATABASE_URL is set.');
  const system = await launch(process.env, { what: 'npm start' });
  greet(system);
  closeOnSignal(() => system.close());
}

main().catch(failToStart);

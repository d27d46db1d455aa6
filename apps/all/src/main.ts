import { closeOnSignal, failToStart } from '../../process';
import { greet } from './greeting';
import { launch } from './launch';

/** `npm start`: everything on this machine. */
async function main(): Promise<void> {
  const system = await launch(process.env);
  greet(system);
  closeOnSignal(() => system.close());
}

main().catch(failToStart);

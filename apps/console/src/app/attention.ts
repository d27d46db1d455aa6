/** Whether somebody has touched the desk since it last asked for something. */
let touched = true;
/** Whether somebody is at it this very moment: what they reach for does not move away. */
let still = true;
let resting: ReturnType<typeof setTimeout> | undefined;
const breath = 3000;

for (const what of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
  addEventListener(
    what,
    () => {
      touched = true;
      still = false;
      clearTimeout(resting);
      resting = setTimeout(() => (still = true), breath);
    },
    { capture: true, passive: true },
  );

/** A page that only looks for what is new keeps nobody signed in: what it asks says so, unless somebody has done something since the last time. */
export function asksByItself(): boolean {
  const itself = !touched;
  touched = false;
  return itself;
}

const written = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

/** Nobody is writing, choosing or about to press something. */
export const atRest = (): boolean =>
  still && document.querySelector('dialog[open]') === null && document.activeElement?.matches(written) !== true;

/** Calls as soon as the desk is at rest; the answer gives it up. */
export function onceAtRest(call: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const attempt = () => {
    if (atRest()) call();
    else waiting = setTimeout(attempt, breath);
  };
  attempt();
  return () => clearTimeout(waiting);
}

import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for what comes by itself, where no clock can be moved.
 * @param most milliseconds; without it the test's own time ends it
 */
export async function until(
  holds: () => Promise<boolean>,
  most = Infinity,
  what = 'what was waited for',
): Promise<void> {
  for (const deadline = performance.now() + most; !(await holds()); await pause(20))
    if (performance.now() > deadline) throw new Error(`After ${most} ms it had not come: ${what}.`);
}

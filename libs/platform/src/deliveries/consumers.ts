import type { Slices } from '../records/slices';
import type { Consumer } from './consumer';

/** The handlers of this process, by the name stored with each delivery. */
export class Consumers {
  private readonly byName = new Map<string, Consumer>();

  /** Every consumer the api writes deliveries for must have its handler here, and no other: checked when the worker starts. */
  constructor(slices: Slices, consumers: readonly Consumer[]) {
    for (const consumer of consumers) {
      if (Boolean(consumer.effect) === Boolean(consumer.command)) throw new Error(`Consumer ${consumer.name} must have either an effect or a command.`);
      this.byName.set(consumer.name, consumer);
    }
    const announced = slices.consumerNames();
    const missing = announced.filter((name) => !this.byName.has(name));
    const unknown = [...this.byName.keys()].filter((name) => !announced.includes(name));
    if (missing.length > 0) throw new Error(`Deliveries are written for ${missing.join(', ')}, but this worker has no handler for them: add it to the worker's module.`);
    if (unknown.length > 0) throw new Error(`No delivery is ever written for ${unknown.join(', ')}: add it to the system's consumers.`);
  }

  named(name: string): { effect?: Consumer['effect']; command?: Consumer['command'] } {
    const consumer = this.byName.get(name);
    // A delivery of a version newer than this process waits for a worker that knows it.
    if (!consumer) return {};
    return { effect: consumer.effect?.bind(consumer), command: consumer.command?.bind(consumer) };
  }
}

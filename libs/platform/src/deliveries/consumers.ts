import type { Slices } from '../records/slices';
import type { Consumer } from './consumer';

/** The handlers of this process, by the name stored with each delivery. */
export class Consumers {
  private readonly byName = new Map<string, Consumer>();

  /** Every consumer the api writes deliveries for must have its handler here, and no other: checked when the worker starts. */
  constructor(slices: Slices, consumers: readonly Consumer[]) {
    for (const consumer of consumers) {
      if ('effect' in consumer === 'command' in consumer)
        throw new Error(`Consumer ${consumer.name} must have either an effect or a command.`);
      this.byName.set(consumer.name, consumer);
    }
    const announced = slices.consumerNames();
    const missing = announced.filter((name) => !this.byName.has(name));
    const unknown = [...this.byName.keys()].filter((name) => !announced.includes(name));
    if (missing.length > 0)
      throw new Error(
        `Deliveries are written for ${missing.join(', ')}, but this worker has no handler for them: add it to the worker's module.`,
      );
    if (unknown.length > 0)
      throw new Error(`No delivery is ever written for ${unknown.join(', ')}: add it to the system's consumers.`);
  }

  /** Undefined: a delivery of a newer version, which waits for a worker that knows it. */
  named(name: string): Consumer | undefined {
    return this.byName.get(name);
  }
}

import type { Uuid } from '@fil-rouge/kernel';

/** How long a record's key may lie open in memory, in milliseconds: a page of its texts, or a command with its answer. */
const keptOpen = 1_000;

/** A timeline opens a hundred boxes of one record: its key is unwrapped for the first of them. Known by the wrapped key as it is stored; all are wiped together. */
export class UnwrappedKeys {
  private readonly keys = new Map<string, Buffer>();

  of(stream: Uuid, wrapped: Buffer, unwrap: () => Buffer): Buffer {
    const place = `${stream}${wrapped.toString('latin1')}`;
    const known = this.keys.get(place);
    if (known) return known;
    const key = unwrap();
    if (this.keys.size === 0) setTimeout(() => this.wipe(), keptOpen).unref();
    this.keys.set(place, key);
    return key;
  }

  private wipe(): void {
    for (const key of this.keys.values()) key.fill(0);
    this.keys.clear();
  }
}

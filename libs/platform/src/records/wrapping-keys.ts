import { Problem } from '@fil-rouge/kernel';
import { derive, lock, unlock } from './boxes';

/** A root from which keys follow. Rotating the master key makes another one. */
export interface Generation {
  /** From 0 on. */
  readonly number: number;
  /** 32 bytes. */
  readonly root: Buffer;
  /** Whether what left the system with it is still taken back. */
  readonly opensTokens: boolean;
}

/** iv, tag and a key of 32 bytes. */
const wrappedLength = 60;
const numberLength = 2;

/** The keys that records' keys and other boxes are wrapped with, one per generation. What the first wrapped is bare, as before there were others; later ones begin with their number. */
export class WrappingKeys {
  private keys = new Map<number, { readonly key: Buffer; readonly opensTokens: boolean }>();
  private current = 0;
  private readonly missed = new Set<number>();
  private readonly absent = new Set<number>();
  onUnlearned: () => void = () => undefined;

  learn(generations: readonly Generation[], current: number): void {
    this.keys = new Map(
      generations.map(({ number, root, opensTokens }) => [number, { key: derive(root, 'wrap'), opensTokens }]),
    );
    this.current = current;
    // Asked for, and there is none: a number that was altered, and no reason to wait any longer.
    for (const number of this.missed) if (!this.keys.has(number)) this.absent.add(number);
    for (const number of this.keys.keys()) this.absent.delete(number);
    this.missed.clear();
  }

  /** Whether something waits for a root that is not known. */
  get isAsking(): boolean {
    return this.missed.size > 0;
  }

  get generations(): { readonly newest: number; readonly current: number } {
    return { newest: Math.max(...this.keys.keys()), current: this.current };
  }

  /** Of a record's key. */
  lock(place: string, key: Uint8Array): Buffer {
    const box = this.lockToken(place, key);
    if (this.current === 0) return box;
    const number = Buffer.alloc(numberLength);
    number.writeUInt16BE(this.current);
    return Buffer.concat([number, box]);
  }

  /** Throws when it does not open. Problems: 503 when it was wrapped with a root that this process learns in a moment. */
  unlock(place: string, wrapped: Buffer): Buffer {
    const isFirst = wrapped.length === wrappedLength;
    if (!isFirst && wrapped.length !== numberLength + wrappedLength) throw new Error('This is no wrapped key.');
    const key = this.of(isFirst ? 0 : wrapped.readUInt16BE(0));
    return unlock(key, place, isFirst ? wrapped : wrapped.subarray(numberLength));
  }

  /** Of anything, as a text: `3.…`; without a number it is the first's. */
  lockKept(place: string, plain: Uint8Array): string {
    const box = this.lockToken(place, plain).toString('base64url');
    return this.current === 0 ? box : `${this.current}.${box}`;
  }

  /** As `unlock`. */
  unlockKept(place: string, kept: string): Buffer {
    const [, number, box] = /^(?:(\d+)\.)?(.*)$/s.exec(kept)!;
    return unlock(this.of(Number(number ?? 0)), place, Buffer.from(box!, 'base64url'));
  }

  lockToken(place: string, plain: Uint8Array): Buffer {
    return lock(this.of(this.current), place, plain);
  }

  unlockToken(place: string, box: Buffer): Buffer | null {
    for (const [, { key, opensTokens }] of [...this.keys].sort(([a], [b]) => b - a)) {
      if (!opensTokens) continue;
      try {
        return unlock(key, place, box);
      } catch {
        // Another one's, or nobody's.
      }
    }
    return null;
  }

  private of(number: number): Buffer {
    const found = this.keys.get(number);
    if (found) return found.key;
    // Nobody wraps with the next one but one before all have the next: any other number was altered.
    if (number !== this.generations.newest + 1 || this.absent.has(number))
      throw new Error(`There is no root ${number}.`);
    this.missed.add(number);
    this.onUnlearned();
    throw new Problem('unavailable', 'The key was renewed a moment ago. Nothing was done; try again.', {
      retryAfter: 1,
    });
  }
}

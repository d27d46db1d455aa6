import { derive, lock, unlock } from './boxes';

/** Something secret and the place it belongs to: a box that was put elsewhere does not open. */
export interface Placed {
  readonly place: string;
  readonly bytes: Buffer;
}

/**
 * The master keys, each known by its id: a file of them (`KeyRing`), or a service that keeps keys and never gives them away. They seal the few roots from which
 * every other key follows (`working-keys.ts`), and the root of each backup; so they are asked when a process starts and when a key is rotated, never for a record.
 */
export abstract class MasterKeys {
  /** The id of the one that is to be sealed with from now on; which one a database is sealed with, the database says. */
  abstract current(): string;
  /** Those that there are, as far as is known. */
  abstract ids(): string[];
  /** Asked again where it is not known: it may have come since. */
  abstract has(id: string): Promise<boolean>;
  /** As many boxes as there were places, in their order. Throws for an id that is not there. */
  abstract wrap(id: string, secrets: readonly Placed[]): Promise<Buffer[]>;
  /** Throws for a box that this key did not seal, or not for that place. */
  abstract unwrap(id: string, boxes: readonly Placed[]): Promise<Buffer[]>;
  /** The key's own 32 bytes, from which everything followed before keys were sealed with it. A service has none to give: what begins with it begins with chance. */
  abstract itself(id: string): Buffer | null;
}

/** The keys of a file, the current one first. */
export class KeyRing extends MasterKeys {
  private keys: readonly { readonly id: string; readonly key: Buffer }[] = [];

  /** @param read the keys as they stand now, of 32 bytes each; asked again when an id is not known */
  constructor(private readonly read: () => readonly Buffer[]) {
    super();
    this.readAgain();
  }

  /** One that does not change. */
  static of(...keys: readonly [Buffer, ...Buffer[]]): KeyRing {
    return new KeyRing(() => keys);
  }

  private readAgain(): void {
    this.keys = this.read().map((key) => ({ id: keyIdOf(key), key }));
  }

  ids(): string[] {
    this.readAgain();
    return this.keys.map(({ id }) => id);
  }

  current(): string {
    return this.ids()[0]!;
  }

  has(id: string): Promise<boolean> {
    return Promise.resolve(this.itself(id) !== null);
  }

  wrap(id: string, secrets: readonly Placed[]): Promise<Buffer[]> {
    const key = this.sealing(id);
    return Promise.resolve(secrets.map(({ place, bytes }) => lock(key, place, bytes)));
  }

  unwrap(id: string, boxes: readonly Placed[]): Promise<Buffer[]> {
    const key = this.sealing(id);
    return Promise.resolve(boxes.map(({ place, bytes }) => unlock(key, place, bytes)));
  }

  itself(id: string): Buffer | null {
    const find = () => this.keys.find((one) => one.id === id)?.key ?? null;
    const known = find();
    if (known) return known;
    this.readAgain();
    return find();
  }

  private sealing(id: string): Buffer {
    const key = this.itself(id);
    if (!key) throw new Error(`There is no master key ${id}.`);
    return derive(key, 'master');
  }
}

/** Tells a key from any other, and says nothing of it. */
export const keyIdOf = (key: Buffer): string => derive(key, 'fingerprint').toString('hex').slice(0, 32);

/** As people read it: in the file's help, in a refusal. */
export const shortId = (id: string): string => id.slice(0, 8);

/** Chance that is the same for the same seed: numbers, ids and the randomness of seals of data that nobody lived. */
import { createHash, createHmac } from 'node:crypto';
import type { Instant, Uuid } from '@fil-rouge/kernel';

export class Chance {
  private drawn = Buffer.alloc(0);
  private at = 0;
  private block = 0;

  constructor(private readonly seed: string) {}

  /** Of its own for one record: what another one draws does not change it. */
  of(name: string): Chance {
    return new Chance(`${this.seed}/${name}`);
  }

  /** From 0 up to, not including, 1. */
  number(): number {
    return this.bytes(4).readUInt32BE() / 2 ** 32;
  }

  below(most: number): number {
    return Math.floor(this.number() * most);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  /** A UUIDv7 of that moment. */
  id(now: Instant): Uuid {
    const bytes = this.bytes(16);
    bytes.writeUIntBE(Date.parse(now), 0, 6);
    bytes[6] = (bytes[6]! & 0x0f) | 0x70;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  private bytes(count: number): Buffer {
    if (this.at + count > this.drawn.length) {
      this.drawn = createHash('sha512').update(`${this.seed}/${this.block++}`).digest();
      this.at = 0;
    }
    return Buffer.from(this.drawn.subarray(this.at, (this.at += count)));
  }
}

/** Bytes that only the seed and the name decide. */
export const bytesFor = (seed: string, name: string, length: number): Buffer =>
  createHmac('sha256', seed).update(name).digest().subarray(0, length);

const firstNames =
  'Nadia Marcel Eulalie Josette Karim Yvonne Bernard Aminata Lucien Odette Thierry Simone Fatima Raymond Huguette Ahmed Colette Roger Denise Mamadou Paulette Gérard Zohra Robert Jeannine Moussa Monique Henri Ginette Ali'.split(
    ' ',
  );
const beginnings = 'Ba Bel Bou Char Dela Du Fou Gau Gué Hu La Le Lou Mar Mé Mo Pe Pi Ri Rou Sau Ta Thi Va'.split(' ');
const middles = 'ba che de di gno la li lle mi na ni pe que ra ri rre sa ssi ta ti vé zo'.split(' ');
const ends = 'ard aud eau el er et eux ier in ois on ot ou ron roux y'.split(' ');

export const firstNameBy = (chance: Chance): string => chance.one(firstNames);
/** Some eight thousand of them: a search finds one, several or none, as it does. */
export const lastNameBy = (chance: Chance): string => chance.one(beginnings) + chance.one(middles) + chance.one(ends);

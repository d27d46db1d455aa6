import { Injectable, type StreamableFile } from '@nestjs/common';
import { localDateOf, notFound, type Uuid } from '@fil-rouge/kernel';
import { bytesOf, Clock, download, instantOf, partLength, Reads, Sealing, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { partOfExport, type FileRead, type PartRead } from './exports.sql';

/** The sign-in in whose name it is made, for nobody who has the database alone. */
export const passOf = (sealing: Sealing, id: Uuid, { token }: Caller): string =>
  sealing.sealToken('export', { id, token });

/** SHA-256 of the token, hex; null: it was sealed for another export, or with another key. */
export function tokenIn(sealing: Sealing, id: Uuid, pass: string): string | null {
  const opened = sealing.openToken('export', pass);
  return opened?.['id'] === id ? (opened['token'] as string) : null;
}

/** A part that is moved, of another attempt, or left out at the end, does not open. */
const placeOf = (attempt: number, n: number, isLast: boolean): string => `${attempt}|${n}|${isLast ? 'end' : 'more'}`;

export interface SealedPart {
  readonly n: number;
  readonly box: Buffer;
}

/** What an export holds lies sealed with a key of its own, in parts. */
@Injectable()
export class ExportFiles {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Part by part, as the bytes come; the last one is known by what it was sealed for, so that a file cut short is none. */
  async *sealed(
    { id, attempt, key }: { readonly id: Uuid; readonly attempt: number; readonly key: Buffer },
    bytes: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<SealedPart> {
    const seal = (n: number, part: Uint8Array, isLast: boolean): SealedPart => ({
      n,
      box: this.sealing.sealPart(key, id, placeOf(attempt, n, isLast), part),
    });
    let n = 0;
    let held: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of bytes) {
      held.push(chunk);
      length += chunk.length;
      if (length <= partLength) continue;
      let whole = Buffer.concat(held, length);
      for (; whole.length > partLength; whole = whole.subarray(partLength))
        yield seal(n++, whole.subarray(0, partLength), false);
      held = [Buffer.from(whole)];
      length = whole.length;
    }
    yield seal(n, Buffer.concat(held, length), true);
  }

  /** Problems: 409 `unreadable`. */
  send(caller: Caller, row: FileRead, reply: FastifyReply): Promise<StreamableFile> {
    const disposition = `attachment; filename="activites-${localDateOf(instantOf(row.asked_at))}.${row.format}"`;
    const { bytes, parts } = row;
    return download(reply, { type: types[row.format], disposition, bytes, parts }, (n) => this.part(caller, row, n));
  }

  private async part(caller: Caller, row: FileRead, n: number): Promise<Buffer> {
    const params = { id: row.id, n, now: this.clock.now() };
    const [part] = await this.reads.rows<PartRead>(caller, partOfExport, params);
    if (!part || row.sealed_with === null) throw notFound();
    const place = placeOf(row.attempt, n, n === row.parts - 1);
    return this.sealing.openPart(bytesOf(row.sealed_with), row.id, place, bytesOf(part.ciphertext));
  }
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

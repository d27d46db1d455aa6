import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Bytes of a file that are sealed, stored and sent at once. */
export const partLength = 256 * 1024;

export interface Download {
  readonly type: string;
  readonly disposition: string;
  readonly bytes: number;
  readonly parts: number;
}

/**
 * As a download, whatever it is called: no browser shows it as a page of ours. The first part is read before anything is answered, so that its problems are the answer's.
 * @param part opens the nth, from 0 on
 */
export async function download(
  reply: FastifyReply,
  { type, disposition, bytes, parts }: Download,
  part: (n: number) => Promise<Buffer>,
): Promise<StreamableFile> {
  const first = await part(0);
  void reply.header('Content-Security-Policy', "default-src 'none'; sandbox");
  return new StreamableFile(Readable.from(all(first, parts, part), { objectMode: false }), {
    type,
    disposition,
    length: bytes,
  });
}

async function* all(first: Buffer, parts: number, part: (n: number) => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let n = 1; n < parts; n++) yield await part(n);
}

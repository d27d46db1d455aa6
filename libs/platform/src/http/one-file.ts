import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { canonicalLine, invalid, Problem } from '@fil-rouge/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A file as it was sent. What it is called is said in the body alone: addresses and headers are written down by whatever stands between. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A form of one part, `file`. Its bytes are read by the route itself, once it is known that whoever sends them may. */
export const TakesFile = () =>
  applyDecorators(
    RouteConfig({ takesFile: true }),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    }),
  );

export const takesFile = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions?.config as { takesFile?: true } | undefined)?.takesFile === true;

export const wantsFile = () =>
  new Problem('unsupported-type', 'Send the file as multipart/form-data, in one part that is called `file`.');

/** Such a body is left unread; where no file is taken it is of the wrong type, as any other. */
export function leaveFilesUnread(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    done(takesFile(request) ? null : new Problem('unsupported-type', 'Send the body as application/json.'));
  });
}

/** What stands around the file: a boundary twice, the head of its part. */
const around = 16 * 1024;
const longestName = 200;

/** Problems: 413 above `most` bytes, before more is read; 415, 400 and 422 for what is no such form. */
export async function readFile(request: FastifyRequest, most: number): Promise<SentFile> {
  const boundary = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(
    request.headers['content-type'] ?? '',
  );
  if (!boundary || !/^(identity)?$/i.test(request.headers['content-encoding']?.trim() ?? '')) throw wantsFile();
  const file = partOf(await bytesOf(request, most), (boundary[1] ?? boundary[2])!);
  if (file.bytes.length > most) throw tooLarge(most);
  if (file.bytes.length === 0) throw invalid('/file', 'required', 'This file is empty.');
  return file;
}

const tooLarge = (most: number) =>
  new Problem(
    'too-large',
    `This file is larger than ${Math.floor(most / 1024 / 1024)} MB. Send a smaller one, for instance a scan with fewer details.`,
  );

/** What comes too much is not kept, and let pass: whoever sends it reads the answer only once everything is sent. */
function bytesOf({ raw, headers }: FastifyRequest, most: number): Promise<Buffer> {
  const limit = most + around;
  return new Promise((resolve, reject) => {
    const gone = () =>
      reject(new Problem('request-timeout', 'The request did not come to its end in time. Send it again.'));
    if (raw.destroyed) return gone();
    const pass = (problem: Problem): void => {
      raw.removeAllListeners('data').resume();
      reject(problem);
    };
    if (Number(headers['content-length'] ?? 0) > limit) return pass(tooLarge(most));
    const parts: Buffer[] = [];
    let length = 0;
    raw.on('data', (part: Buffer) => {
      length += part.length;
      if (length > limit) pass(tooLarge(most));
      else parts.push(part);
    });
    raw.on('end', () => resolve(Buffer.concat(parts)));
    raw.on('error', gone).on('close', gone);
  });
}

/** Of RFC 7578 what a form with one file is: nothing before it, nothing after it. */
function partOf(body: Buffer, boundary: string): SentFile {
  const first = Buffer.from(`--${boundary}\r\n`);
  const next = Buffer.from(`\r\n--${boundary}`);
  const headEnd = body.indexOf('\r\n\r\n');
  const end = body.indexOf(next, headEnd + 4);
  const rest = end < 0 ? '' : body.toString('latin1', end + next.length);
  if (!body.subarray(0, first.length).equals(first) || headEnd < 0 || headEnd > around || end < 0) throw unreadable();
  if (rest.startsWith('\r\n')) throw invalid('/file', 'one', 'Send one file at a time, and nothing beside it.');
  if (!/^--(\r\n)?$/.test(rest)) throw unreadable();
  return { name: nameIn(body.toString('utf8', first.length, headEnd)), bytes: body.subarray(headEnd + 4, end) };
}

const unreadable = () => new Problem('malformed-request', 'The form that the file came in cannot be read to its end.');

/** As browsers write it, and as programs do: a quotation mark is `%22` or stands behind a backslash. Some say on which disk it lay. */
function nameIn(head: string): string {
  const line = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
  const [, called] = /(?:^|[\s;])filename="((?:[^"\\]|\\[^])*)"/i.exec(line) ?? [];
  if (!/(?:^|[\s;])name="file"/i.test(line) || called === undefined) throw wantsFile();
  const plain = called
    .replaceAll('\\"', '"')
    .replaceAll('%22', '"')
    .replace(/%0[da]/gi, ' ');
  const name = canonicalLine(plain.split(/[/\\]/).at(-1)!);
  if (!/[\p{L}\p{N}]/u.test(name))
    throw invalid('/file', 'letters', 'The name of the file must hold a letter or a digit.');
  if (name.length > longestName || !name.isWellFormed() || name.includes('\0'))
    throw invalid('/file', 'length', `The name of the file must have at most ${longestName} characters.`);
  return name;
}

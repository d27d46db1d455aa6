import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '@fil-rouge/kernel';

/** Far above any form of ours; a larger body is 413 before anything reads it. */
export const bodyLimit = 256 * 1024;

/**
 * The bytes of a body, read as JSON in UTF-8 and as nothing else. Fastify's own parser puts U+FFFD in the place of a byte it cannot read: a name in
 * Latin-1 would be kept mutilated. It also takes a member named `__proto__` for an attack on itself. Here such a member is unknown like any other,
 * and the client is told so.
 */
export function readJson(headers: IncomingHttpHeaders, bytes: Buffer): unknown {
  if (!/^(identity)?$/i.test(headers['content-encoding']?.trim() ?? ''))
    throw new Problem('unsupported-type', 'Send the body as it is, without a Content-Encoding.');
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new Problem('unsupported-type', 'Send the body as application/json in UTF-8; another charset is not read.');
  if (!isUtf8(bytes)) throw new Problem('malformed-json', 'The body is not UTF-8.');
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new Problem('malformed-json', 'The body is not valid JSON.');
  }
}

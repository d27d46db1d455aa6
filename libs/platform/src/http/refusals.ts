import { isUtf8 } from 'node:buffer';
import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '@fil-rouge/kernel';
import type { FastifyInstance } from 'fastify';
import { newId } from '../ids';
import { problemBody, problemHeaders } from './problem-body';

/** Long enough for the answer to leave; then the connection ends, whether the other side closes its own half or not. */
const lingering = 1000;

/** What could not be read has no end either: nothing that follows it is taken for another request. */
const closing = { ...problemHeaders, Connection: 'close' };

/**
 * Node refuses some requests before they can be routed: one that cannot be read, that takes too long to come, or that asks for a part of HTTP this
 * program does not have. Such a request meets no hook and no filter, so its answer is written here, as a problem like any other.
 */
export function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  // What comes after the answer, or after the other side has gone, is nobody's.
  if (error.code === 'ECONNRESET' || !socket.writable || beganToAnswer(socket)) return void socket.destroy();
  const problem = problemOf(error.code);
  const text = JSON.stringify(problemBody(problem, newId()));
  const headers = { ...closing, 'Content-Length': Buffer.byteLength(text) };
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  socket.end(`HTTP/1.1 ${problem.httpStatus} ${STATUS_CODES[problem.httpStatus]}\r\n${head}\r\n${text}`);
  setTimeout(() => socket.destroy(), lingering).unref();
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', 'The request did not come to its end in time. Send it again.');
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers-too-large', 'The address and headers of the request are too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Problem('too-large', 'The request is too large.');
    default:
      return new Problem('malformed-request', 'This is not an HTTP request that can be read.');
  }
}

/** Half an answer cannot be taken back. Node notes on the socket which answer it is writing, and says so nowhere else. */
const beganToAnswer = (socket: Duplex): boolean =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage?.headersSent ?? false;

export interface Limits {
  /** Milliseconds in which a request comes whole, and in which something must move on a connection. */
  readonly requestTimeout: number;
  readonly connectionTimeout: number;
  readonly http: ServerOptions;
}

/**
 * A server that refuses in problems, also what Node by itself would answer with an empty 417 or drop without a word. Fastify would make a second one of its own
 * for the other address of `HOST=localhost`, with Node's bare refusals; given a server it makes none.
 */
export function servesProblems(listener: RequestListener, { requestTimeout, connectionTimeout, http }: Limits): Server {
  const server = createServer(http, listener);
  server.requestTimeout = requestTimeout;
  server.setTimeout(connectionTimeout);
  return server
    .on('clientError', refuseUnreadable)
    .on('checkExpectation', (_request, response: ServerResponse) => {
      const problem = new Problem('expectation-failed', 'No other expectation is met than 100-continue.');
      response.writeHead(problem.httpStatus, closing).end(JSON.stringify(problemBody(problem, newId())));
    })
    .on('connect', (_request, socket: Duplex) => refuseUnreadable(new Error('This is no proxy.'), socket));
}

/**
 * The bytes of a query must be UTF-8, like those of a body. Of other bytes the router would make U+FFFD, or leave them as they are, and the list
 * would be silently empty. A `%` that encodes nothing is a percent sign.
 */
export function refuseOtherBytes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    const [, ...query] = (raw.url ?? '').split('?');
    const encoded = query.join('?').match(/(?:%[0-9a-f]{2})+/gi) ?? [];
    const isRead = encoded.every((bytes) => isUtf8(Buffer.from(bytes.replaceAll('%', ''), 'hex')));
    done(isRead ? undefined : new Problem('malformed-request', 'The query is not UTF-8.'));
  });
}

/** What Node by itself (`requireHostHeader`) would refuse with an empty 400. */
export function refuseNamelessHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ headers, raw }, _reply, done) => {
    done(
      headers.host === undefined && raw.httpVersion === '1.1'
        ? new Problem('malformed-request', 'The request names no Host.')
        : undefined,
    );
  });
}

import { Problem, type Uuid } from '@fil-rouge/kernel';
import type { FastifyReply } from 'fastify';
import type { Rows } from '../access/reads';

export interface Answer {
  /** Where the new thing can be read: 201. */
  readonly created?: string;
  readonly replayed?: boolean;
  /** Becomes the ETag. */
  readonly version?: number;
}

/** Status line and headers of a resource; returns the body for the controller to return. */
export function answer<T>(reply: FastifyReply, body: T, { created, replayed, version }: Answer): T {
  void reply.status(created === undefined ? 200 : 201);
  if (created !== undefined) void reply.header('Location', created);
  if (version !== undefined) void reply.header('ETag', `"${version}"`);
  if (replayed) void reply.header('Idempotency-Replayed', 'true');
  return body;
}

/**
 * The answer to a command: the thing as it stands after it. A committed command is done, even if reading it back fails a moment later: the session
 * has just ended, the database has gone away. A refusal would make the client do it twice, so the answer is then the id alone. The answer to a
 * repeated request is read with present rights, and refused with them.
 *
 * @param read from the rows that came with the commit, when they did
 */
export async function answerDone<T extends object>(
  reply: FastifyReply,
  { id, rows, ...how }: Answer & { readonly id: Uuid; readonly rows?: Rows },
  read: (rows?: Rows) => Promise<T>,
): Promise<T> {
  const body = await read(rows).catch((error: unknown) => {
    if (how.replayed || !(error instanceof Problem)) throw error;
    return { id } as unknown as T;
  });
  return answer(reply, body, { version: (body as { version?: number }).version, ...how });
}

import type { FastifyReply } from 'fastify';

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

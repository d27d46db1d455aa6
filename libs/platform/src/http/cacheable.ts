import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { canonicalJson } from '@fil-rouge/kernel';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { SignedInRequest } from '../access/requires';

/** How long a client need not even ask about what changes with a release. */
const untilTheNext = 3600;

class Validated implements NestInterceptor {
  constructor(private readonly seconds: number) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const given = http.getRequest<SignedInRequest>().headers['if-none-match'];
    return next.handle().pipe(
      map((body: unknown) => {
        const etag = `"${createHash('sha256').update(canonicalJson(body)).digest('base64url').slice(0, 22)}"`;
        void reply
          .header('ETag', etag)
          .header('Cache-Control', this.seconds > 0 ? `private, max-age=${this.seconds}` : 'private, no-cache');
        if (!isKnown(given, etag)) return body;
        void reply.status(304);
        return undefined;
      }),
    );
  }
}

/** A proxy that compresses makes a weak tag of ours. */
const isKnown = (given: string | undefined, etag: string): boolean =>
  given?.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, ''))) ?? false;

/**
 * An answer about nobody, or that whoever asks keeps anyway: it is sent again only when it has changed. @param seconds in which a client need not even ask
 */
export const Cacheable = (seconds = untilTheNext) =>
  applyDecorators(
    UseInterceptors(new Validated(seconds)),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of an answer you have.' }),
    ApiResponse({ status: 304, description: 'What you have is still what there is.' }),
  );

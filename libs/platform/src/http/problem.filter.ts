import { Catch, HttpException, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { journalled, Problem } from '@fil-rouge/kernel';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../access/requires';
import { Journal } from '../audit/journal';
import { codeOf, isAbsent, unavailable } from '../database';
import { Log } from '../operations/log';
import { Languages } from './languages';
import { takesFile, wantsFile } from './one-file';
import { problemHeaders } from './problem-body';

/**
 * Writes every error as RFC 9457 problem details. One deviation, asked for by the contract: for `wrong-state` the member
 * `status` is the present state of the thing (with `actions`); the HTTP status is in the status line, as always.
 */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly journal: Journal,
    private readonly languages: Languages,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<SignedInRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error, request);
    if (problem.code === 'internal-error' || isNotStorable(error))
      this.log.error({ traceId: request.id, route: request.routeOptions?.url, ...describe(error) }, 'unexpected error');
    if (request.caller && journalled.has(problem.code)) {
      this.journal.refused(
        request.caller,
        `${request.method} ${request.routeOptions?.url ?? ''}`,
        problem.code,
        request.params,
      );
    }
    const { retryAfter } = problem.members;
    if (retryAfter !== undefined) void reply.header('Retry-After', String(retryAfter));
    const { language, body } = this.languages.tell(problem, request.id, request.headers['accept-language']);
    void reply
      .status(problem.httpStatus)
      .headers({ ...problemHeaders, 'Content-Language': language, Vary: 'Accept-Language' })
      .send(body);
  }
}

function problemOf(error: unknown, request: SignedInRequest): Problem {
  if (error instanceof Problem) return error;
  if (isAbsent(error)) return unavailable();
  const code = codeOf(error);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too-large', 'The request is too large.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return takesFile(request) ? wantsFile() : new Problem('unsupported-type', 'Send the body as application/json.');
  if (
    code.startsWith('FST_ERR_CTP') ||
    code === 'FST_ERR_BAD_URL' ||
    (error instanceof SyntaxError && 'statusCode' in error)
  )
    return new Problem('malformed-json', 'The body is not valid JSON.');
  if (isNotStorable(error)) return new Problem('invalid', 'A value in the request cannot be stored.');
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (status === 404 || status === 405) return new Problem('not-found', 'There is nothing at this address.');
  if (status === 413) return new Problem('too-large', 'The request is too large.');
  if (status === 415) return new Problem('unsupported-type', 'Send the body as application/json.');
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem('malformed-json', 'The request cannot be read.');
  return new Problem('internal-error', 'Something went wrong on our side. It was recorded under this traceId.');
}

/** A value that PostgreSQL cannot hold is the sender's to correct, never a 500. The shapes refuse it first: that it came so far is logged as our mistake. */
const isNotStorable = (error: unknown): boolean => codeOf(error).startsWith('22');

/** Class, SQLSTATE and stack, never the message of a database error: it may quote a value. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const sqlstate = codeOf(error);
  return {
    error: error.name,
    code: sqlstate || undefined,
    message: sqlstate ? undefined : error.message,
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
  };
}

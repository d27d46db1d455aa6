import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Problem, type Uuid } from '@fil-rouge/kernel';
import { isUuid, Reads, type Caller, type SignedInRequest } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { catchError, from, type Observable } from 'rxjs';
import { RecordMoved } from './merged-record';

interface Survivor {
  readonly id: Uuid;
  readonly erased?: boolean | null;
}

/** What a reader or a command may be told of a record that ended in another one, before it is known where to. */
const puzzled = new Set(['not-found', 'forbidden', 'stale', 'wrong-state']);

/**
 * A merged record's id still leads somewhere, on every route below `/v1/cases/{id}`, whichever module the route belongs to. Reads are redirected
 * (308); commands learn that the record is merged (409). Both happen only where the caller may see the record that goes on. Everybody else gets
 * what the record itself allows, as before the merge. The interceptor looks only after a refusal: no other request pays for it.
 */
@Injectable()
export class MergedRecords implements NestInterceptor {
  constructor(private readonly reads: Reads) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<SignedInRequest & { params: { id?: string } }>();
    const {
      caller,
      params: { id },
    } = request;
    if (!caller || !id || !isUuid(id) || !request.routeOptions.url?.startsWith('/v1/cases/:id')) return next.handle();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(this.explain(error, id.toLowerCase(), caller, request, http.getResponse<FastifyReply>())),
        ),
      );
  }

  private async explain(
    error: unknown,
    caseId: Uuid,
    caller: Caller,
    request: SignedInRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const survivor = await this.survivorOf(error, caseId, caller);
    // After an erasure nothing comes next: neither here nor there.
    if (!survivor || (request.method !== 'GET' && survivor.erased)) throw error;
    const { id: survivorId } = survivor;
    if (request.method !== 'GET') {
      throw new Problem('wrong-state', 'This record was merged into another one: what comes next belongs there.', {
        status: 'merged',
        actions: [],
        mergedInto: survivorId,
      });
    }
    const [path = '', query] = request.url.split('?');
    const rest = path
      .split('/')
      .slice(4)
      .map((part) => `/${part}`)
      .join('');
    void reply
      .status(308)
      .header('Location', `/v1/cases/${survivorId}${rest}${query === undefined ? '' : `?${query}`}`);
    return undefined;
  }

  private async survivorOf(error: unknown, caseId: Uuid, caller: Caller): Promise<Survivor | undefined> {
    if (error instanceof RecordMoved) return { id: error.survivorId };
    if (!(error instanceof Problem) || !puzzled.has(error.code)) return undefined;
    const [survivor] = await this.reads.rows<Survivor>(
      caller,
      `select s.id, f.status = 'erased' as erased from visible_survivor(($1->>'caseId')::uuid) s(id) left join case_file f on f.id = s.id where s.id is not null`,
      { caseId },
    );
    return survivor;
  }
}

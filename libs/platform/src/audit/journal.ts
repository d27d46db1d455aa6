import { Injectable } from '@nestjs/common';
import type { ProblemCode } from '@fil-rouge/kernel';
import type { Caller } from '../access/session';
import { Clock } from '../clock';
import { Database } from '../database';
import { isUuid } from '../ids';
import { Log } from '../operations/log';

/** Refusals, one entry each. What was done is shown from the log of events and not written twice; reads write theirs in their own call. */
@Injectable()
export class Journal {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Best effort and not waited for: a refusal must not become slower, or a 503, for being written down. */
  refused({ session, traceId }: Caller, action: string, code: ProblemCode, params: unknown): void {
    const id = (params as { id?: unknown } | undefined)?.id;
    const target = typeof id === 'string' && isUuid(id) ? id : null;
    this.database.query('journal_refusal',
      'insert into audit_entry (at, user_id, structure_id, action, outcome, stream_id, target, trace_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [this.clock.now(), session.userId, session.structureId, action, code, action.includes('/v1/cases/:id') ? target : null, target, traceId],
    ).catch((error: unknown) => this.log.warn({ traceId, error: (error as Error).name }, 'a refusal could not be written to the journal'));
  }
}

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
  refused({ token, traceId }: Caller, action: string, code: ProblemCode, params: unknown): void {
    const ids = Object.values((params as object | undefined) ?? {}).filter(
      (id): id is string => typeof id === 'string' && isUuid(id),
    );
    const entry = {
      now: this.clock.now(),
      token,
      action,
      outcome: code,
      named: ids[0],
      target: ids.at(-1),
      trace: traceId,
    };
    this.database
      .query('journal_refused', 'select journal_refused($1)', [JSON.stringify(entry)])
      .catch((error: unknown) =>
        this.log.warn({ traceId, error: (error as Error).name }, 'a refusal could not be written to the journal'),
      );
  }
}

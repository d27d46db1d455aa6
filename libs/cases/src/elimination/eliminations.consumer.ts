import { Injectable } from '@nestjs/common';
import { localDateOf, Problem, type LeftOutReason, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Clock, Consumer, Database, Records, type Consumed, type Deliberation } from '@fil-rouge/platform';
import { lives } from '@fil-rouge/users';
import type { NoticeRecord } from '../retention/notice';
import { isRegisterEvent, registerId, type RegisterRecord, type Slip } from './elimination';
import { eliminate, leftOut } from './elimination.decider';

interface Next {
  readonly case_id: Uuid;
  /** It, and what was merged into it. */
  readonly records: Uuid[];
  readonly signed_by: Uuid;
  /** Who signed is an administrator: whoever could write a signature without being one erases nothing by it. */
  readonly may: boolean;
}

const nextSql = `
  select l.case_id, records_of(l.case_id) as records, s.signed_by,
    exists (select from employment e join structure o on o.id = e.structure_id where e.user_id = s.signed_by and e.role = 'administrator' and ${lives('e', 'o', '$2')}) as may
  from elimination_slip s join elimination_line l on l.slip_id = s.id
  where s.id = $1 and s.state = 'signed' and l.state = 'waiting' order by l.place limit 1`;

const isPassing = ({ code }: Problem): boolean => code === 'unavailable' || code === 'busy';

/**
 * Erases what stands on a signed slip, record by record, in the name of who signed. Each commit erases one, says so in the register and consumes its delivery; what it says in the register is the
 * delivery of the next. Killed anywhere, it goes on there; done twice by two workers, one of the two finds its delivery gone.
 */
@Injectable()
export class Eliminations extends Consumer {
  static readonly interest = { name: 'eliminations', events: ['SlipSigned', 'RecordEliminated', 'RecordLeftOut'] };

  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async command(event: RecordEvent, consumes: Consumed): Promise<void> {
    if (!isRegisterEvent(event)) return;
    const { slipId } = event.data;
    const today = localDateOf(this.clock.now());
    const [next] = await this.database.query<Next>('next_elimination', nextSql, [slipId, today]);
    if (!next) return this.decide(consumes, slipId, undefined, () => []);
    if (!next.may) return this.leaveOut(consumes, slipId, next, 'refused');
    try {
      await this.decide(consumes, slipId, next, (slip, whole) => eliminate(slip, next.case_id, whole));
    } catch (error) {
      // A merge came in between, or the database is away: tried again.
      if (!(error instanceof Problem) || isPassing(error)) throw error;
      await this.leaveOut(consumes, slipId, next, error.code === 'not-found' ? 'gone' : 'refused');
    }
  }

  private leaveOut(consumes: Consumed, slipId: Uuid, next: Next, because: LeftOutReason): Promise<void> {
    return this.decide(consumes, slipId, { ...next, records: [] }, (slip) => [leftOut(slip, next.case_id, because)]);
  }

  /** Nothing where the slip was withdrawn, or the record has had its turn, since the look at what is next. */
  private async decide(
    consumes: Consumed,
    slipId: Uuid,
    next: Next | undefined,
    decide: (slip: Slip, whole: Deliberation<NoticeRecord>[]) => ReturnType<typeof eliminate>,
  ): Promise<void> {
    await this.records.decide<RegisterRecord & NoticeRecord, null>({
      caller: null,
      consumes,
      ...(next
        ? { onBehalfOf: { userId: next.signed_by, structureId: null, role: 'administrator', territory: null } }
        : {}),
      on: [
        { kind: 'elimination', id: registerId },
        ...(next?.records ?? []).map((id) => ({ kind: 'case' as const, id })),
      ],
      decide: ([register, ...whole]) => {
        const { slip } = register!.state.register;
        const waits =
          slip?.slipId === slipId &&
          slip.state === 'signed' &&
          slip.left.some(({ caseId }) => caseId === next?.case_id);
        return waits ? decide(slip, whole) : [];
      },
      result: () => null,
    });
  }
}

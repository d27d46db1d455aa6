import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, Problem, type Decided, type Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Deliberation, type Outcome, type Target } from '@fil-rouge/platform';
import type { CaseRecord } from '../case/case';
import type { WorkshopRecord } from './workshop';
import {
  cancelWorkshop,
  changeAttendance,
  checkOnce,
  correctedWorkshop,
  correctWorkshop,
  type Attendance,
  type PresentWorkshop,
  type WorkshopCancelling,
  type WorkshopCorrection,
} from './workshop.correcting.decider';
import { ofParticipant } from './workshop.decider';
import { WorkshopsQueries } from './workshops.queries';
import type { PresentCase } from './workshops.sql';

type OfWorkshop = Outcome<{ workshopId: Uuid }>;
type Both = CaseRecord & WorkshopRecord;

export class CorrectWorkshop extends Command<OfWorkshop> {
  constructor(
    readonly caller: Caller,
    readonly workshopId: Uuid,
    readonly input: Omit<WorkshopCorrection, 'workshopId' | 'present'>,
  ) {
    super();
  }
}

export class CancelWorkshop extends Command<OfWorkshop> {
  constructor(
    readonly caller: Caller,
    readonly workshopId: Uuid,
    readonly input: Omit<WorkshopCancelling, 'present'>,
  ) {
    super();
  }
}

/** How often something may come in between before the caller is told. */
const attempts = 3;

/** Corrects or cancels the workshop and the entry on each participant's record in one commit. Which records those are is read before. */
abstract class Changing {
  constructor(
    private readonly records: Records,
    protected readonly workshops: WorkshopsQueries,
  ) {}

  protected async change(
    caller: Caller,
    workshopId: Uuid,
    to: (present: PresentWorkshop) => readonly Uuid[],
    decide: (workshop: Deliberation<Both>, present: PresentWorkshop) => Decided[],
    follow: (workshop: Deliberation<Both>, present: PresentWorkshop) => Omit<Attendance, 'became' | 'at'>,
    place?: (present: PresentWorkshop) => Uuid | undefined,
  ): Promise<OfWorkshop> {
    for (let attempt = 1; ; attempt++) {
      const present = await this.workshops.present(caller, workshopId);
      if (!present) throw notFound();
      const entries = entriesOf(
        await this.workshops.presentCases(caller, [...present.participants, ...to(present)]),
        present.participants,
        to(present),
      );
      try {
        return await this.records.decide<Both, { workshopId: Uuid }>({
          caller,
          on: [
            { kind: 'workshop', id: workshopId },
            ...entries.map(({ record }): Target => ({ kind: 'case', id: record })),
          ],
          facts: [place?.(present)],
          decide: ([workshop, ...cases]) => [
            decide(workshop!, present),
            ...cases.map(({ state, context }, index) =>
              changeAttendance(state.case, { ...follow(workshop!, present), ...entries[index]! }, context),
            ),
          ],
          result: () => ({ workshopId }),
        });
      } catch (error) {
        const overtaken = error instanceof Problem && error.code === 'stale';
        if (!overtaken || attempt === attempts) throw error;
      }
    }
  }
}

@CommandHandler(CorrectWorkshop)
export class CorrectWorkshopHandler extends Changing implements ICommandHandler<CorrectWorkshop> {
  constructor(records: Records, workshops: WorkshopsQueries) {
    super(records, workshops);
  }

  execute({ caller, workshopId, input }: CorrectWorkshop): Promise<OfWorkshop> {
    const asked = (present: PresentWorkshop): WorkshopCorrection => ({ ...input, workshopId, present });
    return this.change(
      caller,
      workshopId,
      (present) => input.participants ?? present.participants,
      ({ state, context }, present) =>
        correctWorkshop(state.workshop, asked(present), correctedWorkshop(asked(present), context), context),
      ({ context }, present) => ({ workshopId, ...correctedWorkshop(asked(present), context), reason: 'not_attended' }),
      (present) => input.changes.placeId ?? present.fields.placeId,
    );
  }
}

@CommandHandler(CancelWorkshop)
export class CancelWorkshopHandler extends Changing implements ICommandHandler<CancelWorkshop> {
  constructor(records: Records, workshops: WorkshopsQueries) {
    super(records, workshops);
  }

  execute({ caller, workshopId, input }: CancelWorkshop): Promise<OfWorkshop> {
    return this.change(
      caller,
      workshopId,
      () => [],
      ({ state, context }, present) => cancelWorkshop(state.workshop, { ...input, present }, context),
      (_, { fields }) => ({ workshopId, fields, changed: [], reason: input.reason }),
    );
  }
}

/**
 * Each record that is concerned once, as it goes on by now: two who were named may have become one. Of who is erased nothing is left to correct.
 * Throws for who is added and not visible.
 */
function entriesOf(
  cases: ReadonlyMap<Uuid, PresentCase>,
  before: readonly Uuid[],
  after: readonly Uuid[],
): (Pick<Attendance, 'became' | 'at'> & { record: Uuid })[] {
  const recordOf = (id: Uuid): Uuid => cases.get(id)?.record ?? id;
  const was = new Set(before.map(recordOf));
  const hidden = after.findIndex((id) => !before.includes(id) && !cases.get(id)?.visible);
  if (hidden >= 0) throw ofParticipant(notFound('This case does not exist, or you have no access to it.'), hidden);
  const named = after.map(recordOf);
  // Two that have become one since they were named are no mistake of who corrects something else.
  if (after.some((id) => !before.includes(id))) checkOnce(named);
  const removed = before.map(recordOf).filter((record) => !named.includes(record));
  const entries = [
    ...named.map((record, at) => ({ record, at, became: was.has(record) ? ('kept' as const) : ('added' as const) })),
    ...removed.map((record) => ({ record, at: before.map(recordOf).indexOf(record), became: 'removed' as const })),
  ];
  const erased = new Set([...cases.values()].filter((one) => one.erased).map(({ record }) => record));
  return entries.filter(
    ({ record }, at) => !erased.has(record) && entries.findIndex((one) => one.record === record) === at,
  );
}

export const workshopsCorrectingHandlers = [CorrectWorkshopHandler, CancelWorkshopHandler];

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import type { CaseRecord } from '../case/case';
import { CasesQueries } from '../case/cases.queries';
import type { WorkshopRecord } from './workshop';
import { attend, heldAt, hold, ofParticipant, type Holding } from './workshop.decider';

type OfWorkshop = Outcome<{ workshopId: Uuid }>;

export class HoldWorkshop extends Command<OfWorkshop> {
  constructor(
    readonly caller: Caller,
    readonly input: Omit<Holding, 'workshopId'>,
  ) {
    super();
  }
}

/** The workshop and an entry on each participant's case, in one commit: all of it or nothing. */
@CommandHandler(HoldWorkshop)
export class HoldWorkshopHandler implements ICommandHandler<HoldWorkshop> {
  constructor(
    private readonly records: Records,
    private readonly cases: CasesQueries,
  ) {}

  async execute({ caller, input }: HoldWorkshop): Promise<OfWorkshop> {
    await this.checkKnown(caller, input.participants);
    const holding = { ...input, workshopId: newId() };
    const { workshopId, participants } = holding;
    // Each record has its own kind's state; which is which follows from the order of `on`.
    return this.records.decide<CaseRecord & WorkshopRecord, { workshopId: Uuid }>({
      caller,
      on: [
        { kind: 'workshop', create: workshopId },
        ...[...new Set(participants)].map((id): Target => ({ kind: 'case', id })),
      ],
      facts: [input.fields.placeId],
      decide: ([workshop, ...cases]) => {
        const held = heldAt(holding, workshop!.context);
        return [
          hold(held, workshop!.context),
          ...cases.map(({ state, context }, at) => attend(state.case, held, at, context)),
        ];
      },
      result: () => ({ workshopId }),
    });
  }

  /** The store answers 404 for a record that is not there before anything is decided; here it can be said whose it is. */
  private async checkKnown(caller: Caller, participants: readonly Uuid[]): Promise<void> {
    if (participants.length === 0) return;
    const visible = new Set(await this.cases.visible(caller, participants));
    const at = participants.findIndex((caseId) => !visible.has(caseId));
    if (at >= 0) throw ofParticipant(notFound('This case does not exist, or you have no access to it.'), at);
  }
}

export const workshopsHandlers = [HoldWorkshopHandler];

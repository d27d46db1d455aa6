import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { NoteError, OutsideOutcome, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { OutsideRecord } from './outside';
import { cancelOutside, reportOutside, sendOutside, type OnOutside, type SendingOutside } from './outside.decider';
import { OutsideQueries } from './outside-referrals.queries';

type Whereabouts = { caseId: Uuid; outsideId: Uuid };
type OfOutside = Outcome<Whereabouts>;

export class SendOutside extends Command<OfOutside> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Omit<SendingOutside, 'outsideId'>,
  ) {
    super();
  }
}

@CommandHandler(SendOutside)
export class SendOutsideHandler implements ICommandHandler<SendOutside> {
  constructor(
    private readonly records: Records,
    private readonly outside: OutsideQueries,
  ) {}

  execute({ caller, caseId, input }: SendOutside): Promise<OfOutside> {
    const outsideId = newId();
    return this.records.decide<OutsideRecord, Whereabouts>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      decide: (records) => records.map(({ state, context }) => sendOutside(state, { ...input, outsideId }, context)),
      result: () => ({ caseId, outsideId }),
      answer: () => this.outside.asking(caller, caseId, outsideId),
    });
  }
}

/** What is said of it afterwards. */
export type OutsideChange =
  | { verb: 'report'; outcome: OutsideOutcome; on?: string; comment?: string }
  | { verb: 'cancel'; reason: NoteError; comment?: string };

export class ChangeOutside extends Command<OfOutside> {
  constructor(
    readonly caller: Caller,
    readonly on: OnOutside,
    readonly change: OutsideChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeOutside)
export class ChangeOutsideHandler implements ICommandHandler<ChangeOutside> {
  constructor(
    private readonly records: Records,
    private readonly outside: OutsideQueries,
  ) {}

  execute({ caller, on, change }: ChangeOutside): Promise<OfOutside> {
    const { caseId, outsideId } = on;
    return this.records.decide<OutsideRecord, Whereabouts>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { outside: { table: 'outside_referral', id: outsideId } },
      decide: (records) =>
        records.map(({ state, context }) =>
          change.verb === 'report'
            ? reportOutside(state, { ...on, ...change, on: change.on }, context)
            : cancelOutside(state, { ...on, ...change }, context),
        ),
      result: () => ({ caseId, outsideId }),
      answer: () => this.outside.asking(caller, caseId, outsideId),
    });
  }
}

export const outsideHandlers = [SendOutsideHandler, ChangeOutsideHandler];

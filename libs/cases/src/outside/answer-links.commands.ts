import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { newId, Records, Sealing, type Caller, type Outcome } from '@fil-rouge/platform';
import { Turns } from '@fil-rouge/users';
import type { OutsideRecord } from './outside';
import { makeLink, revokeLink } from './answer-link.decider';
import { answerToken, hashOfToken } from './answer-links.service';
import type { OnOutside } from './outside.decider';
import { OutsideQueries } from './outside-referrals.queries';

type Made = { caseId: Uuid; outsideId: Uuid; linkId: Uuid };

export class MakeAnswerLink extends Command<Outcome<Made>> {
  constructor(
    readonly caller: Caller,
    readonly on: OnOutside,
    readonly email: string,
  ) {
    super();
  }
}

const mostLinks = 50;

@CommandHandler(MakeAnswerLink)
export class MakeAnswerLinkHandler implements ICommandHandler<MakeAnswerLink> {
  constructor(
    private readonly records: Records,
    private readonly sealing: Sealing,
    private readonly turns: Turns,
    private readonly outside: OutsideQueries,
  ) {}

  /** Problems: 429 from who sends e-mails about all day. */
  async execute({ caller, on, email }: MakeAnswerLink): Promise<Outcome<Made>> {
    const { caseId, outsideId } = on;
    await this.turns.need(
      { of: `answer link|${caller.session.userId}`, most: mostLinks },
      'You have made enough links for one day. Try again tomorrow.',
    );
    const linkId = newId();
    const linkHash = hashOfToken(answerToken(this.sealing, linkId));
    return this.records.decide<OutsideRecord, Made>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { outside: { table: 'outside_referral', id: outsideId } },
      decide: (records) =>
        records.map(({ state, context }) => makeLink(state, { ...on, linkId, linkHash, email }, context)),
      result: () => ({ caseId, outsideId, linkId }),
      answer: () => this.outside.asking(caller, caseId, outsideId),
    });
  }
}

export class RevokeAnswerLink extends Command<Outcome<Omit<Made, 'linkId'>>> {
  constructor(
    readonly caller: Caller,
    readonly on: OnOutside,
  ) {
    super();
  }
}

@CommandHandler(RevokeAnswerLink)
export class RevokeAnswerLinkHandler implements ICommandHandler<RevokeAnswerLink> {
  constructor(
    private readonly records: Records,
    private readonly outside: OutsideQueries,
  ) {}

  execute({ caller, on }: RevokeAnswerLink): Promise<Outcome<Omit<Made, 'linkId'>>> {
    const { caseId, outsideId } = on;
    return this.records.decide<OutsideRecord, Omit<Made, 'linkId'>>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { outside: { table: 'outside_referral', id: outsideId } },
      decide: (records) => records.map(({ state, context }) => revokeLink(state, on, context)),
      result: () => ({ caseId, outsideId }),
      answer: () => this.outside.asking(caller, caseId, outsideId),
    });
  }
}

export const answerLinkHandlers = [MakeAnswerLinkHandler, RevokeAnswerLinkHandler];

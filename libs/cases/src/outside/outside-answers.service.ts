import { Injectable } from '@nestjs/common';
import { invalid, Problem, vocabularies, type LocalDate, type OutsideAnswer, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, instantOf, Records, Sealing } from '@fil-rouge/platform';
import { foldAddress, Turns } from '@fil-rouge/users';
import { answersAfter, useLink, type GivenAnswer } from './answer-link.decider';
import { hashOfToken, isCodeOf } from './answer-links.service';
import type { OutsideSheetOpened, OpenOutsideSheetBody } from './answer-links.dto';
import type { OutsideRecord } from './outside';
import type { SealedResident, SheetOutsideRead } from './outside-referrals.sql';
import { sheetOf } from './outside-sheet.view';

interface FoundLink {
  id: Uuid;
  outsideId: Uuid;
  caseId: Uuid;
}

/** As its row has it; of a refusal the outcome follows. */
interface FoundAnswer {
  id: Uuid;
  answer: OutsideAnswer;
  reason: string | null;
  outcome: string;
  on: LocalDate;
}

interface FoundSheet {
  caseId: Uuid;
  until: string;
  answer: OutsideAnswer | null;
  outside: SheetOutsideRead;
  resident: SealedResident;
  reception: object[] | null;
}

/** Of one address, in an hour. A desk has one for all who work there. */
const most = { attempts: 60, seconds: 3600 };
/** Longer than any refusal takes to be come by: a link that is not there, one that has ended and a code that is wrong are answered alike, and as late. */
const patience = 400;
const listsOfSheet = [
  'outsideRecipients',
  'themes',
  'ageBrackets',
  'outsideAnswers',
  'outsideOutcomes',
  'declineReasons',
];

/** Answering without an account: with a link's secret and its code, of one outside referral and of nothing else. */
@Injectable()
export class OutsideAnswers {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly turns: Turns,
  ) {}

  /** Problems: 422 for any link or code that does not open, 429. */
  open({ token, code }: OpenOutsideSheetBody, address: string): Promise<OutsideSheetOpened> {
    return evenly(async () => {
      await this.use({ token, code }, address);
      return this.sheet(token);
    });
  }

  /** Problems: as `open`; 409 when another answer was given before. */
  answer({ token, code }: OpenOutsideSheetBody, answer: GivenAnswer, address: string): Promise<void> {
    return evenly(() => this.use({ token, code }, address, answer));
  }

  private async use({ token, code }: OpenOutsideSheetBody, address: string, answer?: GivenAnswer): Promise<void> {
    await this.turns.need(
      { of: `outside answer|${foldAddress(address)}`, most: most.attempts, seconds: most.seconds },
      'Too many attempts from here. Wait, then try again.',
    );
    const link = await this.call<FoundLink>('answer_link', token);
    const opens = link !== null && (await this.useOpen(link, { token, code }, answer));
    if (!opens && !(answer && (await this.wasGiven({ token, code }, answer)))) throw deadLink();
  }

  /** Sent again because its answer was lost: it is the same act, and told the same. */
  private async wasGiven({ token, code }: OpenOutsideSheetBody, given: GivenAnswer): Promise<boolean> {
    const found = await this.call<FoundAnswer>('answer_given', token);
    if (!found || !isCodeOf(this.sealing, found.id, code) || found.answer !== given.answer) return false;
    return given.answer === 'declined'
      ? found.reason === given.reason
      : found.outcome === given.outcome && (given.on === undefined || found.on === given.on);
  }

  /** False when it does not open. */
  private async useOpen(
    { id: linkId, outsideId, caseId }: FoundLink,
    { token, code }: OpenOutsideSheetBody,
    answer: GivenAnswer | undefined,
  ): Promise<boolean> {
    const isRight = isCodeOf(this.sealing, linkId, code);
    let opens = false;
    const used = this.records.decide<OutsideRecord, null>({
      caller: null,
      warrant: { answerLink: hashOfToken(token) },
      on: [{ kind: 'case', id: caseId }],
      rows: { outside: { table: 'outside_referral', id: outsideId } },
      decide: (records) =>
        records.map(({ state, context }) => {
          const events = useLink(state, { linkId, isRight, ...(answer ? { answer } : {}) }, context);
          opens = isRight && events !== null;
          return events ?? [];
        }),
      result: () => null,
    });
    // Ended, or erased, at this moment: no other answer than if it had been before.
    return used.then(
      () => opens,
      (error: unknown) => {
        if (error instanceof Problem && error.code === 'not-found') return false;
        throw error;
      },
    );
  }

  private async sheet(token: string): Promise<OutsideSheetOpened> {
    const found = await this.call<FoundSheet>('answer_sheet', token);
    if (!found) throw deadLink();
    const { caseId, until, answer, outside, resident, reception } = found;
    const sealed = { outside, resident, reception: reception ?? undefined };
    return {
      ...sheetOf(sealed, caseId, this.sealing, this.clock.now()),
      until: instantOf(until),
      ...(answer === null ? {} : { answer }),
      answers: [...answersAfter(answer)],
      words: listsOfSheet.map((name) => ({
        name,
        codes: Object.entries(vocabularies[name]!).map(([one, label]) => ({ code: one, label })),
      })),
    };
  }

  private async call<R>(name: 'answer_link' | 'answer_given' | 'answer_sheet', token: string): Promise<R | null> {
    const [row] = await this.database.query<{ found: R | null }>(name, `select ${name}($1, $2) as found`, [
      hashOfToken(token),
      this.clock.now(),
    ]);
    return row!.found;
  }
}

async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work(), new Promise((resolve) => setTimeout(resolve, patience))]);
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}

const deadLink = () =>
  invalid(
    '/code',
    'refused',
    'This does not open: the code is wrong, or the link was used, has expired or was taken back. Whoever sent it can make a new one.',
  );

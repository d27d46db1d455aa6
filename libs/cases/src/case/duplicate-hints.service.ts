import { Injectable } from '@nestjs/common';
import { Log, Records, type Caller } from '@fil-rouge/platform';
import { noTurnLeft, noticeOpenings, Turns, type Allowance, type PersonRecord } from '@fil-rouge/users';

/** DUPLICATE_HINTS_PER_DAY: how often a day a person is told that somebody they open is followed already. */
export class HintSettings {
  constructor(readonly perDay: number) {}
}

/** What asks, when it is not a hit: each tells that nobody of that name or number is followed. */
export type Probe = 'openings' | 'corrections';

/** Somebody who does so that often a day is looked at by an administrator; nobody is stopped. */
const many = 40;

interface Turn {
  readonly allowance: Allowance;
  /** How many are by now; null: none was left. */
  readonly taken: number | null;
  readonly traceId: string;
}

/** What was taken beforehand: of what may be told, and of what is tried. */
export interface Reserved {
  readonly hint: Turn | undefined;
  readonly tried: Turn | undefined;
}

/**
 * « Somebody who resembles this resident is followed already » tells who is followed. Anybody who may open or correct a case could ask it, one name
 * at a time. So each person is told a number of times a day, counted over opening and correcting together. Once all are used, nothing more is
 * checked for that person. A hit is then answered like a miss, and both need `confirmNotDuplicate`.
 */
@Injectable()
export class DuplicateHints {
  constructor(
    private readonly settings: HintSettings,
    private readonly turns: Turns,
    private readonly records: Records,
    private readonly log: Log,
  ) {}

  /**
   * Takes what either end would take, before it is known whether there is a hit: a hundred at once learn no more than one after another. A case that is
   * opened counts anyhow; a correction, when it asks. Problems: 429.
   */
  async reserve({ session, traceId }: Caller, by: Probe, asks: boolean): Promise<Reserved> {
    const hints = { of: `duplicate hints|${session.userId}`, most: this.settings.perDay };
    const tries = { of: `${by}|${session.userId}`, most: many };
    const wanted = [...(asks ? [hints] : []), ...(asks || by === 'openings' ? [tries] : [])];
    const taken = wanted.length > 0 ? await this.turns.takeEach(wanted) : [];
    const reserved = wanted.map((allowance, at): Turn => ({ allowance, taken: taken[at]!, traceId }));
    const [hint, tried] = [hints, tries].map((one) => reserved.find(({ allowance }) => allowance === one));
    if (hint?.taken !== null) return { hint, tried };
    this.giveBack(tried);
    throw noTurnLeft(
      'You have been told often enough today that somebody may be followed already. Say confirmNotDuplicate to go on; the coordinator finds duplicates.',
      this.turns.secondsLeft(hints),
    );
  }

  /** It was told. Administrators are when somebody has used all of them. */
  async told(caller: Caller, { hint, tried }: Reserved): Promise<void> {
    this.giveBack(tried);
    if (hint?.taken && hint.taken >= this.settings.perDay) await this.notice(caller, 'hints', hint.taken);
  }

  /** It was done, and nothing told. */
  async done(caller: Caller, by: Probe, { hint, tried }: Reserved): Promise<void> {
    this.giveBack(hint);
    if (tried?.taken === many) await this.notice(caller, by, many);
  }

  /** Neither: it was refused for something else, or done before. */
  nothing({ hint, tried }: Reserved): void {
    this.giveBack(hint);
    this.giveBack(tried);
  }

  /** Not waited for: at worst the person has one less today. */
  private giveBack(turn: Turn | undefined): void {
    if (!turn || turn.taken === null) return;
    const { allowance, traceId } = turn;
    this.turns
      .giveBack(allowance)
      .catch((error: unknown) => this.log.warn({ traceId, error: (error as Error).name }, 'a turn was not given back'));
  }

  /** What the person asked for is done, or refused, whatever becomes of this. */
  private async notice(caller: Caller, of: 'hints' | Probe, count: number): Promise<void> {
    const { token, traceId, session } = caller;
    const { userId } = session;
    await this.records
      .decide<PersonRecord, null>({
        // Without the key of their request: that one is another command.
        caller: { token, traceId, session },
        on: [{ kind: 'person', id: userId }],
        decide: ([record]) => [noticeOpenings(record!.state.person, { of, count }, record!.context)],
        result: () => null,
      })
      .catch((error: unknown) =>
        this.log.warn({ traceId, error: (error as Error).name }, 'administrators were not told of unusual openings'),
      );
  }
}

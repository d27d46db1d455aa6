import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
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

  /** Before it is known whether there is a hit: a hundred at once learn no more than one after another. Problems: 429. */
  async reserve({ session }: Caller): Promise<number> {
    const hints = this.hintsOf(session.userId);
    const taken = await this.turns.take(hints);
    if (taken !== null) return taken;
    throw noTurnLeft(
      'You have been told often enough today that somebody may be followed already. Say confirmNotDuplicate to go on; the coordinator finds duplicates.',
      this.turns.secondsLeft(hints),
    );
  }

  /** Nothing was told. Not waited for: at worst the person has one less today. */
  giveBack({ session, traceId }: Caller): void {
    this.turns
      .giveBack(this.hintsOf(session.userId))
      .catch((error: unknown) => this.log.warn({ traceId, error: (error as Error).name }, 'a hint was not given back'));
  }

  /** Administrators are told when somebody has used all of them. */
  async told(caller: Caller, taken: number): Promise<void> {
    if (taken >= this.settings.perDay) await this.notice(caller, 'hints', taken);
  }

  /** It was done, and nothing told. A case that is opened counts anyhow; a correction, when it asked. */
  async tried(caller: Caller, by: Probe, asked: boolean): Promise<void> {
    if (by === 'corrections' && !asked) return;
    const taken = await this.turns.take({ of: `${by}|${caller.session.userId}`, most: many });
    if (taken === many) await this.notice(caller, by, taken);
  }

  private hintsOf(userId: Uuid): Allowance {
    return { of: `duplicate hints|${userId}`, most: this.settings.perDay };
  }

  /** What the person asked for is done, or refused, whatever becomes of this. */
  private async notice({ session: { userId }, traceId }: Caller, of: 'hints' | Probe, count: number): Promise<void> {
    await this.records
      .decide<PersonRecord, null>({
        caller: null,
        on: [{ kind: 'person', id: userId }],
        decide: ([record]) => [noticeOpenings(record!.state.person, { of, count }, record!.context)],
        result: () => null,
      })
      .catch((error: unknown) =>
        this.log.warn({ traceId, error: (error as Error).name }, 'administrators were not told of unusual openings'),
      );
  }
}

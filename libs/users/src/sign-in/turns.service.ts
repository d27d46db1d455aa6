import { Injectable } from '@nestjs/common';
import { atParis, addCalendarDays, localDateOf, Problem, type Instant } from '@fil-rouge/kernel';
import { Clock, Database } from '@fil-rouge/platform';

/** Something of which each person, address or account has so many in a while. */
export interface Allowance {
  /** What is counted, and whose: `password-reset|anne@exemple.fr`. Kept as a hash. */
  readonly of: string;
  readonly most: number;
  /** How long they last from the first one; absent: until the end of the day in Paris. */
  readonly seconds?: number;
}

/** How often something may be done. Who has no turn left writes nothing; the rows of turns long past are cleaned away with new ones. */
@Injectable()
export class Turns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes one before whatever it is for begins: a thousand at once do not all find one left. How many are taken by now; null: none was left. */
  async take(allowance: Allowance): Promise<number | null> {
    const [taken] = await this.takeEach([allowance]);
    return taken!;
  }

  /** One of each, in one call. */
  async takeEach(allowances: readonly Allowance[]): Promise<(number | null)[]> {
    const now = this.clock.now();
    const asked = allowances.map((one) => ({ of: one.of, most: one.most, until: this.end(one, now) }));
    const [row] = await this.database.query<{ taken: (number | null)[] }>(
      'take_turns',
      'select take_turns($1, $2) as taken',
      [JSON.stringify(asked), now],
    );
    return row!.taken;
  }

  /** The turn was not one after all. */
  async giveBack({ of }: Allowance): Promise<void> {
    await this.database.query('give_back_turn', 'select give_back_turn($1, $2)', [of, this.clock.now()]);
  }

  /** Problems: 429 with the sentence when none is left. */
  async need(allowance: Allowance, sentence: string): Promise<void> {
    if ((await this.take(allowance)) === null) throw noTurnLeft(sentence, this.secondsLeft(allowance));
  }

  /** At most, from now. */
  secondsLeft(allowance: Allowance): number {
    const now = this.clock.now();
    return Math.ceil((Date.parse(this.end(allowance, now)) - Date.parse(now)) / 1000);
  }

  private end({ seconds }: Allowance, now: Instant): Instant {
    if (seconds !== undefined) return new Date(Date.parse(now) + seconds * 1000).toISOString();
    return atParis(addCalendarDays(localDateOf(now), 1), '00:00');
  }
}

export const noTurnLeft = (sentence: string, retryAfter: number): Problem =>
  new Problem('too-many-requests', sentence, { retryAfter });

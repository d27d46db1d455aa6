/** People at work whatever happens to the system, each with a log of their own: what they asked, when, and what they were told. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { newCase, newReferral, newSession, request, type Answer, type Person } from '../journeys/driver';
import { machine } from '../support/clock';

export interface Asked {
  readonly what: 'case' | 'session' | 'referral';
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** Milliseconds; the first time. */
  readonly at: number;
  /** What was said last, and when; null while nothing was. */
  answer: Answer | null;
  toldAt: number;
}

const informed = () => ({ on: machine.today(), how: 'oral' });

export class Client {
  readonly asked: Asked[] = [];
  /** Statuses that nobody should be told, with what was said. */
  readonly strange: string[] = [];
  /** How often it was told to come back later. */
  refused = 0;
  /** How many it was told are sent. */
  referrals = 0;
  private readonly cases: string[] = [];

  /**
   * @param shared cases that several write to at once
   * @param recipient the structure of referrals
   */
  constructor(
    private readonly person: Person,
    private readonly baseUrl: string,
    private readonly shared: readonly string[],
    private readonly recipient: string,
  ) {}

  /** One thing after the other until told to stop; a while after something was refused. */
  async work(isGoing: () => boolean): Promise<void> {
    for (let turn = 0; isGoing(); turn++) {
      const one = await this.next(turn);
      await pause(one.answer?.status === 201 ? 10 : 100);
    }
  }

  /** Asks once more for what there is no answer of, or a refusal, until each is done. Returns what never was. */
  async settle(tries = 100): Promise<Asked[]> {
    let open = this.asked;
    for (let n = 0; n < tries; n++) {
      open = open.filter(({ answer }) => answer?.status !== 201);
      if (open.length === 0) return [];
      if (n > 0) await pause(200);
      for (const one of open) await this.again(one);
    }
    return open;
  }

  async again(asked: Asked): Promise<Answer | null> {
    asked.answer = await request(this.baseUrl, 'POST', asked.path, {
      body: asked.body,
      headers: { authorization: this.person.authorization, 'idempotency-key': asked.key },
    }).catch(() => null);
    asked.toldAt = performance.now();
    this.look(asked.answer);
    if (asked.what === 'referral' && asked.answer?.status === 201) this.referrals++;
    return asked.answer;
  }

  /** Of ten: five sessions on what others write to as well, three cases, two referrals of one's own. */
  private async next(turn: number): Promise<Asked> {
    const own = this.cases.at(-1);
    if (turn % 10 < 5) {
      const path = `/v1/cases/${this.shared[turn % this.shared.length]}/sessions`;
      return this.ask('session', path, newSession({ date: machine.today() }));
    }
    if (turn % 10 < 8 || !own) {
      const one = await this.ask('case', '/v1/cases', { ...newCase(), informed: informed() });
      if (one.answer?.status === 201) this.cases.push(one.answer.body.id);
      return one;
    }
    this.cases.pop();
    return this.ask('referral', `/v1/cases/${own}/referrals`, newReferral(this.recipient, { informed: informed() }));
  }

  async ask(what: Asked['what'], path: string, body: object): Promise<Asked> {
    const asked: Asked = { what, key: randomUUID(), path, body, at: performance.now(), answer: null, toldAt: 0 };
    this.asked.push(asked);
    await this.again(asked);
    return asked;
  }

  /** 503, and busy, with when to come back; anything else that is no success is nobody's fault but ours. */
  private look(answer: Answer | null): void {
    if (!answer || answer.status === 201) return;
    const when = answer.headers.get('retry-after') ?? '';
    if ((answer.status === 503 || answer.status === 429) && /^[1-9]\d*$/.test(when)) return void this.refused++;
    this.strange.push(`${answer.status} ${answer.body.code ?? ''}, retry-after ${when || 'not said'}`);
  }
}

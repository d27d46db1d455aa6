/** Who works in the bench and what there is to work on: made over HTTP, so that every measured request finds what it needs and succeeds. */
import { randomUUID } from 'node:crypto';
import { newCase, newReferral, newSession, Person } from '../journeys/driver';
import type { Asked } from './loads';
import type { Bed } from './bed';

/** Sent as they are; each has a key of its own, as a careful client sends one. */
export const commandOf = (person: Person, path: string, body: object = {}): Asked => ({
  method: 'POST',
  path,
  headers: { authorization: person.authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
  body: JSON.stringify(body),
});

export const readOf = (person: Person, path: string): Asked => ({
  method: 'GET',
  path,
  headers: { authorization: person.authorization },
});

/** A case, and the counsellor who leads it. */
export interface Led {
  readonly id: string;
  readonly lead: Person;
}

/** How many requests prepare something at once. */
const atOnce = 8;

export class Stage {
  /** Cases of the lead's structure, newest last; who opened one leads it. */
  readonly cases: Led[] = [];
  private readonly fresh: Led[] = [];
  private readonly sent: string[] = [];
  private readonly proposed: string[] = [];
  private readonly opened: { readonly id: string; readonly name: string }[] = [];
  private long: Promise<readonly Led[]> | undefined;
  private turn = 0;

  private constructor(
    private readonly bed: Bed,
    /** Counsellors of one structure. */
    readonly leads: readonly Person[],
    /** Of another one, whom they refer and hand over to. */
    readonly recipient: Person,
    /** Whom that one is told for: what is sent there, and names nobody. */
    readonly manager: Person,
  ) {}

  static async signIn(bed: Bed): Promise<Stage> {
    const accounts = await bed.query<{ email: string }>(
      `select email from account where email like 'conseiller%@departement-sarthe.demo' order by email`,
    );
    const leads: Person[] = [];
    for (const { email } of accounts) leads.push(await Person.signIn(bed.baseUrl, email, bed.password));
    const [recipient, manager] = ['conseiller@la-poste.demo', 'responsable@la-poste.demo'].map((email) =>
      Person.signIn(bed.baseUrl, email, bed.password),
    );
    return new Stage(bed, leads, await recipient!, await manager!);
  }

  /** A page full of cases, of tasks and of messages, whatever is measured of them. */
  async furnish(): Promise<void> {
    await this.casesToWorkOn(96);
    // Not to be accepted: they stay what somebody has to answer.
    await this.sentReferrals(30);
  }

  nextLead(): Person {
    return this.leads[this.turn++ % this.leads.length]!;
  }

  /** So many cases to record in, one after the other: with more of them than connections nobody waits for somebody else's commit. */
  async casesToWorkOn(count: number): Promise<readonly Led[]> {
    if (this.cases.length < count) await this.open(count - this.cases.length);
    return this.cases.slice(-count);
  }

  /** Each is given out once: nothing has been referred or proposed there. */
  async freshCases(count: number): Promise<Led[]> {
    if (this.fresh.length < count) await this.open(count - this.fresh.length);
    return this.fresh.splice(0, count);
  }

  async sentReferrals(count: number): Promise<string[]> {
    const missing = await this.freshCases(Math.max(0, count - this.sent.length));
    this.sent.push(
      ...(await inTurns(
        missing,
        async ({ id, lead }) =>
          (await lead.do(`/v1/cases/${id}/referrals`, newReferral(this.recipient.structureId))).id,
      )),
    );
    return this.sent.splice(0, count);
  }

  async proposedHandovers(count: number): Promise<string[]> {
    const missing = await this.freshCases(Math.max(0, count - this.proposed.length));
    this.proposed.push(
      ...(await inTurns(
        missing,
        async ({ id, lead }) => (await lead.do(`/v1/cases/${id}/handovers`, this.proposal())).id,
      )),
    );
    return this.proposed.splice(0, count);
  }

  /** Cases with a timeline of more than fifty entries. */
  timelines(): Promise<readonly Led[]> {
    this.long ??= this.freshCases(4).then(async (cases) => {
      await inTurns(cases, async ({ id, lead }) => {
        for (let n = 0; n < 52; n++) await lead.do(`/v1/cases/${id}/sessions`, this.session());
      });
      return cases;
    });
    return this.long;
  }

  /** Surnames that one resident has, and the sealed word by which each is found. */
  async names(): Promise<{ name: string; token: Buffer }[]> {
    const some = this.opened.slice(0, 50);
    const rows = await this.bed.query<{ case_id: string; token: Buffer }>(
      `select distinct on (t.case_id) t.case_id, t.token from search_token t
       where t.case_id = any($1::uuid[]) and not exists (select from search_token o where o.token = t.token and o.case_id <> t.case_id)`,
      [some.map(({ id }) => id)],
    );
    return rows.map(({ case_id, token }) => ({ name: some.find(({ id }) => id === case_id)!.name, token }));
  }

  async emails(): Promise<string[]> {
    const rows = await this.bed.query<{ email: string }>(`select email from account where email like '%.demo'`);
    return rows.map(({ email }) => email);
  }

  signInOf(email: string): Asked {
    return {
      method: 'POST',
      path: '/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: this.bed.password }),
    };
  }

  /** What the measured requests made is used further. */
  keepCases(ids: readonly string[], leads: readonly Person[]): void {
    const kept = ids.map((id, n) => ({ id, lead: leads[n]! }));
    this.fresh.push(...kept);
    this.cases.push(...kept);
  }

  keepReferrals(ids: readonly string[]): void {
    this.sent.push(...ids);
  }

  session(): object {
    return newSession({
      summary: 'Création d’une adresse électronique, puis première connexion au compte des impôts.',
      privateNote: 'Revoir le mot de passe la prochaine fois.',
    });
  }

  proposal(): object {
    return { kind: 'push', toStructureId: this.recipient.structureId, note: 'Déménage ; le suivi continue chez vous.' };
  }

  private async open(count: number): Promise<void> {
    const leads = Array.from({ length: count }, () => this.nextLead());
    const ids = await inTurns(leads, async (lead) => {
      const body = newCase() as { resident: { lastName: string } };
      const { id } = await lead.do('/v1/cases', body);
      this.opened.push({ id, name: body.resident.lastName });
      return id;
    });
    this.keepCases(ids, leads);
  }
}

/** Answers in the order of the items. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) answers[at] = await work(items[at]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

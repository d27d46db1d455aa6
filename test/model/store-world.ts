/** The whole product over HTTP with its PostgreSQL and worker, told and looked at in the model's words. */
import { createHash, randomUUID } from 'node:crypto';
import { participationOf, type CaseState } from '@fil-rouge/cases';
import { newCase, request, succeeded, type Person } from '../journeys/driver';
import type { Asked, Command } from './commands';
import { dayOf } from './days';
import type { Model } from './model';
import { firstNumber, opened, start } from './network';
import { handoverSeen, referralSeen, sortedByName, type Observed, type SeenRow } from './observed';
import { ifMatchOf } from './sequence';
import { judgeOf } from './sight';
import { covering, elsewhere, home, parts, storeCast, type Network } from './store-network';
import { requestOf } from './store-requests';
import type { Reply } from './world';

/** Who opens each of the two records. */
const leads = ['alpha', 'beta'] as const;
/** The first event of each. */
const firsts = {
  referral: ['ReferralDrafted'],
  handover: ['HandoverProposed', 'HandoverRequested', 'HandoverTookEffect'],
};

/** Of `referral` or `handover`. */
type Row = SeenRow & { id: string };

interface EventRow {
  seq: number;
  type: string;
  audience: 'record' | 'about';
  structure_id: string | null;
  about: string | null;
}

export class StoreWorld {
  private constructor(
    private readonly network: Network,
    private readonly structures: Map<string, string>,
    readonly caseIds: readonly string[],
  ) {}

  static async open(network: Network): Promise<{ world: StoreWorld; models: Model[] }> {
    network.system.clock.set(start);
    const declared = { name: `Essai ${randomUUID()}`, typology: 'ASSO', communes: covering, services: [] };
    const administrator = network.people.get('administrator')!;
    const { id: nova } = succeeded(await administrator.post('/v1/structures', declared)).body;
    // Nothing is sent to a structure in which nobody works.
    succeeded(
      await administrator.post('/v1/users', {
        name: 'Nova Gérante',
        email: `${nova}@exemple.fr`,
        structureId: nova,
        role: 'manager',
      }),
    );
    const structure = (communes: string[], takes = true) => ({ status: 'active', communes, takes });
    const cast: Pick<Model, 'structures' | 'people' | 'commune'> = {
      commune: home,
      structures: {
        alpha: structure(covering),
        beta: structure(covering),
        gamma: structure(covering),
        delta: structure(covering),
        far: structure([elsewhere]),
        full: structure(covering, false),
        nova: { status: 'declared', communes: covering, takes: true },
      },
      people: Object.fromEntries(
        storeCast.people.map((name) => {
          const [part = '', role] = name.split('.');
          const watcher = !Object.hasOwn(parts, part);
          return [
            name,
            {
              structure: watcher ? 'alpha' : part,
              role: (watcher ? part : role) as Model['people'][string]['role'],
              territory: null,
            },
          ];
        }),
      ),
    };
    const caseIds: string[] = [];
    for (const lead of leads)
      caseIds.push((await network.people.get(`${lead}.counsellor`)!.do('/v1/cases', newCase())).id);
    const models = leads.map((lead, id): Model => ({ ...opened(id, lead), ...structuredClone(cast) }));
    return { world: new StoreWorld(network, new Map([...network.structures, ['nova', nova]]), caseIds), models };
  }

  /** Null: done. */
  async do(model: Model, command: Asked): Promise<Reply | null> {
    const ifMatch = ifMatchOf(model, command);
    const [path, body] = await requestOf(this, model, command);
    const answer = await this.person(command.by).post(
      path,
      body,
      ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` },
    );
    return answer.status < 300 ? null : answer.body;
  }

  async decide({ structure, status }: Extract<Command, { do: 'decide' }>): Promise<void> {
    await this.person('administrator').do(`/v1/structures/${this.structure(structure)}/decisions`, {
      status,
      decidedOn: dayOf(start),
    });
  }

  /** Everything taken back: the next story begins with the same network. */
  async leave(model: Model): Promise<void> {
    if (model.structures['beta']!.status === 'suspended')
      await this.decide({ do: 'decide', structure: 'beta', status: 'active' });
    // Whatever of it falls due must not disturb the next story.
    for (const id of this.caseIds)
      await this.network.system.database.query('delete from timer where stream_id = $1', [id]);
    // All stories are told on one day, and nobody invites that many people on one.
    await this.network.system.database.query('delete from sign_in_attempt');
  }

  async observed(record: number): Promise<Observed> {
    const state = await this.state(record);
    const words = new Map([
      ...[...this.structures].map(([name, id]) => [id, name] as const),
      ...[...this.network.people].map(([name, { id }]) => [id, name] as const),
    ]);
    const called = (id: string | null | undefined) => (id ? words.get(id)! : null);
    const referrals = await this.rows('referral', record);
    const handovers = await this.rows('handover', record);
    const timers = await this.query<{ name: string; due_at: Date }>(
      'select name, due_at from timer where stream_id = $1',
      record,
    );
    const names = await this.names();
    return {
      case: {
        status: state.status as Observed['case']['status'],
        version: state.version,
        lead: called(state.lead?.structureId),
        counsellor: called(state.lead?.counsellorId),
      },
      participations: Object.fromEntries([...this.structures].map(([part, id]) => [part, participationOf(state, id)])),
      referrals: referrals.map((row) => referralSeen(row, called)),
      handovers: handovers.map((row) => handoverSeen(row, called)),
      timers: sortedByName(
        Object.fromEntries(
          timers.map(({ name: timer, due_at }) => [
            timer.startsWith('referral ') ? names.get(timer.slice(9))! : timer,
            due_at.toISOString(),
          ]),
        ),
      ),
    };
  }

  /** Types of all events and what they are about, sorted as the model's log is. */
  async log(record: number): Promise<string[]> {
    const names = await this.names();
    const events = await this.query<{ type: string; about: string | null }>(
      'select type, about from event where stream_id = $1',
      record,
    );
    return events.map(({ type, about }) => `${type} ${names.get(about ?? '') ?? ''}`).sort();
  }

  /** Chains and leads of every record, and the links between those that became one. */
  async verify(models: readonly Model[]): Promise<void> {
    const { system, people } = this.network;
    for (const { id, mergedFrom } of models) {
      const answer = await request(system.baseUrl, 'GET', `/v1/audit/cases/${this.caseIds[id]!}/verification`, {
        headers: { authorization: people.get('auditor')!.authorization },
      });
      const link = { chain: 'ok', continuity: 'ok', link: 'ok' };
      expect(answer.body).toMatchObject({
        chain: 'ok',
        continuity: 'ok',
        gaps: [],
        ...(mergedFrom.length > 0 ? { merged: mergedFrom.map((one) => ({ id: this.caseIds[one], ...link })) } : {}),
      });
    }
  }

  /** Row-level security alone, against what each structure may read of each record. */
  async checkSight(models: readonly Model[]): Promise<void> {
    const names = await this.names();
    for (const model of models) {
      if (model.status === 'erased') continue;
      const log = await this.query<EventRow>(
        'select seq::int as seq, type, audience, structure_id, about from event where stream_id = $1 order by seq',
        model.id,
      );
      for (const [structure, id] of this.network.structures) {
        const seen = await this.readBy(this.person(`${structure}.counsellor`), model.id);
        const judge = judgeOf(models, model, structure);
        for (const { seq, type, audience, structure_id, about } of log) {
          judge(
            {
              seq,
              type,
              audience,
              structure: structure_id === id ? structure : null,
              about: () => names.get(about ?? '') ?? null,
            },
            seen.has(seq),
          );
        }
      }
    }
  }

  private async readBy(person: Person, record: number): Promise<Set<number>> {
    const token = createHash('sha256').update(person.authorization.slice('Bearer '.length)).digest('hex');
    const { database, clock } = this.network.system;
    const [row] = await database.queryAs<{ rows: { seq: number }[] }>('api', 'select read_rows($1, $2, $3) as rows', [
      { token, now: clock.now() },
      `select seq::int as seq from event where stream_id = ($1->>'stream')::uuid`,
      { stream: this.caseIds[record] },
    ]);
    return new Set(row!.rows.map(({ seq }) => seq));
  }

  person(name: string): Person {
    return this.network.people.get(name)!;
  }

  structure(name: string): string {
    return this.structures.get(name)!;
  }

  async objections(record: number): Promise<readonly { id: string }[]> {
    return (await this.state(record)).objections;
  }

  private async state(record: number): Promise<CaseState> {
    const [row] = await this.query<{ state: { case: CaseState } }>('select state from stream where id = $1', record);
    return row!.state.case;
  }

  private async rows(table: 'referral' | 'handover', record: number): Promise<Row[]> {
    const numbers = [...(await this.names()).keys()];
    const rows = await this.query<Row>(`select * from ${table} where case_id = $1`, record);
    return rows.sort((a, b) => numbers.indexOf(a.id) - numbers.indexOf(b.id));
  }

  /** What the model calls them, by id: numbered where they were made, whatever has become of their rows. */
  private async names(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const [record] of this.caseIds.entries()) {
      const made = await this.query<{ type: string; about: string }>(
        'select type, about from event where stream_id = $1 and about is not null order by seq',
        record,
      );
      for (const [kind, first] of Object.entries(firsts)) {
        const ids = [...new Set(made.filter(({ type }) => first.includes(type)).map(({ about }) => about))];
        ids.forEach((id, at) => names.set(id, `${kind} ${firstNumber(record) + at}`));
      }
    }
    return names;
  }

  async nth(table: 'referral' | 'handover', n: number): Promise<string> {
    return [...(await this.names())].find(([, name]) => name === `${table} ${n}`)?.[0] ?? randomUUID();
  }

  private query<R extends object>(sql: string, record: number): Promise<R[]> {
    return this.network.system.database.query(sql, [this.caseIds[record]]);
  }
}

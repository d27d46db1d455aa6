/** The whole product over HTTP with its PostgreSQL and worker, told and looked at in the model's words. */
import { randomUUID } from 'node:crypto';
import { participationOf, type CaseState } from '@fil-rouge/cases';
import { newCase, Person, request, sable, succeeded } from '../journeys/driver';
import type { TestSystem } from '../support/system';
import type { Cast, Command } from './commands';
import { dayOf, later } from './days';
import { sortedByName, type Model, type Observed } from './model';
import { needs, start } from './network';
import { ifMatchOf } from './sequence';
import type { Reply } from './world';

/** Which demo structure plays which part; `nova` is declared anew for each story. */
const parts = {
  alpha: 'departement-sarthe', beta: 'la-poste', gamma: 'afpa', delta: 'croix-rouge', far: 'mediatheque-saint-calais', full: 'fal-72',
} as const;
const home = sable;
/** The only commune that `far` covers. */
const elsewhere = '72269';
const covering = [home, elsewhere];

export const storeCast: Cast = {
  people: [...Object.keys(parts).flatMap((part) => [`${part}.counsellor`, `${part}.manager`]), 'coordinator.everywhere', 'administrator', 'auditor'],
  structures: [...Object.keys(parts), 'nova'],
  needs: Object.keys(needs),
  communes: [home, home, elsewhere],
  decisions: [['nova', 'active'], ['nova', 'refused'], ['nova', 'closed'], ['beta', 'suspended'], ['beta', 'active']],
};

/** Of `referral` or `handover`. */
type Row = Record<'id' | 'status' | 'from_structure_id' | 'to_structure_id', string> & Record<'reason' | 'outcome' | 'kind' | 'to_counsellor_id', string | null> & { version: number };

export class Network {
  private constructor(
    readonly system: TestSystem,
    readonly people: ReadonlyMap<string, Person>,
    readonly structures: ReadonlyMap<string, string>,
  ) {}

  static async assemble(system: TestSystem): Promise<Network> {
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    const people = new Map<string, Person>();
    for (const [part, key] of Object.entries(parts)) {
      people.set(`${part}.counsellor`, await enter(`conseiller@${key}`));
      people.set(`${part}.manager`, await enter(`responsable@${key}`));
    }
    people.set('coordinator.everywhere', await enter('coordinateur@departement-sarthe'));
    people.set('administrator', await enter('administrateur@departement-sarthe'));
    people.set('auditor', await enter('auditeur@departement-sarthe'));
    // Stories last months; signing in again is another test's business.
    await system.database.query(`update access_token set expires_at = '2040-01-01'`);
    const structures = new Map(Object.keys(parts).map((part) => [part, people.get(`${part}.counsellor`)!.structureId]));
    const offer = { services: [], communes: covering, acceptsReferrals: false, capacity: 'full' };
    succeeded(await people.get('full.manager')!.try('PUT', `/v1/structures/${structures.get('full')!}/offer`, { body: offer }));
    return new Network(system, people, structures);
  }
}

export class StoreWorld {
  private constructor(private readonly network: Network, private readonly structures: Map<string, string>, readonly caseId: string) {}

  static async open(network: Network): Promise<{ world: StoreWorld; model: Model }> {
    network.system.clock.set(start);
    const declared = { name: `Essai ${randomUUID()}`, typology: 'ASSO', communes: covering, services: [] };
    const { id } = succeeded(await network.people.get('administrator')!.post('/v1/structures', declared)).body;
    const opened = await network.people.get('alpha.counsellor')!.do('/v1/cases', newCase());
    const structure = (communes: string[], takes = true) => ({ status: 'active', communes, takes });
    const model: Model = {
      now: start, status: 'open', version: 1, commune: home, lead: 'alpha', counsellor: 'alpha.counsellor', formers: {}, lastEntry: dayOf(start), objections: [], referrals: [], handovers: [],
      log: [{ type: 'CaseOpened', about: null, at: start }],
      structures: {
        alpha: structure(covering), beta: structure(covering), gamma: structure(covering), delta: structure(covering), far: structure([elsewhere]), full: structure(covering, false),
        nova: { status: 'declared', communes: covering, takes: true },
      },
      people: Object.fromEntries(storeCast.people.map((name) => {
        const [part = '', role] = name.split('.');
        const watcher = !Object.hasOwn(parts, part);
        return [name, { structure: watcher ? 'alpha' : part, role: (watcher ? part : role) as Model['people'][string]['role'], territory: null }];
      })),
    };
    return { world: new StoreWorld(network, new Map([...network.structures, ['nova', id]]), opened.id), model };
  }

  /** Null: done. */
  async do(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>): Promise<Reply | null> {
    const ifMatch = ifMatchOf(model, command);
    const [path, body] = await this.requestOf(model, command);
    const answer = await this.person(command.by).post(path, body, ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` });
    return answer.status < 300 ? null : answer.body;
  }

  async decide({ structure, status }: Extract<Command, { do: 'decide' }>): Promise<void> {
    await this.person('administrator').do(`/v1/structures/${this.structure(structure)}/decisions`, { status, decidedOn: dayOf(start) });
  }

  /** Everything taken back: the next story begins with the same network. */
  async leave(model: Model): Promise<void> {
    if (model.structures['beta']!.status === 'suspended') await this.decide({ do: 'decide', structure: 'beta', status: 'active' });
    // Whatever of it falls due must not disturb the next story.
    await this.network.system.database.query('delete from timer where stream_id = $1', [this.caseId]);
  }

  private async requestOf(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>): Promise<[path: string, body: object]> {
    const informed = (on: string) => ({ on, how: 'oral' });
    const today = dayOf(model.now);
    const effectiveAt = 'days' in command && command.do !== 'referral' && command.days !== null ? later(model.now, { days: command.days }) : undefined;
    const onCase = `/v1/cases/${this.caseId}`;
    switch (command.do) {
      case 'create': {
        const on = { yes: today, no: undefined, tomorrow: dayOf(later(model.now, { days: 1 })) }[command.informed];
        return [`${onCase}/referrals`, {
          toStructureId: this.structure(command.to), needs: needs[command.needs], urgency: 'normal', contact: 'phone', onwardAllowed: command.onward, send: command.send,
          ...(on ? { informed: informed(on) } : {}), ...(command.parent === null ? {} : { parentReferralId: await this.nth('referral', command.parent) }),
        }];
      }
      case 'referral': {
        const body = {
          send: command.informed ? { informed: informed(today) } : {}, acknowledge: {}, accept: command.contact === null ? {} : { contactUserId: this.person(command.contact).id },
          decline: { reason: 'other', ...(command.comment ? { comment: 'Autre raison.' } : {}) }, withdraw: { reason: 'changed_mind' },
          hold: { reason: 'waiting_list', until: dayOf(later(model.now, { days: command.days })) }, resume: {},
          complete: { outcome: command.outcome, ...(command.remaining ? { remainingNeeds: needs[model.referrals[command.n]?.needs ?? 'online'] } : {}) },
          return: { reason: 'out_of_scope' }, 'request-cancellation': { reason: 'Aidé ailleurs.' }, 'agree-cancellation': {}, cancel: { reason: 'Décision.' }, void: { reason: 'Erreur.' },
        }[command.action];
        return [`/v1/referrals/${await this.nth('referral', command.n)}/${command.action}`, body];
      }
      case 'session': return [`${onCase}/sessions`, {
        date: today, minutes: 60, place: 'autre', themes: ['email'], equipment: [], ...(command.n === null ? {} : { referralId: await this.nth('referral', command.n) }),
      }];
      case 'object': return [`${onCase}/objections`, { against: command.against === 'all' ? 'all' : this.structure(command.against), ...informed(today) }];
      case 'end-objection': return [`${onCase}/objections/${(await this.state()).objections[command.n]?.id ?? randomUUID()}/end`, {}];
      case 'close': return [`${onCase}/close`, { reason: command.reason, cancelReferrals: command.cancelReferrals }];
      case 'reopen': return [`${onCase}/reopen`, { reason: 'De retour.' }];
      case 'move': return [`${onCase}/corrections`, { resident: { commune: command.commune } }];
      case 'assign': return [`${onCase}/assignments`, { counsellorId: this.person(command.counsellor).id }];
      case 'open-handover': return [`${onCase}/handovers`, {
        kind: command.kind, toStructureId: command.to === null ? undefined : this.structure(command.to), toCounsellorId: command.counsellor === null ? undefined : this.person(command.counsellor).id,
        effectiveAt, ...(command.said ? { note: 'Note de passation.', reason: 'Départ.' } : {}),
      }];
      case 'handover': return [`/v1/handovers/${await this.nth('handover', command.n)}/${command.action}`, {
        accept: { effectiveAt, counsellorId: command.counsellor === null ? undefined : this.person(command.counsellor).id }, decline: { reason: 'Autre choix.' }, withdraw: {}, cancel: { reason: 'Autre choix.' },
      }[command.action]];
    }
  }

  async observed(): Promise<Observed> {
    const state = await this.state();
    const structure = new Map([...this.structures].map(([name, id]) => [id, name]));
    const person = new Map([...this.network.people].map(([name, { id }]) => [id, name]));
    const [referrals, handovers, timers] = [await this.rows('referral'), await this.rows('handover'), await this.query<{ name: string; due_at: Date }>('select name, due_at from timer where stream_id = $1')];
    const name = new Map(referrals.map(({ id }, n) => [`referral ${id}`, `referral ${n}`]));
    const named = (id: string | null | undefined) => (id ? structure.get(id)! : null);
    return {
      case: { status: state.status as 'open' | 'closed', version: state.version, lead: named(state.lead?.structureId), counsellor: state.lead?.counsellorId ? person.get(state.lead.counsellorId)! : null },
      participations: Object.fromEntries([...this.structures].map(([part, id]) => [part, participationOf(state, id)])),
      referrals: referrals.map(({ status, version, from_structure_id, to_structure_id, reason, outcome }) =>
        ({ status, version, from: named(from_structure_id), to: named(to_structure_id), reason, outcome }) as Observed['referrals'][number]),
      handovers: handovers.map(({ kind, status, version, from_structure_id, to_structure_id, to_counsellor_id }) =>
        ({ kind, status, version, from: named(from_structure_id), to: named(to_structure_id), counsellor: to_counsellor_id ? person.get(to_counsellor_id)! : null }) as Observed['handovers'][number]),
      timers: sortedByName(Object.fromEntries(timers.map(({ name: timer, due_at }) => [name.get(timer) ?? timer, due_at.toISOString()]))),
    };
  }

  /** Types of all events and what they are about, sorted as the model's log is. */
  async log(): Promise<string[]> {
    const names = new Map([...(await this.rows('referral')).map(({ id }, n) => [id, `referral ${n}`] as const), ...(await this.rows('handover')).map(({ id }, n) => [id, `handover ${n}`] as const)]);
    const events = await this.query<{ type: string; about: string | null }>('select type, about from event where stream_id = $1');
    return events.map(({ type, about }) => `${type} ${names.get(about ?? '') ?? ''}`).sort();
  }

  async verify(): Promise<void> {
    const { system, people } = this.network;
    const answer = await request(system.baseUrl, 'GET', `/v1/audit/cases/${this.caseId}/verification`, { headers: { authorization: people.get('auditor')!.authorization } });
    expect(answer.body).toMatchObject({ chain: 'ok', continuity: 'ok', gaps: [] });
  }

  private person(name: string): Person {
    return this.network.people.get(name)!;
  }

  private structure(name: string): string {
    return this.structures.get(name)!;
  }

  private async state(): Promise<CaseState> {
    const [row] = await this.query<{ state: { case: CaseState } }>('select state from stream where id = $1');
    return row!.state.case;
  }

  private rows(table: 'referral' | 'handover'): Promise<Row[]> {
    return this.query(`select * from ${table} where case_id = $1 order by ${table === 'referral' ? 'seq' : 'created_seq'}`);
  }

  private async nth(table: 'referral' | 'handover', n: number): Promise<string> {
    return (await this.rows(table))[n]?.id ?? randomUUID();
  }

  private query<R extends object>(sql: string): Promise<R[]> {
    return this.network.system.database.query(sql, [this.caseId]);
  }
}

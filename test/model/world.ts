/**
 * The product's pure layer without a database: the real slices and deciders, and as much of the record store as a single record in
 * memory needs (what is due, the decision, reactions to a fixpoint, read rows upserted). Ids are words of the model.
 */
import { localDateOf, mayAsk, Problem, system, type Actor, type Change, type Context, type Decided, type Fact, type Permission, type RecordEvent } from '@fil-rouge/kernel';
import { casesSlices, participationOf } from '@fil-rouge/cases';
import { Slices, type State } from '@fil-rouge/platform';
import { referralsSlices, type HandoverRecord, type ReferralRecord } from '@fil-rouge/referrals';
import * as cases from '../../libs/cases/src/case.decider';
import { endObjection, object } from '../../libs/cases/src/objection.decider';
import { recordSession } from '../../libs/cases/src/session.decider';
import * as handovers from '../../libs/referrals/src/handover.decider';
import * as referrals from '../../libs/referrals/src/referral.decider';
import { mayCloseWith } from '../../libs/referrals/src/referral.policy';
import { initialStructure } from '../../libs/users/src/structure';
import type { Command } from './commands';
import { later } from './days';
import { sortedByName, type Entry, type Model, type Observed } from './model';
import { needs } from './network';
import { ifMatchOf } from './sequence';

export interface Reply { code: string; status?: string; actions?: readonly string[] }
type Row = Record<string, unknown>;
type Record_ = ReferralRecord & HandoverRecord;

const slices = new Slices();
for (const slice of [...casesSlices, ...referralsSlices]) slices.register(slice);

/** A word that only the resident's sealed pieces may hold. */
export const secret = 'Zéphyrine';
const resident = (commune: string) => ({ firstName: secret, lastName: `${secret}-Nom`, birthYear: 1950, commune });

/** The permission each route asks for; the guard looks at it before the record. */
const answers = ['acknowledge', 'accept', 'decline', 'hold', 'resume', 'complete', 'return', 'agree-cancellation'];
function permissionOf(command: Command): Permission {
  switch (command.do) {
    case 'create': return 'referral.create';
    case 'referral': return answers.includes(command.action) ? 'referral.answer' : command.action === 'withdraw' ? 'referral.withdraw' : ['cancel', 'void'].includes(command.action) ? 'referral.cancel' : 'referral.create';
    case 'open-handover': return 'handover.create';
    case 'handover': return 'handover.answer';
    default: return 'case.write';
  }
}

export class World {
  readonly id = 'case';
  state: State = slices.initial('case');
  readonly events: RecordEvent[] = [];
  /** Read tables by the function that writes them, then by key. */
  readonly tables = new Map<string, Map<string, Row>>();
  private ids = 0;
  private profile = { commune: '' };

  constructor(private readonly model: Model) {
    this.profile.commune = model.commune;
    const input = { caseId: this.id, resident: resident(model.commune), themes: ['email'], informed: { on: '2026-11-20', how: 'oral' } };
    this.commit(model, 'alpha.counsellor', (record, context) => cases.open(record.case, input, context));
  }

  get record(): Record_ {
    return this.state as Record_;
  }

  /** Null: done. */
  do(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>): Reply | null {
    const person = model.people[command.by]!;
    if (['refused', 'closed'].includes(model.structures[person.structure]!.status)) return { code: 'unauthenticated' };
    if (!mayAsk(person.role, permissionOf(command))) return { code: 'forbidden' };
    const row = command.do === 'referral' ? this.nth('put_referral', command.n) : command.do === 'handover' ? this.nth('put_handover', command.n) : undefined;
    if (!row && (command.do === 'referral' || command.do === 'handover')) return { code: 'not-found' };
    try {
      this.commit(model, command.by, (record, context) => this.decide(model, command, record, context), row && { [command.do]: row });
      return null;
    } catch (error) {
      if (error instanceof Problem) return { code: error.code, status: error.members.status, actions: error.members.actions };
      throw error;
    }
  }

  ring(model: Model): void {
    if ([...slices.timers('case', this.state).values()].some((due) => due <= model.now)) this.commit(model, null, () => []);
  }

  /** What `decided-structures` and `held-referrals` do in the worker. */
  decided(model: Model, structure: string): void {
    const { status } = model.structures[structure]!;
    const gone = status === 'closed' || status === 'refused';
    const concerned = this.record.referrals.open.some((one) => (one.status === 'held' && one.from === structure) || (one.to === structure && (one.status === 'held' || status === 'closed')))
      || (gone && this.record.handover.open?.to === structure);
    if (!concerned) return;
    this.commit(model, null, (record, context) =>
      [...referrals.structureDecided(record, { structureId: structure }, context), ...handovers.structureDecided(record, { structureId: structure }, context)]);
  }

  private decide(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>, record: Record_, context: Context): Decided[] {
    const { today } = context;
    const ifMatch = ifMatchOf(model, command);
    switch (command.do) {
      case 'create': {
        const on = { yes: today, no: undefined, tomorrow: localDateOf(later(context.now, { days: 1 })) }[command.informed];
        const parentReferralId = command.parent === null ? undefined : this.referralId(command.parent);
        return referrals.create(record, {
          caseId: this.id, toStructureId: command.to, needs: needs[command.needs]!, urgency: 'normal', contact: 'phone', message: secret,
          informed: on ? { on, how: 'oral' } : undefined, onwardAllowed: command.onward, parentReferralId, send: command.send,
        }, context);
      }
      case 'referral': return this.onReferral(command, { referralId: this.referralId(command.n), ifMatch }, record, context);
      case 'session': return recordSession(record.case, {
        sessionId: context.newId(), fields: { date: today, minutes: 60, place: 'autre', themes: ['email'], equipment: [] },
        referralId: command.n === null ? undefined : this.referralId(command.n),
      }, context);
      case 'object': return object(record.case, { against: command.against, on: today, how: 'oral' }, context);
      case 'end-objection': return endObjection(record.case, { objectionId: record.case.objections[command.n]?.id ?? 'unknown' }, context);
      case 'close': {
        const events = cases.close(record.case, command, context);
        if (!mayCloseWith(record.referrals.open.length, command.reason, command.cancelReferrals)) throw new Problem('open-referrals', 'As the rule of the module says.');
        return events;
      }
      case 'reopen': return cases.reopen(record.case, { reason: 'De retour.' }, context);
      case 'move': return cases.correct(record.case, { resident: { commune: command.commune } }, context);
      case 'assign': return cases.assign(record.case, { counsellorId: command.counsellor }, context);
      case 'open-handover': {
        const open = { push: handovers.propose, pull: handovers.request, internal: handovers.reassignInside, administrative: handovers.reassignByDecision }[command.kind];
        const text = command.said ? { note: 'Note de passation.', reason: 'Départ.' } : {};
        const effectiveAt = command.days === null ? undefined : later(context.now, { days: command.days });
        return open(record, { handoverId: context.newId(), toStructureId: command.to ?? undefined, toCounsellorId: command.counsellor ?? undefined, effectiveAt, ...text }, context);
      }
      case 'handover': {
        const answer = { accept: handovers.accept, decline: handovers.decline, withdraw: handovers.withdraw, cancel: handovers.cancel }[command.action];
        const effectiveAt = command.days === null ? undefined : later(context.now, { days: command.days });
        const handoverId = this.nth('put_handover', command.n)!['id'] as string;
        return answer(record, { handoverId, ifMatch, effectiveAt, counsellorId: command.counsellor ?? undefined, reason: 'Autre choix.' }, context);
      }
    }
  }

  private onReferral(command: Extract<Command, { do: 'referral' }>, on: { referralId: string; ifMatch?: number }, record: Record_, context: Context): Decided[] {
    const { outcome, remaining, contact, comment, days } = command;
    switch (command.action) {
      case 'send': return referrals.send(record, { ...on, informed: command.informed ? { on: context.today, how: 'oral' } : undefined }, context);
      case 'acknowledge': return referrals.acknowledge(record, on, context);
      case 'accept': return referrals.accept(record, { ...on, contactUserId: contact ?? undefined }, context);
      case 'decline': return referrals.decline(record, { ...on, reason: 'other', comment: comment ? secret : undefined }, context);
      case 'withdraw': return referrals.withdraw(record, { ...on, reason: 'changed_mind' }, context);
      case 'hold': return referrals.hold(record, { ...on, reason: 'waiting_list', until: localDateOf(later(context.now, { days })) }, context);
      case 'resume': return referrals.resume(record, on, context);
      case 'complete': return referrals.complete(record, { ...on, outcome, remainingNeeds: remaining ? this.needsOf(command.n) : [] }, context);
      case 'return': return referrals.giveBack(record, { ...on, reason: 'out_of_scope' }, context);
      case 'request-cancellation': return referrals.requestCancellation(record, { ...on, reason: secret }, context);
      case 'agree-cancellation': return referrals.agreeCancellation(record, on, context);
      case 'cancel': return referrals.cancel(record, { ...on, reason: secret }, context);
      case 'void': return referrals.voidReferral(record, { ...on, reason: secret }, context);
    }
  }

  /** As `Records`: what is due, then the decision, then what follows; all of it or, when it throws, nothing. */
  private commit(model: Model, by: string | null, decide: (record: Record_, context: Context) => Decided[], rows: Record<string, Row> = {}): void {
    const person = by === null ? null : model.people[by]!;
    const actor: Actor = person ? { userId: by, structureId: person.structure, role: person.role, territory: person.territory } : system;
    const changes: Change[] = [];
    const context: Context = {
      now: model.now, today: localDateOf(model.now), actor, seq: this.events.length, newId: () => `id-${++this.ids}`,
      fact: (id) => factOf(model, id), row: <R>(name: string) => rows[name] as R | undefined, piece: (kind) => this.pieceOf(kind),
    };
    const start = { state: this.state, events: this.events.length };
    try {
      if (start.events > 0) this.apply(slices.due('case', this.state, { ...context, actor: system }), { ...context, actor: system }, changes);
      this.apply(decide(this.record, context), context, changes);
    } catch (error) {
      this.state = start.state;
      this.events.length = start.events;
      throw error;
    }
    for (const { call, rows: images } of changes) for (const image of images) this.put(call, image as Row);
    this.profile.commune = this.record.case.commune;
  }

  private apply(decided: readonly Decided[], context: Context, changes: Change[]): void {
    const pending = [...decided];
    for (let next = pending.shift(); next; next = pending.shift()) {
      const event: RecordEvent = {
        id: context.newId(), stream: this.id, seq: this.events.length + 1, type: next.type, schema: slices.schemaOf('case', next.type), at: context.now, recordedAt: context.now,
        actor: next.byItself ? null : context.actor.userId, structure: next.byItself || !['counsellor', 'manager'].includes(context.actor.role) ? null : context.actor.structureId, data: JSON.parse(JSON.stringify(next.data)) as RecordEvent['data'],
        pieces: next.pieces ?? [], about: next.about ?? null, audience: next.audience ?? 'record',
      };
      if (JSON.stringify(event.data).includes(secret)) throw new Error(`${event.type} carries in clear what is personal.`);
      const before = this.state;
      this.state = slices.evolve('case', before, event);
      this.events.push(event);
      changes.push(...slices.project('case', before, this.state, event));
      pending.push(...slices.react('case', this.state, event, context));
    }
  }

  /** 6. What is the resident's stands in sealed pieces alone, so that there is nothing to erase elsewhere. */
  private put(call: string, image: Row): void {
    if (JSON.stringify(image).includes(secret) && call !== 'put_search_token') throw new Error(`${call} writes what is personal in clear.`);
    const table = this.tables.get(call) ?? new Map<string, Row>();
    this.tables.set(call, table.set((image['$key'] ?? image['id']) as string, image));
    const voided = call === 'put_referral_void' ? this.tables.get('put_referral')?.get(image['id'] as string) : undefined;
    if (voided) Object.assign(voided, { status: 'entered_in_error', version: (voided['version'] as number) + 1 });
  }

  rows(call: string): Row[] {
    return [...(this.tables.get(call)?.values() ?? [])];
  }

  private nth(call: string, n: number): Row | undefined {
    return this.rows(call)[n];
  }

  private referralId(n: number): string {
    return (this.rows('put_referral')[n]?.['id'] as string | undefined) ?? 'unknown';
  }

  private needsOf(n: number): string[] {
    return this.rows('put_referral')[n]?.['needs'] as string[];
  }

  private pieceOf(kind: string) {
    const { firstName, lastName, birthYear } = resident(this.profile.commune);
    return { first_name: { firstName }, identity: { lastName }, profile: { birthYear, commune: this.profile.commune } }[kind];
  }

  /** The state from the log alone. */
  folded(): State {
    return this.events.reduce((state, event) => slices.evolve('case', state, event), slices.initial('case'));
  }

  observed(): Observed {
    const { case: state } = this.record;
    const structures = Object.keys(this.model.structures);
    const name = new Map([...this.rows('put_referral').map(({ id }, n) => [id, `referral ${n}`] as const)]);
    return {
      case: { status: state.status as 'open' | 'closed', version: state.version, lead: state.lead?.structureId ?? null, counsellor: state.lead?.counsellorId ?? null },
      participations: Object.fromEntries(structures.map((structure) => [structure, participationOf(state, structure)])),
      referrals: this.rows('put_referral').map(({ status, version, from_structure_id, to_structure_id, reason, outcome }) =>
        ({ status, version, from: from_structure_id, to: to_structure_id, reason, outcome }) as Observed['referrals'][number]),
      handovers: this.rows('put_handover').map(({ kind, status, version, from_structure_id, to_structure_id, to_counsellor_id }) =>
        ({ kind, status, version, from: from_structure_id, to: to_structure_id, counsellor: to_counsellor_id }) as Observed['handovers'][number]),
      timers: sortedByName(Object.fromEntries([...slices.timers('case', this.state)].map(([timer, due]) => [timer.startsWith('referral ') ? name.get(timer.slice(9))! : timer, due]))),
    };
  }

  /** The log in the model's words, from that position on. */
  log(from: number): Entry[] {
    const names = new Map<unknown, string>([
      ...this.rows('put_referral').map(({ id }, n) => [id, `referral ${n}`] as const), ...this.rows('put_handover').map(({ id }, n) => [id, `handover ${n}`] as const),
    ]);
    return this.events.slice(from).map(({ type, about, at }) => ({ type, about: names.get(about) ?? null, at }));
  }
}

function factOf(model: Model, id: string | null | undefined): Fact | undefined {
  if (!id) return undefined;
  const structure = model.structures[id];
  if (structure) {
    const { status, communes, takes } = structure;
    return { id, kind: 'structure', version: 1, state: { structure: { ...initialStructure, status, communes, acceptsReferrals: takes } } };
  }
  const person = model.people[id];
  const employments = person && [{ id: `${id}.job`, structureId: person.structure, role: person.role, from: '2020-01-01', until: null, ended: false, placedAt: null, territory: person.territory }];
  return person && { id, kind: 'person', version: 1, state: { person: { status: 'known', version: 1, employments } } };
}

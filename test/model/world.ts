/**
 * The product's pure layer without a database: the real slices and deciders, and as much of the record store as a few records in memory need
 * (what is due, the decision, reactions to a fixpoint, read rows upserted, several records in one commit). Ids are words of the model.
 */
import { localDateOf, mayAsk, notFound, Problem, system, type Actor, type Change, type Context, type Decided, type Fact, type RecordEvent } from '@fil-rouge/kernel';
import { casesSlices, participationOf } from '@fil-rouge/cases';
import { Slices, type State } from '@fil-rouge/platform';
import { referralsSlices } from '@fil-rouge/referrals';
import * as cases from '../../libs/cases/src/case.decider';
import { eraseWhole } from '../../libs/cases/src/erasure.decider';
import { merge } from '../../libs/cases/src/merge.decider';
import * as handovers from '../../libs/referrals/src/handover.decider';
import * as referrals from '../../libs/referrals/src/referral.decider';
import { OpenReferralsGoOn } from '../../libs/referrals/src/referrals.on-case';
import { initialStructure } from '../../libs/users/src/structure';
import { decideOn, permissionOf, type Ids, type Record_ } from './asked';
import type { Asked } from './commands';
import type { Entry, Model } from './model';
import { sortedByName, type Observed } from './observed';
import { ifMatchOf } from './sequence';
import { secret, Tables, type Row } from './tables';

export interface Reply { code: string; status?: string; actions?: readonly string[] }
/** What the records of one story have in common. */
export interface Store { readonly tables: Tables; ids: number }
export const emptyStore = (): Store => ({ tables: new Tables(), ids: 0 });

const slices = new Slices();
for (const slice of [...casesSlices, ...referralsSlices]) slices.register(slice);

const resident = (commune: string) => ({ firstName: secret, lastName: `${secret}-Nom`, birthYear: 1950, commune });
const nameOf = (id: number): string => `case ${id}`;

interface Side { work: World; record: Record_; context: Context }
interface Deciding { model: Model; by: string | null; rows?: Record<string, Row | undefined> }

export class World {
  readonly id: string;
  state: State = slices.initial('case');
  events: RecordEvent[] = [];
  private profile = { commune: '' };

  constructor(private readonly model: Model, private readonly store: Store) {
    this.id = nameOf(model.id);
    this.profile.commune = model.commune;
    const input = { caseId: this.id, resident: resident(model.commune), themes: ['email'], informed: { on: '2026-11-20', how: 'oral' } };
    commit([this], { model, by: model.counsellor }, ([one]) => [cases.open(one!.record.case, input, one!.context)]);
  }

  get record(): Record_ {
    return this.state as Record_;
  }

  get tables(): Tables {
    return this.store.tables;
  }

  /** On the first of the records; null: done. */
  static do(works: readonly World[], model: Model, command: Asked): Reply | null {
    const person = model.people[command.by]!;
    if (['refused', 'closed'].includes(model.structures[person.structure]!.status)) return { code: 'unauthenticated' };
    if (!mayAsk(person.role, permissionOf(command))) return { code: 'forbidden' };
    try {
      works[0]!.decide(works, model, command);
      return null;
    } catch (error) {
      if (error instanceof Problem) return { code: error.code, status: error.members.status, actions: error.members.actions };
      throw error;
    }
  }

  private decide(works: readonly World[], model: Model, command: Asked): void {
    // With its key gone there is no record any more to be decided on.
    if (works.some(({ record }) => record.case.status === 'erased')) throw notFound();
    const ifMatch = ifMatchOf(model, command);
    const { by } = command;
    if (command.do === 'erase') return commit(works, { model, by }, (sides) => eraseWhole(sides.map(({ record, context }) => ({ state: record, context })), { reason: 'request_of_resident', ifMatch }));
    if (command.do === 'merge') {
      const input = { loserId: this.id, survivorId: nameOf(command.into), reason: secret, ifMatch };
      const [loser, survivor] = [0, 1] as const;
      return commit(works, { model, by }, (sides) => {
        const both = sides.map(({ record, context }) => ({ state: record, context }));
        return merge(both[loser]!, both[survivor], input, new OpenReferralsGoOn());
      });
    }
    const row = command.do === 'referral' ? this.tables.find('put_referral', command.n) : command.do === 'handover' ? this.tables.find('put_handover', command.n) : undefined;
    if (!row && (command.do === 'referral' || command.do === 'handover')) throw notFound();
    const ids: Ids = {
      caseId: this.id, ifMatch, referral: (n) => (this.tables.find('put_referral', n)?.['id'] as string | undefined) ?? 'unknown',
      handover: (n) => (this.tables.find('put_handover', n)?.['id'] as string | undefined) ?? 'unknown', needsOf: (n) => this.tables.find('put_referral', n)?.['needs'] as string[],
    };
    commit(works, { model, by, rows: { [command.do]: row } }, ([one]) => [decideOn(command, ids, one!.record, one!.context)]);
  }

  ring(model: Model): void {
    if ([...slices.timers('case', this.state).values()].some((due) => due <= model.now)) commit([this], { model, by: null }, () => [[]]);
  }

  /** What `decided-structures` and `held-referrals` do in the worker. */
  decided(model: Model, structure: string): void {
    const { status } = model.structures[structure]!;
    const gone = status === 'closed' || status === 'refused';
    const concerned = this.record.referrals.open.some((one) => (one.status === 'held' && one.from === structure) || (one.to === structure && (one.status === 'held' || status === 'closed')))
      || (gone && this.record.handover.open?.to === structure);
    if (!concerned) return;
    commit([this], { model, by: null }, ([one]) => [[...referrals.structureDecided(one!.record, { structureId: structure }, one!.context), ...handovers.structureDecided(one!.record, { structureId: structure }, one!.context)]]);
  }

  context(model: Model, actor: Actor, rows: Record<string, Row | undefined> = {}): Context {
    const seq = this.events.length;
    return {
      now: model.now, today: localDateOf(model.now), actor, seq, hash: this.hashAt(seq), newId: () => `id-${++this.store.ids}`,
      fact: (id) => factOf(model, id), row: <R>(name: string) => rows[name] as R | undefined, piece: (kind) => this.pieceOf(kind),
    };
  }

  /** In the place of a hash: which event of which record. */
  hashAt(seq: number): string {
    return `${this.id} at ${seq}`;
  }

  due(context: Context): Decided[] {
    return this.events.length === 0 ? [] : slices.due('case', this.state, context);
  }

  apply(decided: readonly Decided[], context: Context, changes: Change[]): void {
    const pending = [...decided];
    for (let next = pending.shift(); next; next = pending.shift()) {
      const { actor } = context;
      const event: RecordEvent = {
        id: context.newId(), stream: this.id, seq: this.events.length + 1, type: next.type, schema: slices.schemaOf('case', next.type), at: context.now, recordedAt: context.now,
        actor: next.byItself ? null : actor.userId, structure: next.byItself || !['counsellor', 'manager'].includes(actor.role) ? null : actor.structureId, data: JSON.parse(JSON.stringify(next.data)) as RecordEvent['data'],
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

  /** The pieces of an erased record are deleted with its key; the numbered skeleton stays. */
  written(changes: readonly Change[]): void {
    this.tables.write(changes, this.model.id);
    if (this.record.case.status === 'erased') this.events = this.events.map((event) => ({ ...event, pieces: [] }));
    this.profile.commune = this.record.case.commune;
  }

  rows(call: string): Row[] {
    return this.tables.rowsOf(call, this.id);
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
    const timers = [...slices.timers('case', this.state)].map(([timer, due]) => [timer.startsWith('referral ') ? this.tables.nameOf(timer.slice(9))! : timer, due]);
    return {
      case: { status: state.status as Observed['case']['status'], version: state.version, lead: state.lead?.structureId ?? null, counsellor: state.lead?.counsellorId ?? null },
      participations: Object.fromEntries(Object.keys(this.model.structures).map((structure) => [structure, participationOf(state, structure)])),
      referrals: this.rows('put_referral').map(({ status, version, from_structure_id, to_structure_id, reason, outcome }) =>
        ({ status, version, from: from_structure_id, to: to_structure_id, reason, outcome }) as Observed['referrals'][number]),
      handovers: this.rows('put_handover').map(({ kind, status, version, from_structure_id, to_structure_id, to_counsellor_id }) =>
        ({ kind, status, version, from: from_structure_id, to: to_structure_id, counsellor: to_counsellor_id }) as Observed['handovers'][number]),
      timers: sortedByName(Object.fromEntries(timers) as Record<string, string>),
    };
  }

  /** The log in the model's words, from that position on. */
  log(from: number): Entry[] {
    return this.events.slice(from).map(({ type, about, at }) => ({ type, about: this.tables.nameOf(about), at }));
  }
}

/** As `Records`: what is due, then the decision, then what follows; on all of the records or, when it throws, on none. */
function commit(works: readonly World[], { model, by, rows }: Deciding, decide: (sides: readonly Side[]) => Decided[][]): void {
  const person = by === null ? null : model.people[by]!;
  const actor: Actor = person ? { userId: by, structureId: person.structure, role: person.role, territory: person.territory } : system;
  const before = works.map(({ state, events }) => ({ state, events }));
  try {
    const contexts = works.map((work) => work.context(model, actor, rows));
    const changes = works.map((): Change[] => []);
    works.forEach((work, index) => {
      work.events = [...work.events];
      const context = { ...contexts[index]!, actor: system };
      work.apply(work.due(context), context, changes[index]!);
    });
    const decided = decide(works.map((work, index) => ({ work, record: work.record, context: contexts[index]! })));
    works.forEach((work, index) => work.apply(decided[index]!, contexts[index]!, changes[index]!));
    works.forEach((work, index) => work.written(changes[index]!));
  } catch (error) {
    works.forEach((work, index) => Object.assign(work, before[index]));
    throw error;
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

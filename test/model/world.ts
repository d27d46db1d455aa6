/**
 * The product's pure layer without a database: the real slices and deciders, the record store's own deliberation over them, and what a few records in
 * memory need beside it (read rows upserted, several records in one commit). Ids are words of the model.
 */
import {
  localDateOf,
  mayAsk,
  notFound,
  Problem,
  system,
  type Actor,
  type Context,
  type Decided,
  type RecordEvent,
} from '@fil-rouge/kernel';
import { casesLibrary, participationOf } from '@fil-rouge/cases';
import { Slices, type State } from '@fil-rouge/platform';
import { referralsLibrary } from '@fil-rouge/referrals';
import { deliberate, type Course } from '../../libs/platform/src/records/deliberation';
import * as cases from '../../libs/cases/src/case/case.decider';
import { eraseWhole } from '../../libs/cases/src/case/erasure.decider';
import { merge } from '../../libs/cases/src/merge/merge.decider';
import { structureDecided as handoverFollows } from '../../libs/referrals/src/handover/handover.consequences.decider';
import { structureDecided as referralsFollow } from '../../libs/referrals/src/referral/referral.consequences.decider';
import { decideOn, permissionOf, type Ids, type Record_ } from './asked';
import type { Asked } from './commands';
import type { Entry, Model } from './model';
import { handoverSeen, referralSeen, sortedByName, type Observed, type SeenRow } from './observed';
import { ifMatchOf } from './sequence';
import { secret, Tables, type Row } from './tables';
import { factOf } from './facts';

export interface Reply {
  code: string;
  status?: string;
  actions?: readonly string[];
}
/** What the records of one story have in common. */
export interface Store {
  readonly tables: Tables;
  readonly pieces: Map<string, RecordEvent['pieces']>;
  ids: number;
}
export const emptyStore = (): Store => ({ tables: new Tables(), pieces: new Map(), ids: 0 });

const slices = new Slices();
for (const slice of [...casesLibrary.slices!, ...referralsLibrary.slices!]) slices.register(slice);

const resident = (commune: string) => ({ firstName: secret, lastName: `${secret}-Nom`, birthYear: 1950, commune });
const nameOf = (id: number): string => `case ${id}`;
/** Structures and people have the model's own words for ids. */
const itself = (id: string | null): string | null => id;

interface Side {
  record: Record_;
  context: Context;
}
interface Deciding {
  model: Model;
  by: string | null;
  rows?: Record<string, Row | undefined>;
}

export class World {
  readonly id: string;
  state: State = slices.initial('case');
  events: RecordEvent[] = [];
  private profile = { commune: '' };

  constructor(
    private readonly model: Model,
    private readonly store: Store,
  ) {
    this.id = nameOf(model.id);
    this.profile.commune = model.commune;
    const input = {
      caseId: this.id,
      resident: resident(model.commune),
      themes: ['email'],
      informed: { on: '2026-11-20', how: 'oral' },
    };
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
      if (error instanceof Problem)
        return { code: error.code, status: error.members.status, actions: error.members.actions };
      throw error;
    }
  }

  private decide(works: readonly World[], model: Model, command: Asked): void {
    // With its key gone there is no record any more to be decided on.
    if (works.some(({ record }) => record.case.status === 'erased')) throw notFound();
    const ifMatch = ifMatchOf(model, command);
    const { by } = command;
    if (command.do === 'erase')
      return commit(works, { model, by }, (sides) =>
        eraseWhole(
          sides.map(({ record, context }) => ({ state: record, context })),
          { reason: 'request_of_resident', ifMatch },
        ),
      );
    if (command.do === 'merge') {
      const input = { loserId: this.id, survivorId: nameOf(command.into), reason: secret, ifMatch };
      const [loser, survivor] = [0, 1] as const;
      return commit(works, { model, by }, (sides) => {
        const both = sides.map(({ record, context }) => ({ state: record, context }));
        return merge(both[loser]!, both[survivor], input, slices.merging('case'));
      });
    }
    const row =
      command.do === 'referral'
        ? this.tables.find('put_referral', command.n)
        : command.do === 'handover'
          ? this.tables.find('put_handover', command.n)
          : undefined;
    if (!row && (command.do === 'referral' || command.do === 'handover')) throw notFound();
    const session = command.do === 'cancel-session' ? this.rows('put_session_entry')[command.n] : undefined;
    const cancelled = this.rows('put_session_error').some(({ id }) => id === session?.['id']);
    const ids: Ids = {
      caseId: this.id,
      ifMatch,
      referral: (n) => (this.tables.find('put_referral', n)?.['id'] as string | undefined) ?? 'unknown',
      handover: (n) => (this.tables.find('put_handover', n)?.['id'] as string | undefined) ?? 'unknown',
      needsOf: (n) => this.tables.find('put_referral', n)?.['needs'] as string[],
    };
    commit(
      [this],
      {
        model,
        by,
        rows: {
          [command.do]: row,
          session: session && { ...session, ...(cancelled ? { status: 'entered_in_error' } : {}) },
        },
      },
      ([one]) => [decideOn(command, ids, one!.record, one!.context)],
    );
  }

  ring(model: Model): void {
    if ([...slices.timers('case', this.state).values()].some((due) => due <= model.now))
      commit([this], { model, by: null }, () => [[]]);
  }

  /** What `decided-structures` and `held-referrals` do in the worker. */
  decided(model: Model, structure: string): void {
    const { status } = model.structures[structure]!;
    const gone = status === 'closed' || status === 'refused';
    const concerned =
      this.record.referrals.open.some(
        (one) =>
          (one.status === 'held' && one.from === structure) ||
          (one.to === structure && (one.status === 'held' || status === 'closed')),
      ) ||
      (gone && this.record.handover.open?.to === structure);
    if (!concerned) return;
    commit([this], { model, by: null }, ([one]) => [
      [
        ...referralsFollow(one!.record, { structureId: structure }, one!.context),
        ...handoverFollows(one!.record, { structureId: structure }, one!.context),
      ],
    ]);
  }

  context(model: Model, actor: Actor, rows: Record<string, Row | undefined> = {}): Context {
    const seq = this.events.length;
    return {
      now: model.now,
      today: localDateOf(model.now),
      actor,
      seq,
      hash: this.hashAt(seq),
      newId: () => this.newId(),
      fact: (id) => factOf(model, id),
      row: <R>(name: string) => rows[name] as R | undefined,
      piece: (kind, event) =>
        event ? this.store.pieces.get(event)?.find((one) => one.kind === kind)?.value : this.pieceOf(kind),
    };
  }

  newId(): string {
    return `id-${++this.store.ids}`;
  }

  course(): Course {
    return { kind: 'case', id: this.id, expect: this.events.length, state: this.state, events: [], changes: [] };
  }

  /** In the place of a hash: which event of which record. */
  hashAt(seq: number): string {
    return `${this.id} at ${seq}`;
  }

  /** The pieces of an erased record are deleted with its key; the numbered skeleton stays. */
  written({ state, events, changes }: Course): void {
    for (const event of events) {
      if (JSON.stringify(event.data).includes(secret))
        throw new Error(`${event.type} carries in clear what is personal.`);
      this.store.pieces.set(event.id, event.pieces);
    }
    this.state = state;
    this.events = [...this.events, ...events];
    this.tables.write(changes, this.model.id);
    if (this.record.case.status === 'erased') this.events = this.events.map((event) => ({ ...event, pieces: [] }));
    this.profile.commune = this.record.case.commune;
  }

  rows(call: string): Row[] {
    return this.tables.rowsOf(call, this.id);
  }

  private pieceOf(kind: string) {
    const { firstName, lastName, birthYear } = resident(this.profile.commune);
    return { first_name: { firstName }, identity: { lastName }, profile: { birthYear, commune: this.profile.commune } }[
      kind
    ];
  }

  /** The state from the log alone. */
  folded(): State {
    return this.events.reduce((state, event) => slices.evolve('case', state, event), slices.initial('case'));
  }

  observed(): Observed {
    const { case: state } = this.record;
    const timers = [...slices.timers('case', this.state)].map(([timer, due]) => [
      timer.startsWith('referral ') ? this.tables.nameOf(timer.slice(9))! : timer,
      due,
    ]);
    return {
      case: {
        status: state.status as Observed['case']['status'],
        version: state.version,
        lead: state.lead?.structureId ?? null,
        counsellor: state.lead?.counsellorId ?? null,
      },
      participations: Object.fromEntries(
        Object.keys(this.model.structures).map((structure) => [structure, participationOf(state, structure)]),
      ),
      referrals: this.rows('put_referral').map((row) => referralSeen(row as SeenRow, itself)),
      handovers: this.rows('put_handover').map((row) => handoverSeen(row as SeenRow, itself)),
      timers: sortedByName(Object.fromEntries(timers) as Record<string, string>),
    };
  }

  /** The log in the model's words, from that position on. */
  log(from: number): Entry[] {
    return this.events.slice(from).map(({ type, about, at }) => ({ type, about: this.tables.nameOf(about), at }));
  }
}

/** As `Records`, with its own pure part: on all of the records or, when something throws, on none. */
function commit(
  works: readonly World[],
  { model, by, rows }: Deciding,
  decide: (sides: readonly Side[]) => Decided[][],
): void {
  const person = by === null ? null : model.people[by]!;
  const actor: Actor = person
    ? { userId: by, structureId: person.structure, role: person.role, territory: person.territory }
    : system;
  const sides = works.map((world) => ({ work: world.course(), context: world.context(model, actor, rows) }));
  deliberate<Record_>(
    slices,
    () => works[0]!.newId(),
    sides,
    (records) => decide(records.map(({ state, context }) => ({ record: state, context }))),
  );
  works.forEach((world, index) => world.written(sides[index]!.work));
}

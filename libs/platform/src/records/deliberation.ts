/**
 * What a command makes of its records, pure: what is due, what is decided, what follows from it and the rows it leaves. `Records` loads and commits around it;
 * the specs of the rules run the same code on records in memory (test/support/given.ts).
 */
import {
  isStaff,
  system,
  type Actor,
  type Change,
  type Context,
  type Decided,
  type Instant,
  type JsonObject,
  type RecordEvent,
  type RecordKind,
  type Uuid,
} from '@fil-rouge/kernel';
import type { Slices, State } from './slices';

/** One record on its way through a command. */
export interface Course {
  readonly kind: RecordKind;
  readonly id: Uuid;
  /** How many events it has in the log; 0: it begins. */
  readonly expect: number;
  state: State;
  /** What comes after those. */
  readonly events: RecordEvent[];
  readonly changes: Change[];
}

/** One record as a rule sees it. */
export interface Deliberation<S> {
  readonly state: S;
  readonly context: Context;
}

/** How an event of that number is called. */
type Name = (seq: number) => Uuid;

/** A rule that reacts to its own reactions without end is a bug; this is far above any real commit. */
const mostEvents = 500;

/** What is due on every record comes first: a late worker changes no answer. Whatever `decide` throws, or a slice opposes, refuses all of it. */
export function deliberate<S>(
  slices: Slices,
  name: Name,
  sides: readonly { work: Course; context: Context }[],
  decide: (records: readonly Deliberation<S>[]) => readonly (readonly Decided[])[],
): void {
  for (const { work, context } of sides)
    happen(slices, name, work, dueOn(slices, work, context), { ...context, actor: system });
  const decided = decide(sides.map(({ work, context }) => ({ state: work.state as S, context })));
  sides.forEach(({ work: { kind, state } }, index) => slices.checkUnopposed(kind, state, decided[index] ?? []));
  sides.forEach(({ work, context }, index) => happen(slices, name, work, decided[index] ?? [], context));
}

const dueOn = (slices: Slices, { kind, state, expect }: Course, context: Context): Decided[] =>
  expect === 0 ? [] : slices.due(kind, state, { ...context, actor: system });

/** Numbers and stamps events, evolves and projects each, and lets the slices react until nothing follows any more. */
export function happen(slices: Slices, name: Name, work: Course, decided: readonly Decided[], context: Context): void {
  const pending = [...decided];
  for (let next = pending.shift(); next; next = pending.shift()) {
    if (work.events.length >= mostEvents)
      throw new Error(`More than ${mostEvents} events in one commit: a reaction feeds itself (last: ${next.type}).`);
    const seq = work.expect + work.events.length + 1;
    const event = stamped(
      next,
      { id: name(seq), stream: work.id, seq, schema: slices.schemaOf(work.kind, next.type) },
      context,
    );
    const before = work.state;
    work.state = slices.evolve(work.kind, before, event);
    work.events.push(event);
    work.changes.push(...slices.project(work.kind, before, work.state, event));
    pending.push(...slices.react(work.kind, work.state, event, context));
  }
}

type Place = Pick<RecordEvent, 'id' | 'stream' | 'seq' | 'schema'>;

function stamped(
  { type, data, pieces = [], about, audience = 'record', byItself }: Decided,
  place: Place,
  context: { now: Instant; actor: Actor },
): RecordEvent {
  const actor = byItself ? system : context.actor;
  return {
    ...place,
    type,
    at: context.now,
    recordedAt: context.now,
    actor: actor.userId,
    structure: structureActedFor(actor),
    data: plain(data),
    pieces,
    about: about ?? null,
    audience,
  };
}

/** A coordinator's, administrator's or auditor's employer takes no part in what they do: nobody there reads it as an own entry. */
const structureActedFor = (actor: Actor): Uuid | null => (isStaff(actor) ? actor.structureId : null);

/** What the log will give back: no `undefined`, no dates; so that a fresh event and a read one are the same value. */
const plain = (data: object): JsonObject => JSON.parse(JSON.stringify(data)) as JsonObject;

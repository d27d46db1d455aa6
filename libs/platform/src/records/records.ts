import { Inject, Injectable } from '@nestjs/common';
import {
  localDateOf,
  notFound,
  Problem,
  system,
  type Actor,
  type Context,
  type Fact,
  type Instant,
  type Json,
  type JsonObject,
  type PieceKind,
  type RecordEvent,
  type RecordKind,
  type Uuid,
} from '@fil-rouge/kernel';
import type { Asking, Rows } from '../access/reads';
import { Clock } from '../clock';
import { Database } from '../database';
import { newId } from '../ids';
import { rootHash } from './chain';
import { busy, layOut, refusalOf, type Work } from './commit';
import type { Decision, Idempotency, Outcome, Target } from './decision';
import { deliberate } from './deliberation';
import type { Loaded } from './loaded';
import { fold, openSealed, type Pass } from './log';
import { Sealing } from './sealing';
import { Slices } from './slices';

interface Written {
  /** What the same request did before; then nothing was done now. */
  replay?: { hash: string; result: Json } | null;
  rows?: Rows;
}

/** Rung after a commit, best effort: a lost ring only costs the time until the next tick. */
export abstract class Ringer {
  abstract ring(): void;
}

/**
 * Of a hundred who write to one record at once (a structure on its first day, whose colleagues are all invited) each finds its turn within a second or
 * two; who does not is told to come back rather than kept waiting.
 */
const attempts = 12;
const longestWait = 320;
/** Null: without a caller the api is given what a link leads to, and this one leads nowhere (any more). */
const loadSql = 'select load_records($1) as loaded';

/**
 * The one write path: load, decide what is due, decide the command, react, project, commit; again when the record or a fact
 * has moved meanwhile. The README follows one command through it ("How a referral flows").
 */
@Injectable()
export class Records {
  constructor(
    private readonly database: Database,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    @Inject(Ringer) private readonly ringer: Ringer,
  ) {}

  /** Problems: whatever the decision throws; 404 when a record is not there; 401, 422 `idempotency-key-reused`, 503 `busy`. */
  async decide<S, R extends Json>(decision: Decision<S, R>): Promise<Outcome<R>> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(decision);
      if (outcome !== 'moved') return outcome;
      if (attempt === attempts) throw busy();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(longestWait, 10 * 2 ** attempt)));
    }
  }

  private async attempt<S, R extends Json>(decision: Decision<S, R>): Promise<Outcome<R> | 'moved'> {
    const { caller } = decision;
    const loaded = await this.load(decision, this.clock.now());
    if (caller && !loaded.session) throw signedOut();
    if (loaded.replay && caller?.idempotency) return replayed<R>(loaded.replay, caller.idempotency);

    const pass = { token: caller?.token, warrant: decision.warrant, now: this.clock.now() };
    const works = await Promise.all(decision.on.map((target) => this.work(target, loaded, pass)));
    const now = this.nowAfter(works, loaded);
    // Only what has just fallen due rests on more than the command knows of: then all is loaded once more.
    const missing = works
      .flatMap(({ kind, state }) => this.slices.relies(kind, state, now))
      .filter((id) => !loaded.streams[id] && !decision.facts?.includes(id));
    if (missing.length > 0) return this.attempt({ ...decision, facts: [...(decision.facts ?? []), ...missing] });
    const facts = new Map<Uuid, Fact>();
    const actor: Actor = loaded.session ?? decision.onBehalfOf ?? system;
    const sides = works.map((work) => ({ work, context: this.context(work, actor, now, loaded, facts) }));
    deliberate<S>(this.slices, newId, sides, (records) => decision.decide(records));

    const events = works.flatMap((work) => work.events);
    const result = decision.result(
      events,
      works.map((work) => ({ id: work.id, state: work.state as S })),
    );
    if (events.length === 0 && !decision.consumes && !caller?.idempotency) return { result, replayed: false };
    return this.commit(decision, works, events, result, facts, loaded, now);
  }

  private async load<S, R extends Json>(
    { caller, warrant, on, facts = [], rows = {}, pieces = [] }: Decision<S, R>,
    now: Instant,
  ): Promise<Loaded> {
    const ofRow = new Set(on.map((target) => ('row' in target ? target.row : undefined)));
    const asked = {
      now,
      token: caller?.token,
      warrant,
      key: caller?.idempotency?.key,
      streams: on.flatMap((target) => ('id' in target ? [target.id] : [])),
      facts: [...new Set(facts.filter((id) => id !== undefined))],
      rows: Object.fromEntries(
        Object.entries(rows).map(([name, address]) => [name, { ...address, isRecord: ofRow.has(name) }]),
      ),
      pieces,
    };
    const values = [JSON.stringify(asked)];
    const [row] = await this.database.query<{ loaded: Loaded | null }>('load_records', loadSql, values);
    if (!row!.loaded) throw notFound();
    return row!.loaded;
  }

  private async work(target: Target, loaded: Loaded, pass: Pass): Promise<Work> {
    const { kind } = target;
    if ('create' in target) return this.begun(kind, target.create);
    if ('id' in target && target.orNew && !loaded.streams[target.id]) return this.begun(kind, target.id);
    const id = 'id' in target ? target.id : (loaded.recordOf[target.row] ?? undefined);
    const stream = id === undefined ? undefined : loaded.streams[id];
    if (id === undefined || stream?.kind !== kind || stream.key === null) throw notFound();
    const key = Buffer.from(stream.key, 'hex');
    const state =
      stream.stateVersion === this.slices.stateVersion(kind)
        ? stream.state
        : await fold(this.database, this.slices, this.sealing, kind, id, key, pass);
    return { kind, id, key, expect: stream.version, prev: stream.hash, before: state, state, events: [], changes: [] };
  }

  private begun(kind: RecordKind, id: Uuid): Work {
    const state = this.slices.initial(kind);
    return {
      kind,
      id,
      key: this.sealing.newKey(id),
      expect: 0,
      prev: rootHash(id),
      before: state,
      state,
      events: [],
      changes: [],
    };
  }

  /** Never before what the records hold already: another process, whose clock is ahead, may have written last, and time in a record only goes forward. */
  private nowAfter(works: readonly Work[], { streams }: Loaded): Instant {
    const lasts = works.map(({ id }) => Date.parse(streams[id]?.lastAt ?? '') || 0);
    return new Date(Math.max(Date.parse(this.clock.now()), ...lasts)).toISOString();
  }

  /** `relied` collects the facts the rule looked at: only those are held against the commit. The caller's own structure always is. */
  private context(work: Work, actor: Actor, now: Instant, loaded: Loaded, relied: Map<Uuid, Fact>): Context {
    const fact = (id: Uuid | undefined | null): Fact | undefined => {
      const stream = id ? loaded.streams[id] : undefined;
      if (!id || !stream) return undefined;
      const found = { id, kind: stream.kind, version: stream.version, state: stream.state };
      relied.set(id, found);
      return found;
    };
    fact(actor.structureId);
    return {
      now,
      today: localDateOf(now),
      actor,
      seq: work.expect,
      hash: work.prev,
      newId,
      fact,
      row: <T>(name: string) => (loaded.rows[name] ?? undefined) as T | undefined,
      piece: (kind, event) =>
        event === undefined ? this.latest(kind, work, loaded) : this.ofEvent(event, kind, loaded),
    };
  }

  private latest(kind: PieceKind, { id, key }: Work, { pieces }: Loaded): JsonObject | undefined {
    const box = pieces.find((piece) => piece.stream === id && piece.kind === kind);
    return box && openSealed(this.sealing, key, id, box.event, kind, box.ciphertext);
  }

  private ofEvent(event: Uuid, kind: PieceKind, { named }: Loaded): JsonObject | undefined {
    const box = named.find((piece) => piece.event === event && piece.kind === kind);
    return box && openSealed(this.sealing, Buffer.from(box.key, 'hex'), box.stream, event, kind, box.ciphertext);
  }

  private async commit<S, R extends Json>(
    decision: Decision<S, R>,
    works: readonly Work[],
    events: readonly RecordEvent[],
    result: R,
    facts: ReadonlyMap<Uuid, Fact>,
    loaded: Loaded,
    now: Instant,
  ): Promise<Outcome<R> | 'moved'> {
    const { caller } = decision;
    const own = new Set(works.map(({ id }) => id));
    const after = works.map((work) => ({
      state: work.state as S,
      context: this.context(work, caller?.session ?? system, now, loaded, new Map()),
    }));
    const { payload, rings } = layOut(
      works,
      {
        now,
        token: caller?.token,
        warrant: decision.warrant,
        session: loaded.session as unknown as JsonObject | undefined,
        idempotency: caller?.idempotency && { user: caller.session.userId, ...caller.idempotency, result },
        facts: [...facts.values()].filter(({ id }) => !own.has(id)).map(({ id, version }) => ({ id, version })),
        consumes: decision.consumes,
        claims: decision.claims?.(events, after),
        requires: decision.requires?.(events, after),
      },
      this.slices,
      this.sealing,
    );
    let written: Written;
    try {
      written = await this.write(payload, decision.answer?.(result));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'moved') return 'moved';
      if (refusal === 'signed-out') throw signedOut();
      // Another worker did this effect; there is nothing left to do.
      if (refusal === 'consumed') return { result, replayed: true };
      if (refusal && 'rivals' in refusal && decision.rivals) throw await decision.rivals(refusal.rivals);
      if (refusal && 'unmet' in refusal && decision.unmet) throw decision.unmet(refusal.unmet);
      throw error;
    }
    // What comes now is after the commit: nothing of it may read as a refusal.
    const { replay, rows } = written;
    if (replay && caller?.idempotency) return replayed<R>(replay, caller.idempotency);
    if (rings) this.ringer.ring();
    return { result, replayed: false, ...(rows ? { rows } : {}) };
  }

  private async write(payload: JsonObject, answer: Asking | undefined): Promise<Written> {
    const commit = JSON.stringify(payload);
    if (answer) {
      const [row] = await this.database.query<{ written: Written }>(
        'commit_then_read',
        'select commit_then_read($1, $2, $3, $4) as written',
        [commit, ...answer],
      );
      return row!.written;
    }
    const [row] = await this.database.query<Written>('commit_record', 'select commit_record($1) as replay', [commit]);
    return row!;
  }
}

/** The answer to a request that was done before. Problems: 422 when its key was used for another one. */
function replayed<R extends Json>(replay: { hash: string; result: Json }, { hash }: Idempotency): Outcome<R> {
  if (replay.hash !== hash)
    throw new Problem(
      'idempotency-key-reused',
      'This Idempotency-Key was already used for another request. Use a new key.',
    );
  return { result: replay.result as R, replayed: true };
}

export const signedOut = () => new Problem('unauthenticated', 'You are not signed in, or no longer. Sign in again.');

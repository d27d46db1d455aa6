import { Injectable } from '@nestjs/common';
import { notFound, type Instant, type Json, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import {
  asked,
  Chore,
  Clock,
  cursorOf,
  Database,
  instantOf,
  limitOf,
  newId,
  pageOf,
  readEvent,
  readLog,
  Reads,
  Sealing,
  Sessions,
  Slices,
  type Caller,
  type Head,
  type LogRow,
  type Page,
  type PageQuery,
  type Select,
} from '@fil-rouge/platform';
import {
  anchorOf,
  Link,
  verify,
  type Anchored,
  type MergedVerification,
  type Verification,
} from './verification.check';

/** Records looked at per tick of a worker: some 50 ms of work, so that reminders are not late. */
const perTick = 50;
/** Enough to start looking; a broken backup would fill a page otherwise. */
const mostOffenders = 20;
/** Of a record whose row is gone: it has at least been opened. */
const opened: Head = { version: 1, hash: '' };

/** A verification of everything: how far it is, and what it found. */
export interface Run {
  id: Uuid;
  status: 'running' | 'done';
  startedAt: Instant;
  requestedBy?: { id: Uuid; name: string };
  endedAt?: Instant;
  total: number;
  checked: number;
  events: number;
  broken: number;
  gaps: number;
  offenders: { caseId: Uuid; brokenAt?: number; continuity: string; brokenLinks?: Uuid[] }[];
}

interface RunRow {
  id: Uuid;
  started_at: string;
  requested_by: Uuid;
  requested_by_name: string | null;
  ended_at: string | null;
  total: number;
  checked: number;
  events: number;
  broken: number;
  gaps: number;
  offenders: Run['offenders'];
  after: Uuid | null;
}

const runs = 'select v.*, a.name as requested_by_name from verification v left join account a on a.id = v.requested_by';
const runFilters = asked({ after: `v.id < ($1->'after'->>0)::uuid` });
const listedRuns: Select = (params) =>
  `${runs} where true${runFilters(params)} order by v.id desc limit ($1->>'limit')::integer + 1`;

const runOf = ({ id, total, checked, events, broken, gaps, offenders, ...row }: RunRow): Run => ({
  id,
  status: row.ended_at ? 'done' : 'running',
  startedAt: instantOf(row.started_at),
  requestedBy: { id: row.requested_by, name: row.requested_by_name ?? '' },
  ...(row.ended_at ? { endedAt: instantOf(row.ended_at) } : {}),
  total,
  checked,
  events,
  broken,
  gaps,
  offenders,
});

/** A record that ended in another one, as that one's log says. */
interface Taken {
  anchor: Anchored;
  into: Uuid;
}

const collectInto =
  (into: Uuid, taken: Taken[]) =>
  (event: RecordEvent): void => {
    const anchor = anchorOf(event);
    if (anchor) taken.push({ anchor, into });
  };

/** Verifies one record at once, or all of them in the worker, a few per tick, resumable after any crash. */
@Injectable()
export class Verifications {
  constructor(
    private readonly database: Database,
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
    private readonly sessions: Sessions,
  ) {}

  /** With every record that ended in this one, directly or through another. */
  async ofCase(caller: Caller, caseId: Uuid): Promise<Verification & { merged: MergedVerification[] }> {
    const [row] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select f.id from case_file f where f.id = ($1->>'caseId')::uuid`,
      { caseId },
      { audit: { action: 'case.verification', record: caseId } },
    );
    if (!row) throw notFound();
    const taken: Taken[] = [];
    const verification = await this.check(caseId, opened, collectInto(caseId, taken));
    const merged: MergedVerification[] = [];
    for (const { anchor, into } of taken) {
      const { id } = anchor;
      const link = new Link(anchor, into);
      const deeper = collectInto(id, taken);
      const found = await this.check(id, { version: anchor.loserVersion, hash: anchor.loserHash }, (event, row) => {
        link.look(event, row);
        deeper(event);
      });
      merged.push({ id, ...found, link: link.state });
    }
    return { ...verification, merged };
  }

  /** The same Idempotency-Key names the same run. */
  async start(caller: Caller): Promise<{ run: Run; replayed: boolean }> {
    const key = caller.idempotency?.key ?? null;
    const id = newId();
    await this.sessions.need(caller);
    await this.database.query(
      'verification_start',
      'insert into verification (id, requested_by, started_at, total, key) select $1, $2, $3, count_records(), $4 on conflict do nothing',
      [id, caller.session.userId, this.clock.now(), key],
    );
    const [row] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select id from verification where requested_by = me_user() and key is not distinct from $1->>'key' order by id desc limit 1`,
      { key },
    );
    return { run: await this.read(caller, row!.id), replayed: row!.id !== id };
  }

  async read(caller: Caller, id: Uuid): Promise<Run> {
    const [row] = await this.reads.rows<RunRow>(caller, `${runs} where v.id = ($1->>'id')::uuid`, { id });
    if (!row) throw notFound();
    return runOf(row);
  }

  /** Newest first: their ids count time. */
  async list(caller: Caller, query: PageQuery): Promise<Page<Run>> {
    const limit = limitOf(query);
    const rows = await this.reads.rows<RunRow>(caller, listedRuns, { limit, after: cursorOf(query) });
    return pageOf(rows, limit, ({ id }) => [id], runOf);
  }

  /** One step of the oldest run that is not done; whoever holds its row does the step. */
  async step(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const [run] = await transaction.query<RunRow>(
        'select * from verification where ended_at is null order by started_at limit 1 for update skip locked',
      );
      if (!run) return;
      const heads = await transaction.query<{ id: Uuid } & Head>('select * from heads_after($1, $2)', [
        run.after,
        perTick,
      ]);
      for (const { id, version, hash } of heads) {
        const taken: Taken[] = [];
        const { events, chain, brokenAt, continuity } = await this.check(id, { version, hash }, collectInto(id, taken));
        const brokenLinks = await this.brokenOf(taken);
        const broken = chain === 'broken' || brokenLinks.length > 0;
        run.events += events;
        run.checked++;
        if (broken) run.broken++;
        if (continuity === 'gap') run.gaps++;
        if ((broken || continuity === 'gap') && run.offenders.length < mostOffenders) {
          run.offenders.push({
            caseId: id,
            ...(brokenAt === undefined ? {} : { brokenAt }),
            continuity,
            ...(brokenLinks.length > 0 ? { brokenLinks } : {}),
          });
        }
      }
      await transaction.query(
        'update verification set after = $2, checked = $3, events = $4, broken = $5, gaps = $6, offenders = $7, ended_at = $8 where id = $1',
        [
          run.id,
          heads.at(-1)?.id ?? run.after,
          run.checked,
          run.events,
          run.broken,
          run.gaps,
          JSON.stringify(run.offenders as unknown as Json),
          heads.length < perTick ? this.clock.now() : null,
        ],
      );
    });
  }

  /** Of the records taken in: those that are others than were taken in. Their chains are looked at in their own turn. */
  private async brokenOf(taken: readonly Taken[]): Promise<Uuid[]> {
    const broken: Uuid[] = [];
    for (const { anchor, into } of taken) {
      const link = new Link(anchor, into);
      for await (const row of readLog(this.database, anchor.id, { from: anchor.loserVersion }))
        link.look(this.asPresent(row), row);
      if (link.state === 'broken') broken.push(anchor.id);
    }
    return broken;
  }

  /** Without its pieces: whatever they say does not matter to the lead, and they may have been erased. */
  private readonly asPresent = (row: LogRow): RecordEvent => readEvent(this.slices, this.sealing, 'case', null, row);

  /** @param known what its log must have ended with at some time, in case its row is gone */
  private async check(
    caseId: Uuid,
    known: Head,
    look?: (event: RecordEvent, row: LogRow) => void,
  ): Promise<Verification> {
    let head = known;
    const found = await verify(
      caseId,
      () => head,
      readLog(this.database, caseId, { sawHead: (present) => void (head = present ?? known) }),
      this.asPresent,
      look,
    );
    // A file is too large to be fetched for it: the database makes its digest.
    const [files] = await this.database.query<{ amiss: number | null }>(
      'attachment_amiss',
      'select attachment_amiss($1) as amiss',
      [caseId],
    );
    if (files!.amiss === null) return found;
    return { ...found, chain: 'broken', brokenAt: Math.min(found.brokenAt ?? Infinity, files!.amiss) };
  }
}

/** The worker's share. */
@Injectable()
export class VerifyAll extends Chore {
  constructor(private readonly verifications: Verifications) {
    super();
  }

  run(): Promise<void> {
    return this.verifications.step();
  }
}

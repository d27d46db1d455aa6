import { Injectable } from '@nestjs/common';
import { notFound, type Instant, type RecordKind, type Uuid } from '@fil-rouge/kernel';
import {
  Anchors,
  asked,
  Chore,
  Clock,
  cursorOf,
  Database,
  instantOf,
  limitOf,
  newId,
  pageOf,
  Reads,
  Sessions,
  type AnchorFault,
  type Caller,
  type Page,
  type PageQuery,
  type Select,
} from '@fil-rouge/platform';
import { RecordCheck, type Found } from './record-check.service';

/** Records, or anchors, looked at in one transaction. */
const perStep = 20;
/** Milliseconds of work per tick of a worker, so that reminders are not late. */
const perTick = 300;
/** Enough to start looking; a broken backup would fill a page otherwise. */
const mostOffenders = 20;

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
  differing: number;
  strays?: string[];
  offenders: Offender[];
  anchors: number;
  lastAnchor?: string;
  faults: AnchorFault[];
}

/** `caseId` besides, when the record is a case. */
interface Offender {
  recordId: Uuid;
  kind: RecordKind;
  caseId?: Uuid;
  brokenAt?: number;
  continuity: string;
  brokenLinks?: Uuid[];
  differs?: string[];
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
  differing: number;
  strays: string[] | null;
  anchor: string | null;
  anchors: number;
  faults: AnchorFault[];
  offenders: Offender[];
  after: Uuid | null;
}

const runs = 'select v.*, a.name as requested_by_name from verification v left join account a on a.id = v.requested_by';
const runFilters = asked({ after: `v.id < ($1->'after'->>0)::uuid` });
const listedRuns: Select = (params) =>
  `${runs} where true${runFilters(params)} order by v.id desc limit ($1->>'limit')::integer + 1`;

const runOf = ({ id, total, checked, events, broken, gaps, differing, offenders, ...row }: RunRow): Run => ({
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
  differing,
  ...(row.strays && row.strays.length > 0 ? { strays: row.strays } : {}),
  offenders,
  anchors: row.anchors,
  ...(row.anchor ? { lastAnchor: row.anchor } : {}),
  faults: row.faults,
});

const offenderOf = (recordId: Uuid, kind: RecordKind, found: Found): Offender | undefined => {
  const { chain, brokenAt, continuity, brokenLinks, differs } = found;
  if (chain === 'ok' && continuity === 'ok' && brokenLinks.length + differs.length === 0) return undefined;
  return {
    recordId,
    kind,
    ...(kind === 'case' ? { caseId: recordId } : {}),
    ...(brokenAt === undefined ? {} : { brokenAt }),
    continuity,
    ...(brokenLinks.length > 0 ? { brokenLinks } : {}),
    ...(differs.length > 0 ? { differs } : {}),
  };
};

/** Verifies one record at once, or all of them in the worker, a few per tick, resumable after any crash. */
@Injectable()
export class Verifications {
  constructor(
    private readonly database: Database,
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly records: RecordCheck,
    private readonly anchors: Anchors,
    private readonly sessions: Sessions,
  ) {}

  /** With every record that ended in this one, directly or through another. */
  async ofCase(caller: Caller, caseId: Uuid): ReturnType<RecordCheck['case']> {
    const [row] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select f.id from case_file f where f.id = ($1->>'caseId')::uuid`,
      { caseId },
      { audit: { action: 'case.verification', record: caseId } },
    );
    if (!row) throw notFound();
    return this.records.case(caseId, { token: caller.token, now: this.clock.now() });
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

  /** One step of the oldest run that is not done; whoever holds its row does the step. Whether there was one to do. */
  step(): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      const [run] = await transaction.query<RunRow>(
        'select * from verification where ended_at is null order by started_at limit 1 for update skip locked',
      );
      if (!run) return false;
      // Beside the transaction, which would keep a lock on the records while they are looked at: whoever sweeps what was erased would wait for it, and our looking for them.
      const records = await this.database.query<{ id: Uuid; kind: RecordKind }>(
        'records_after',
        'select * from records_after($1, $2)',
        [run.after, perStep],
      );
      const looked = await this.records.look(records);
      for (const [n, { id, kind }] of records.entries()) {
        const found = looked[n]!;
        run.events += found.events;
        run.checked++;
        if (found.chain === 'broken' || found.brokenLinks.length > 0) run.broken++;
        if (found.continuity === 'gap') run.gaps++;
        if (found.differs.length > 0) run.differing++;
        const offender = offenderOf(id, kind, found);
        if (offender && run.offenders.length < mostOffenders) run.offenders.push(offender);
      }
      run.after = records.at(-1)?.id ?? run.after;
      const done = records.length < perStep && (await this.compareAnchors(run));
      await transaction.query(
        `update verification set after = $2, checked = $3, events = $4, broken = $5, gaps = $6, differing = $7, offenders = $8,
         anchor = $9, anchors = $10, faults = $11, strays = case when $12 then tables_with_strays() end, ended_at = $13 where id = $1`,
        [
          ...[run.id, run.after, run.checked, run.events, run.broken, run.gaps, run.differing],
          ...[JSON.stringify(run.offenders), run.anchor, run.anchors, JSON.stringify(run.faults)],
          ...[done, done ? this.clock.now() : null],
        ],
      );
      return true;
    });
  }

  /** The next of them, once all records were looked at. Whether there are no more. */
  private async compareAnchors(run: RunRow): Promise<boolean> {
    const { checked, faults } = await this.anchors.check(run.anchor, perStep);
    run.anchor = checked.at(-1) ?? run.anchor;
    run.anchors += checked.length;
    run.faults.push(...faults.slice(0, mostOffenders - run.faults.length));
    return checked.length < perStep;
  }
}

/** The worker's share. */
@Injectable()
export class VerifyAll extends Chore {
  constructor(private readonly verifications: Verifications) {
    super();
  }

  async run(): Promise<void> {
    const until = performance.now() + perTick;
    while ((await this.verifications.step()) && performance.now() < until);
  }
}

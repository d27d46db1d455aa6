import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant, type Json, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { nameOf, type Named, type SealedName } from '@fil-rouge/cases';
import {
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  mostCounted,
  countOf,
  pageOf,
  Reads,
  Sealing,
  type Asking,
  type Caller,
  type Page,
  type ReadOptions,
  type Rows,
} from '@fil-rouge/platform';
import type { TaskCounts, TaskCountsQuery, TaskDto, TasksQuery } from './tasks.dto';
import { followUpDays, idleDays, taskRules, titleOf } from './tasks.rules';
import { countSql, kindsSql, tasksSql } from './tasks.sql';

interface TaskRow {
  id: string;
  /** Place in the table of rules. */
  rule: number;
  due: string;
  late: boolean;
  of: 'referral' | 'handover' | 'case' | 'batch';
  thing: Uuid;
  case_id: Uuid | null;
  other: string | null;
  urgent: boolean;
  suggested: Named | null;
  assignee: Named | null;
  resident: SealedName | null;
  /** The record whose resident is named, for the journal. */
  named: Uuid | null;
}

/** Up to one more than is said. */
export interface TaskCount {
  count: number;
  late: number;
}

const dayLength = 86_400_000;
const daysBefore = (now: Instant, days: number): Instant => new Date(Date.parse(now) - days * dayLength).toISOString();
const rules = taskRules as unknown as Json[];

@Injectable()
export class TasksQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** What is urgent first, then the first due. */
  async list(caller: Caller, query: TasksQuery, read?: Rows): Promise<Page<TaskDto>> {
    const limit = limitOf(query);
    const rows = (read ?? (await this.reads.rows(caller, ...this.listing(query)))) as TaskRow[];
    const show = (row: TaskRow): TaskDto => ({ ...taskOf(row), ...nameOf(row.resident, this.sealing) });
    return pageOf(
      rows,
      limit,
      ({ urgent, due, id }) => [Number(urgent), instantOf(due), id],
      evenUnreadable(show, (row) => ({ ...row, resident: null })),
    );
  }

  /** What `list` reads. */
  askingList(caller: Caller, query: TasksQuery): Asking {
    return this.reads.asking(caller, ...this.listing(query));
  }

  /** How many tasks are the caller's own, and how many of them late: one row of `TaskCount`. */
  askingCount(caller: Caller): Asking {
    return this.reads.asking(caller, countSql, { ...this.present(), mine: true, most: mostCounted });
  }

  async counts(caller: Caller, { mine: own = false }: TaskCountsQuery): Promise<TaskCounts> {
    const rows = await this.reads.rows<{ kind: string; found: number }>(caller, kindsSql, {
      ...{ ...this.present(), mine: own },
    });
    return { counts: rows.map(({ kind, found }) => ({ kind, ...countOf(found) })) };
  }

  private listing(query: TasksQuery): [string, JsonObject, ReadOptions] {
    const page = { after: cursorOf(query), mine: query.mine ?? false, limit: limitOf(query) + 1 };
    return [tasksSql, { ...this.present(), ...page }, { audit: { action: 'task.list', shownIn: 'named' } }];
  }

  private present(): JsonObject {
    const now = this.clock.now();
    return {
      rules,
      now,
      today: localDateOf(now),
      endedSince: daysBefore(now, followUpDays),
      idleSince: daysBefore(now, idleDays),
    };
  }
}

function taskOf({ id, rule, due, late, of, thing, case_id, other, urgent, suggested, assignee }: TaskRow): TaskDto {
  const matched = taskRules[rule]!;
  return {
    id,
    kind: matched.kind,
    title: titleOf(matched, other, urgent),
    ...(urgent ? { urgent } : {}),
    ...(suggested ? { betterStructure: suggested } : {}),
    dueAt: instantOf(due),
    late,
    ...(assignee ? { assignee } : {}),
    ...(case_id ? { caseId: case_id } : {}),
    ...(of === 'referral' ? { referralId: thing } : {}),
    ...(of === 'handover' ? { handoverId: thing } : {}),
    ...(of === 'batch' ? { handoverBatchId: thing } : {}),
  };
}

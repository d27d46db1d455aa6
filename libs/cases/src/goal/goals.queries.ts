import { Injectable } from '@nestjs/common';
import { notFound, type GoalStatus, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import {
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  Sealing,
  type Asking,
  type Caller,
  type Page,
  type Rows,
} from '@fil-rouge/platform';
import { isRead, standing, type Box } from '../entry/on-case.sql';
import type { GoalShown, GoalsQuery, ProgressShown } from './goals.dto';
import {
  goalOfCase,
  goalsOfCase,
  progressOfCase,
  type GoalRead,
  type GoalsOnCase,
  type ProgressRead,
} from './goals.sql';

@Injectable()
export class GoalsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  asking(caller: Caller, caseId: Uuid, goalId: Uuid): Asking {
    return this.reads.asking(
      caller,
      goalOfCase,
      { caseId, goalId },
      { audit: { action: 'case.goal', record: caseId } },
    );
  }

  /** Problems: 404 when the case or the goal is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, goalId: Uuid, rows?: Rows): Promise<GoalShown> {
    const found = rows ?? (await this.reads.read(this.asking(caller, caseId, goalId)));
    const read = standing(found as GoalsOnCase[]);
    const [row] = read.goals.filter((goal) => isRead(read, goal));
    if (!row) throw notFound();
    return this.show(row, caseId);
  }

  /** Newest first. Problems: 404 when the case is hidden from the caller. */
  async ofCase(caller: Caller, caseId: Uuid, query: GoalsQuery): Promise<Page<GoalShown>> {
    const { status = 'open' } = query;
    const params = { caseId, limit: limitOf(query) + 1, after: cursorOf(query), status };
    const audit = { action: 'case.goals', record: caseId };
    const read = standing(await this.reads.rows<GoalsOnCase>(caller, goalsOfCase, params, { audit }));
    return pageOf(
      read.goals.filter((goal) => isRead(read, goal)),
      limitOf(query),
      ({ set_at, id }) => [set_at, id],
      this.each(caseId),
    );
  }

  /** How far the resident manages alone, theme by theme, and what is aimed at. Problems: 404 when the case is hidden from the caller. */
  async progress(caller: Caller, caseId: Uuid): Promise<ProgressShown> {
    const audit = { action: 'case.progress', record: caseId };
    const read = standing(await this.reads.rows<GoalsOnCase>(caller, progressOfCase, { caseId }, { audit }));
    const sessions = (read.sessions ?? []).filter(
      (session) => session.structure_id === caller.session.structureId || isRead(read, session),
    );
    const goals = read.goals.filter((goal) => isRead(read, goal));
    const of = (status: GoalStatus): GoalShown[] =>
      goals.filter((goal) => goal.status === status).map(this.each(caseId));
    return {
      themes: byTheme(sessions),
      goals: { open: of('open'), reached: of('reached'), abandoned: of('abandoned') },
    };
  }

  private each(caseId: Uuid): (row: GoalRead) => GoalShown {
    return evenUnreadable(
      (row: GoalRead) => this.show(row, caseId),
      (row) => ({ ...row, text: null, comment: null }),
    );
  }

  private show(row: GoalRead, caseId: Uuid): GoalShown {
    const opened = (box: Box | null): JsonObject =>
      box?.key ? openPiece(this.sealing, box.key, box.stream, box.event, 'shared_text', box.ciphertext) : {};
    const { note, steps: texts } = opened(row.text);
    const { comment } = opened(row.comment);
    return {
      id: row.id,
      caseId,
      version: row.version,
      status: row.status,
      text: (note as string | undefined) ?? '',
      ...(row.theme === null ? {} : { theme: row.theme }),
      steps: row.steps.map((step, at) => ({ ...step, text: (texts as string[] | undefined)?.[at] ?? '' })),
      structure: row.structure,
      actor: row.actor,
      setAt: instantOf(row.set_at),
      ...(row.ended_on === null || row.ended_at === null
        ? {}
        : {
            ended: {
              on: row.ended_on,
              at: instantOf(row.ended_at),
              actor: row.ender,
              ...(typeof comment === 'string' ? { comment } : {}),
            },
          }),
    };
  }
}

function byTheme(sessions: readonly ProgressRead[]): ProgressShown['themes'] {
  const themes = [...new Set(sessions.flatMap((session) => session.themes))].sort();
  return themes.map((theme) => ({
    theme,
    points: sessions
      .filter((session) => session.themes.includes(theme))
      .map(({ id, date, autonomy, structure }) => ({ date, autonomy, sessionId: id, structure })),
  }));
}

import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@fil-rouge/kernel';
import { evenUnreadable, Reads, Sealing, type Caller, type Select } from '@fil-rouge/platform';
import { communeName } from '@fil-rouge/users';
import { nameOf, type SealedName } from '../case/resident-name.view';
import { sessionsOfStructure, type SessionLineRead } from '../session/session-lists.sql';
import type { Line } from './export';
import { countedParticipants, countedSessions, participantsOfStructure, type ParticipantRead } from './exports.sql';

/** Rows of one reading, each of which asks anew who may read what. */
const perPage = 500;
/** Of workshops, which have several participants each. */
const workshopsPerPage = 50;

/** The lines of an export, page by page and in the name of whoever asked for it: what is read, and by whom, stands in the journal. */
@Injectable()
export class ExportLines {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  /** How many there are. Problems: 401, as every reading. */
  async count(caller: Caller, per: string, params: JsonObject): Promise<number> {
    let total = 0;
    for (const select of per === 'participation' ? [countedSessions, countedParticipants] : [countedSessions])
      total += (await this.reads.rows<{ total: number }>(caller, select, params))[0]!.total;
    return total;
  }

  /** Sessions, newest day first; then whoever came to a workshop. Problems: 401, in the middle too. */
  async *read(caller: Caller, per: string, params: JsonObject): AsyncGenerator<Line[]> {
    const sessions = this.pages<SessionLineRead>(caller, sessionsOfStructure, params, perPage, ({ date, id }) => [
      date,
      id,
    ]);
    for await (const page of sessions) yield page.map((row) => this.session(row));
    if (per !== 'participation') return;
    const workshops = this.pages<ParticipantRead>(
      caller,
      participantsOfStructure,
      params,
      workshopsPerPage,
      ({ recorded_at, id }) => [recorded_at, id],
    );
    for await (const page of workshops)
      yield page.filter(({ case_id }) => case_id !== null).map((row) => this.participant(row));
  }

  private async *pages<R extends { id: string }>(
    caller: Caller,
    select: Select,
    params: JsonObject,
    limit: number,
    keyOf: (row: R) => string[],
  ): AsyncGenerator<R[]> {
    let after: string[] | null = null;
    for (;;) {
      const asked: JsonObject = { ...params, limit, after };
      const audit = { action: 'session.export', shownIn: 'case_id' };
      const rows: R[] = await this.reads.rows<R>(caller, select, asked, { audit });
      yield rows;
      if (new Set(rows.map(({ id }) => id)).size < limit) return;
      after = keyOf(rows.at(-1)!);
    }
  }

  private session(row: SessionLineRead): Line {
    return {
      ...{ kind: 'session', id: row.id, case: row.present_case, date: row.date, minutes: row.minutes },
      ...{ themes: row.themes, place: row.place, placeName: row.place_name, equipment: row.equipment },
      ...{ autonomy: row.autonomy, referred: row.referral_id !== null, corrected: row.corrections > 0 },
      ...{ status: row.status, tags: (row.tags ?? []).map(({ name }) => name) },
      ...this.common(row),
    };
  }

  private participant(row: ParticipantRead): Line {
    return {
      ...{ kind: 'workshop', id: row.id, case: row.present_case!, date: row.date, minutes: row.minutes },
      ...{ themes: row.themes, place: row.place, equipment: [], referred: false, corrected: row.corrections > 0 },
      ...{ status: row.status === 'held' ? 'recorded' : row.status, tags: [] },
      ...this.common(row),
    };
  }

  /** One whose record is damaged has a line without a name: the others are exported all the same. */
  private readonly named = evenUnreadable<SealedName | null, ReturnType<typeof nameOf>>(
    (sealed) => nameOf(sealed, this.sealing),
    () => null,
  );

  private common({ commune, actor, resident }: SessionLineRead | ParticipantRead) {
    const { resident: named } = this.named(resident);
    return {
      ...{ firstName: named?.firstName, lastName: named?.lastName },
      ...(commune ? { commune, communeName: communeName(commune) } : {}),
      ...(actor ? { counsellor: actor.name } : {}),
    };
  }
}

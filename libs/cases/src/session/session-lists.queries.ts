import { Injectable } from '@nestjs/common';
import { cursorOf, evenUnreadable, limitOf, pageOf, Reads, Sealing, type Caller, type Page } from '@fil-rouge/platform';
import { nameOf } from '../case/resident-name.view';
import type { SessionLine, SessionsQuery } from './session-lists.dto';
import { sessionsOfStructure, type CodesRead, type SessionLineRead } from './session-lists.sql';
import type { SessionCodes } from './sessions.dto';

/** What the caller's structure has done, on whichever case. What others did on the same cases is read there, each with its own sight. */
@Injectable()
export class SessionListsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  /** Newest day first. */
  async list(caller: Caller, query: SessionsQuery): Promise<Page<SessionLine>> {
    const { status = 'recorded', from, to, counsellor, theme, tag, place, placeId, commune } = query;
    const rows = await this.reads.rows<SessionLineRead>(
      caller,
      sessionsOfStructure,
      {
        limit: limitOf(query) + 1,
        after: cursorOf(query),
        status,
        from,
        to,
        counsellor,
        theme,
        tag,
        place,
        placeId,
        commune,
      },
      { audit: { action: 'session.list', shownIn: 'case_id' } },
    );
    return pageOf(
      rows,
      limitOf(query),
      ({ date, id }) => [date, id],
      evenUnreadable(
        (row) => this.show(row),
        (row) => ({ ...row, resident: null }),
      ),
    );
  }

  private show(row: SessionLineRead): SessionLine {
    return {
      id: row.id,
      caseId: row.present_case,
      ...nameOf(row.resident, this.sealing),
      status: row.status,
      ...codesOf(row),
      ...(row.referral_id ? { referralId: row.referral_id } : {}),
      actor: row.actor,
      corrected: row.corrections > 0,
      ...(row.tags ? { tags: row.tags } : {}),
    };
  }
}

/** What a row says of a session in codes. */
export const codesOf = ({
  date,
  minutes,
  place,
  commune,
  themes,
  equipment,
  autonomy,
  ...row
}: CodesRead): SessionCodes => ({
  date,
  minutes,
  place,
  ...(commune ? { commune } : {}),
  ...(row.place_id ? { placeId: row.place_id } : {}),
  ...(row.place_name ? { placeName: row.place_name } : {}),
  themes,
  equipment,
  ...(autonomy ? { autonomy } : {}),
});

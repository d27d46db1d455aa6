import { internal, readTable } from '@fil-rouge/platform';
import { SessionEntry, SessionTags, Workshop } from '../session/session.entity';

/** What was done, one by one or together. */
export const sessions = [
  // By the last event: what was corrected after a former lead's end is read from the log, up to that end.
  ...readTable(SessionEntry, {
    of: 'case_id',
    person: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
    worker: true,
  }),

  // A correction keeps who recorded the session, for which referral, and its note unless it brings another. A session of a merged record is corrected
  // in the log of the record that goes on. That correction's number says nothing in the merged record, so only those read it who read the merged
  // record without end.
  internal(
    'put_session_correction(rows jsonb) returns void language sql',
    /* sql */ `
  update session_entry s set date = r.date, minutes = r.minutes, place = r.place, place_id = r.place_id, commune = r.commune, themes = r.themes, equipment = r.equipment,
    autonomy = r.autonomy, seq = case when s.case_id = r.case_id then r.seq else 2147483647 end, text_event = r.text_event, note_event = coalesce(r.note_event, s.note_event), corrections = r.corrections
  from jsonb_populate_recordset(null::session_entry, rows) r where s.id = r.id
`,
  ),
  internal(
    'put_session_error(rows jsonb) returns void language sql',
    /* sql */ `
  update session_entry s set status = 'entered_in_error', seq = case when s.case_id = r.case_id then r.seq else 2147483647 end
  from jsonb_to_recordset(rows) as r(id uuid, case_id uuid, seq integer) where s.id = r.id
`,
  ),

  ...readTable(SessionTags, { of: 'case_id', person: 'structure_id = me_structure()' }),

  ...readTable(Workshop, { of: 'id', person: 'structure_id = me_structure()' }),
  internal(
    'put_workshop_error(rows jsonb) returns void language sql',
    /* sql */ `
  update workshop w set status = 'entered_in_error' from jsonb_to_recordset(rows) as r(id uuid) where w.id = r.id
`,
  ),
];

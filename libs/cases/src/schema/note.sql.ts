import { internal, readTable } from '@fil-rouge/platform';
import { NoteEntry } from '../note/note.entity';

/** Nobody selects them: a note is read from the record. A correction of a merged record's note stands in the log of the one that goes on. */
export const notes = [
  ...readTable(NoteEntry, { of: 'case_id' }),
  internal(
    'put_note_correction(rows jsonb) returns void language sql',
    /* sql */ `
  update note_entry n set text_event = r.text_event, corrections = r.corrections from jsonb_populate_recordset(null::note_entry, rows) r where n.id = r.id
`,
  ),
  internal(
    'put_note_error(rows jsonb) returns void language sql',
    /* sql */ `
  update note_entry n set status = 'entered_in_error' from jsonb_to_recordset(rows) as r(id uuid) where n.id = r.id
`,
  ),
];

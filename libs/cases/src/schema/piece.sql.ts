import { access } from '@fil-rouge/platform';

/** Who reads what is personal, by kind. A private note is for its author's structure alone, whatever else opens the record. */
export const pieces = [
  access('piece', {
    rights: { reader: 'select' },
    policies: {
      // What is about the resident follows the access, whoever wrote it down: a contributor that sent the resident on had written the first name. What a
      // thing with parties shares ends with the part in it: a former lead keeps the sheet it sent, not what the other side writes afterwards.
      piece_of_the_thread: `for select to reader using (
  (structure_id = me_structure() and kind in ('shared_text', 'private_note'))
  or (kind <> 'private_note' and shared_by is null and seq <= record_horizon(stream_id))
  or (kind <> 'private_note' and shared_by is not null and (seq <= lead_horizon(stream_id) or (party_reads(stream_id, shared_by, seq) and party_sheet(shared_by))))
)`,
      piece_of_a_reading: `for select to reader using (
  me_role() in ('administrator', 'auditor') and kind <> 'private_note' and (stream_id = me_reading() or goes_on_in(stream_id, me_reading()))
)`,
    },
  }),
];

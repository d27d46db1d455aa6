/** One row per note. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import { isCaseEvent } from '../case/case';
import type { EntryRow } from '../entry/entry.decider';

export function projectNote(event: RecordEvent): Change[] {
  if (!isCaseEvent(event)) return [];
  switch (event.type) {
    case 'NoteWritten': {
      const row: EntryRow = {
        id: event.data.noteId,
        case_id: event.stream,
        structure_id: event.structure!,
        text_event: event.id,
        corrections: 0,
        status: 'recorded',
      };
      return [{ call: 'put_note_entry', rows: [row] }];
    }
    case 'NoteCorrected': {
      const { noteId: id, nth: corrections } = event.data;
      return [{ call: 'put_note_correction', rows: [{ id, text_event: event.id, corrections }] }];
    }
    case 'NoteCancelled':
      return [{ call: 'put_note_error', rows: [{ id: event.data.noteId }] }];
    default:
      return [];
  }
}

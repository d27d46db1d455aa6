import { Injectable } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import type { Asking, Caller, Rows } from '@fil-rouge/platform';
import type { NoteFields } from '../case/case';
import { EntriesQueries, noteOf, type EntryKind } from '../entry/entries.queries';
import type { TimelineEntry } from '../timeline/timeline.dto';
import { noteActions, type NoteShown, type NoteVersion } from './notes.dto';

@Injectable()
export class NotesQueries {
  constructor(private readonly entries: EntriesQueries) {}

  asking(caller: Caller, caseId: Uuid, noteId: Uuid): Asking {
    const audit = { action: 'case.note', record: caseId };
    return this.entries.asking(caller, { caseId, entryId: noteId }, { audit });
  }

  /** Problems: 404 when the case or the note is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, noteId: Uuid, rows?: Rows): Promise<NoteShown> {
    const asking = this.asking(caller, caseId, noteId);
    const { recorded, written, cancelled, mayNow } = await this.entries.one(caller, noteKind, asking, rows);
    const { date, text, at } = versionOf(written.at(-1)!);
    const privateNote = noteOf(written);
    return {
      id: noteId,
      caseId,
      status: cancelled ? 'entered_in_error' : 'recorded',
      date,
      text,
      structure: recorded.structure,
      actor: recorded.actor,
      ...(privateNote === undefined ? {} : { privateNote }),
      recordedAt: recorded.recordedAt,
      ...(written.length > 1 ? { correctedAt: at } : {}),
      actions: noteActions.filter((action) => mayNow(action === 'cancel' ? 'cancel_note' : 'correct_note')),
      versions: written.slice(0, -1).map(versionOf),
      ...(cancelled
        ? {
            cancelled: {
              at: cancelled.at,
              actor: cancelled.actor,
              reason: cancelled.data['reason'] as string,
              ...(cancelled.text === undefined ? {} : { comment: cancelled.text }),
            },
          }
        : {}),
    };
  }
}

const versionOf = ({ at, actor, data, text }: TimelineEntry): NoteVersion => ({
  date: data['date'] as string,
  text: text ?? '',
  at,
  actor,
  ...(typeof data['reason'] === 'string' ? { reason: data['reason'] } : {}),
});

export const noteKind: EntryKind<NoteFields> = {
  recorded: 'NoteWritten',
  cancelled: 'NoteCancelled',
  fieldsOf: ({ data, text }) => ({ date: data['date'] as string, note: text! }),
};

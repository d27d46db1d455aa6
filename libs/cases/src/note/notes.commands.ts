import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { CaseRecord } from '../case/case';
import { EntriesQueries } from '../entry/entries.queries';
import {
  cancelNote,
  correctNote,
  writeNote,
  type NoteCancelling,
  type NoteCorrection,
  type OnNote,
  type Writing,
} from './note.decider';
import { noteKind, NotesQueries } from './notes.queries';

type NotePlace = { caseId: Uuid; noteId: Uuid };
type OfNote = Outcome<NotePlace>;

export class WriteNote extends Command<OfNote> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Omit<Writing, 'noteId'>,
  ) {
    super();
  }
}

@CommandHandler(WriteNote)
export class WriteNoteHandler implements ICommandHandler<WriteNote> {
  constructor(
    private readonly records: Records,
    private readonly notes: NotesQueries,
  ) {}

  execute({ caller, caseId, input }: WriteNote): Promise<OfNote> {
    const noteId = newId();
    return this.records.decide<CaseRecord, NotePlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      decide: (records) => records.map(({ state, context }) => writeNote(state.case, { ...input, noteId }, context)),
      result: () => ({ caseId, noteId }),
      answer: () => this.notes.asking(caller, caseId, noteId),
    });
  }
}

export class CorrectNote extends Command<OfNote> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly noteId: Uuid,
    readonly input: Omit<NoteCorrection, keyof OnNote> & { ifMatch?: number },
  ) {
    super();
  }
}

@CommandHandler(CorrectNote)
export class CorrectNoteHandler implements ICommandHandler<CorrectNote> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly notes: NotesQueries,
  ) {}

  execute({ caller, caseId, noteId, input }: CorrectNote): Promise<OfNote> {
    return this.entries.withPresent({ caller, caseId, entryId: noteId, ifMatch: input.ifMatch }, noteKind, (on) =>
      this.records.decide<CaseRecord, NotePlace>({
        caller,
        on: [{ kind: 'case', id: on.caseId }],
        rows: rowOf(on),
        decide: (records) => records.map(({ state, context }) => correctNote(state.case, { ...input, ...on }, context)),
        result: () => ({ caseId: on.caseId, noteId }),
        answer: () => this.notes.asking(caller, on.caseId, noteId),
      }),
    );
  }
}

export class CancelNote extends Command<OfNote> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly noteId: Uuid,
    readonly input: Pick<NoteCancelling, 'reason' | 'comment' | 'ifMatch'>,
  ) {
    super();
  }
}

@CommandHandler(CancelNote)
export class CancelNoteHandler implements ICommandHandler<CancelNote> {
  constructor(
    private readonly records: Records,
    private readonly entries: EntriesQueries,
    private readonly notes: NotesQueries,
  ) {}

  execute({ caller, caseId, noteId, input }: CancelNote): Promise<OfNote> {
    return this.entries.withPresent({ caller, caseId, entryId: noteId, ifMatch: input.ifMatch }, noteKind, (on) =>
      this.records.decide<CaseRecord, NotePlace>({
        caller,
        on: [{ kind: 'case', id: on.caseId }],
        rows: rowOf(on),
        decide: (records) => records.map(({ state, context }) => cancelNote(state.case, { ...input, ...on }, context)),
        result: () => ({ caseId: on.caseId, noteId }),
        answer: () => this.notes.asking(caller, on.caseId, noteId),
      }),
    );
  }
}

const rowOf = ({ entryId }: OnNote) => ({ note: { table: 'note_entry', id: entryId } });

export const notesHandlers = [WriteNoteHandler, CorrectNoteHandler, CancelNoteHandler];

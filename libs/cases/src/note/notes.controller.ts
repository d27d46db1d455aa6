import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { answerDone, IdParam, Requires, SignedIn, type Answer, type Caller, type Rows } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { wherever } from '../merge/merged-record';
import { CancelNote, CorrectNote, WriteNote } from './notes.commands';
import { CancelNoteBody, CorrectNoteBody, NoteShown, WriteNoteBody } from './notes.dto';
import { NotesQueries } from './notes.queries';

@ApiTags('notes')
@Controller('cases/:id/notes')
export class NotesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: NotesQueries,
  ) {}

  /** Writes down what there is to know and was nothing done with the resident, an attempt to call for instance. It counts as no session. */
  @Post()
  @Requires('case.write')
  async write(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: WriteNoteBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoteShown> {
    const {
      result: { noteId },
      ...done
    } = await this.commands.execute(new WriteNote(caller, caseId, { ...body, ifMatch: caller.ifMatch }));
    return this.done(reply, caller, caseId, { id: noteId, ...done, created: `/v1/cases/${caseId}/notes/${noteId}` });
  }

  /** With what stood before each correction. */
  @Get(':nid')
  @Requires('case.read')
  read(@SignedIn() caller: Caller, @IdParam('id') caseId: string, @IdParam('nid') noteId: string): Promise<NoteShown> {
    return this.queries.one(caller, caseId, noteId);
  }

  /** Corrects a note of your structure; what it said before stays readable. */
  @Post(':nid/corrections')
  @HttpCode(200)
  @Requires('case.write')
  async correct(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('nid') noteId: string,
    @Body() { text, date, privateNote, reason }: CorrectNoteBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoteShown> {
    const input = { changes: { date, note: text }, privateNote, reason, ifMatch: caller.ifMatch };
    const { result, ...done } = await this.commands.execute(new CorrectNote(caller, caseId, noteId, input));
    return this.done(reply, caller, result.caseId, { id: noteId, ...done });
  }

  /** Marks a note of your structure as entered in error: readable as before, marked. */
  @Post(':nid/cancel')
  @HttpCode(200)
  @Requires('case.write')
  async cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('nid') noteId: string,
    @Body() body: CancelNoteBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NoteShown> {
    const { result, ...done } = await this.commands.execute(
      new CancelNote(caller, caseId, noteId, { ...body, ifMatch: caller.ifMatch }),
    );
    return this.done(reply, caller, result.caseId, { id: noteId, ...done });
  }

  private done(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    how: Answer & { id: string; rows?: Rows },
  ): Promise<NoteShown> {
    return answerDone(reply, how, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, how.id, read)),
    );
  }
}

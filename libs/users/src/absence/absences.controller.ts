import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answerDone, IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { ChangeAbsence, type AbsenceChange } from './absences.commands';
import { AbsenceResponse, AbsencesPage, CorrectAbsenceBody, SayAbsenceBody } from './absences.dto';
import { AbsencesQueries } from './absences.queries';

@ApiTags('Structures and people')
@Controller('structures/:id/absences')
export class AbsencesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: AbsencesQueries,
  ) {}

  /** Who is away, or is to be, and who takes over; the first over first. */
  @Get()
  @Requires('people.read')
  listAbsences(@SignedIn() caller: Caller, @IdParam('id') id: Uuid, @Query() query: PageQuery): Promise<AbsencesPage> {
    return this.queries.list(caller, id, query);
  }

  /**
   * Says that you are away, or as a manager that a colleague is, and who takes over: what comes to whoever is away comes to that colleague too. Nobody
   * may read or do more for it, and why somebody is away is said nowhere.
   */
  @Post()
  @Requires('structure.absence')
  sayAbsence(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: SayAbsenceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AbsenceResponse> {
    return this.change(caller, id, undefined, { verb: 'say', ...body }, reply);
  }

  /** Other days, or another colleague. */
  @Post(':bid/corrections')
  @HttpCode(200)
  @Requires('structure.absence')
  correctAbsence(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('bid') absenceId: Uuid,
    @Body() body: CorrectAbsenceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AbsenceResponse> {
    return this.change(caller, id, absenceId, { verb: 'correct', ...body }, reply);
  }

  /** Back from today on; one that has not begun is called off. */
  @Post(':bid/end')
  @HttpCode(200)
  @Requires('structure.absence')
  endAbsence(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('bid') absenceId: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AbsenceResponse> {
    return this.change(caller, id, absenceId, { verb: 'end' }, reply);
  }

  private async change(
    caller: Caller,
    id: Uuid,
    absenceId: Uuid | undefined,
    change: AbsenceChange,
    reply: FastifyReply,
  ): Promise<AbsenceResponse> {
    const { result, ...how } = await this.commands.execute(new ChangeAbsence(caller, id, absenceId, change));
    const created = absenceId === undefined ? { created: `/v1/structures/${id}/absences` } : {};
    return answerDone(reply, { id: result.absenceId, ...how, ...created }, (rows) =>
      this.queries.one(caller, id, result.absenceId, rows),
    );
  }
}

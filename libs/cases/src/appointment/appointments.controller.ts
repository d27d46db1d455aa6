import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  answer,
  answerDone,
  IdParam,
  Requires,
  SignedIn,
  type Answer,
  type Caller,
  type Rows,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { wherever } from '../merge/merged-record';
import { ChangeAppointment, MakeAppointment, type AppointmentChange } from './appointments.commands';
import {
  AppointmentShown,
  AskReminderBody,
  AppointmentsPage,
  AppointmentsQuery,
  CancelAppointmentBody,
  CaseAppointmentsPage,
  CaseAppointmentsQuery,
  MakeAppointmentBody,
  MoveAppointmentBody,
} from './appointments.dto';
import { AppointmentsQueries } from './appointments.queries';

@ApiTags('appointments')
@Controller('cases/:id/appointments')
export class AppointmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: AppointmentsQueries,
  ) {}

  /** Agrees on when the resident comes, with somebody of your structure. */
  @Post()
  @Requires('case.write')
  async make(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: MakeAppointmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    const { text, privateNote, place = 'lieu_activite', ...meeting } = body;
    const {
      result: { appointmentId },
      ...done
    } = await this.commands.execute(
      new MakeAppointment(caller, caseId, {
        meeting: { ...meeting, place },
        text,
        privateNote,
        ifMatch: caller.ifMatch,
      }),
    );
    const created = `/v1/cases/${caseId}/appointments/${appointmentId}`;
    return this.done(reply, caller, caseId, { id: appointmentId, ...done, created });
  }

  /** The appointments of a case, whoever made them, soonest first. */
  @Get()
  @Requires('case.read')
  listCaseAppointments(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Query() query: CaseAppointmentsQuery,
  ): Promise<CaseAppointmentsPage> {
    return this.queries.ofCase(caller, caseId, query);
  }

  /** One appointment as it stands; what it was before stands in the timeline. */
  @Get(':aid')
  @Requires('case.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    const shown = await this.queries.one(caller, caseId, appointmentId);
    return answer(reply, shown, { version: shown.version });
  }

  /** Another time, another place, or with somebody else of your structure. */
  @Post(':aid/move')
  @HttpCode(200)
  @Requires('case.write')
  move(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Body() { text, privateNote, ...changes }: MoveAppointmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'move', changes, text, privateNote });
  }

  /** Calls an appointment of your structure off, for as long as it is planned, also when your part in the case has ended. */
  @Post(':aid/cancel')
  @HttpCode(200)
  @Requires('case.write')
  cancel(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Body() body: CancelAppointmentBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'cancel', ...body });
  }

  /** The resident did not come; once its time has come. */
  @Post(':aid/miss')
  @HttpCode(200)
  @Requires('case.write')
  miss(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'miss' });
  }

  /** It was marked as missed by mistake: planned again, as it stood. */
  @Post(':aid/miss/undo')
  @HttpCode(200)
  @Requires('case.write')
  undoMiss(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'undo-miss' });
  }

  /** The resident asked to be reminded, by their own mail the day before: when, where and with whom, and nothing else. They then hear of a change, too. */
  @Post(':aid/reminder')
  @HttpCode(200)
  @Requires('case.write')
  askReminder(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Body() { email }: AskReminderBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'reminder', email });
  }

  /** The resident is not reminded of it, and told nothing more. */
  @Post(':aid/reminder/revoke')
  @HttpCode(200)
  @Requires('case.write')
  revokeReminder(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @IdParam('aid') appointmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppointmentShown> {
    return this.change(reply, caller, caseId, appointmentId, { verb: 'revoke-reminder' });
  }

  private async change(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    appointmentId: string,
    change: AppointmentChange,
  ): Promise<AppointmentShown> {
    const { result, ...done } = await this.commands.execute(
      new ChangeAppointment(caller, { caseId, appointmentId, ifMatch: caller.ifMatch }, change),
    );
    return this.done(reply, caller, result.caseId, { id: appointmentId, ...done });
  }

  private done(
    reply: FastifyReply,
    caller: Caller,
    caseId: string,
    how: Answer & { id: string; rows?: Rows },
  ): Promise<AppointmentShown> {
    return answerDone(reply, how, (rows) =>
      wherever(caseId, rows, (id, read) => this.queries.one(caller, id, how.id, read)),
    );
  }
}

@ApiTags('appointments')
@Controller('appointments')
export class AppointmentListsController {
  constructor(private readonly queries: AppointmentsQueries) {}

  /** What your structure has agreed on, across its cases, soonest first; the resident's name where your structure takes part in the case. */
  @Get()
  @Requires('session.read')
  listAppointments(@SignedIn() caller: Caller, @Query() query: AppointmentsQuery): Promise<AppointmentsPage> {
    return this.queries.ofStructure(caller, query);
  }
}

import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { UsersModule } from '@fil-rouge/users';
import { appointmentsHandlers } from './appointment/appointments.commands';
import { AppointmentListsController, AppointmentsController } from './appointment/appointments.controller';
import { AppointmentsQueries } from './appointment/appointments.queries';
import { anonymousSessionsHandlers } from './anonymous-session/anonymous-sessions.commands';
import { AnonymousSessionsController } from './anonymous-session/anonymous-sessions.controller';
import { AnonymousSessionsQueries } from './anonymous-session/anonymous-sessions.queries';
import { AttachmentFiles } from './attachment/attachment-files.service';
import { attachmentsHandlers } from './attachment/attachments.commands';
import { SessionAttachmentsController } from './attachment/attachments.controller';
import { AttachmentsQueries } from './attachment/attachments.queries';
import { AuditController } from './audit/audit.controller';
import { AuditFinding } from './audit/audit-finding.queries';
import { AuditQueries } from './audit/audit.queries';
import { AuditReadingsController } from './audit/audit-readings.controller';
import { CalendarsController, OwnCalendarController } from './calendar/calendars.controller';
import { CalendarsQueries } from './calendar/calendars.queries';
import { CaseHooks } from './case/case.hooks';
import { casesHandlers } from './case/cases.commands';
import { CasesController } from './case/cases.controller';
import { CaseCountsQueries } from './case/case-counts.queries';
import { CasesQueries } from './case/cases.queries';
import { DuplicateHints, HintSettings } from './case/duplicate-hints.service';
import { EraseCaseHandler } from './case/erasure.commands';
import { eliminationsHandlers } from './elimination/eliminations.commands';
import { EliminationsController } from './elimination/eliminations.controller';
import { EliminationsQueries } from './elimination/eliminations.queries';
import { EntriesQueries } from './entry/entries.queries';
import { ExportsController } from './export/exports.controller';
import { ExportsQueries } from './export/exports.queries';
import { ExportFiles } from './export/export-files.service';
import { ExportLines } from './export/export-lines.service';
import { goalsHandlers } from './goal/goals.commands';
import { GoalsController } from './goal/goals.controller';
import { GoalsQueries } from './goal/goals.queries';
import { outsideHandlers } from './outside/outside-referrals.commands';
import { AnswerLinksController, OutsideAnswersController } from './outside/answer-links.controller';
import { answerLinkHandlers } from './outside/answer-links.commands';
import { OutsideAnswers } from './outside/outside-answers.service';
import { OutsideController } from './outside/outside-referrals.controller';
import { OutsideQueries } from './outside/outside-referrals.queries';
import { MergedRecords } from './merge/merged-records.interceptor';
import { Resemblances } from './case/resemblance.service';
import { mergesHandlers } from './merge/merges.commands';
import { MergesController } from './merge/merges.controller';
import { objectionsHandlers } from './case/objections.commands';
import { sessionsHandlers } from './session/sessions.commands';
import { notesHandlers } from './note/notes.commands';
import { NotesController } from './note/notes.controller';
import { NotesQueries } from './note/notes.queries';
import { placesHandlers } from './place/places.commands';
import { PlacesController } from './place/places.controller';
import { PlacesQueries } from './place/places.queries';
import { KeepCaseHandler } from './retention/keeping.commands';
import { RetentionController } from './retention/retention.controller';
import { RetentionQueries } from './retention/retention.queries';
import { SessionListsController } from './session/session-lists.controller';
import { SessionListsQueries } from './session/session-lists.queries';
import { SessionPresetsQueries } from './session/session-presets.queries';
import { sessionTagsHandlers } from './session/session-tags.commands';
import { SessionTagsController } from './session/session-tags.controller';
import { SessionTagsQueries } from './session/session-tags.queries';
import { SessionsController } from './session/sessions.controller';
import { SessionsQueries } from './session/sessions.queries';
import { TimelineQueries } from './timeline/timeline.queries';
import { RecordCheck } from './audit/record-check.service';
import { Verifications } from './audit/verifications.service';
import { workshopsHandlers } from './workshop/workshops.commands';
import { workshopsCorrectingHandlers } from './workshop/workshops.correcting.commands';
import { WorkshopsController } from './workshop/workshops.controller';
import { WorkshopsQueries } from './workshop/workshops.queries';

/** Residents' cases, sessions, workshops, the timeline. Needs the platform's global providers; global itself, for the parts that are shown above. */
@Global()
@Module({
  imports: [CqrsModule, UsersModule],
  controllers: [
    CasesController,
    RetentionController,
    EliminationsController,
    ExportsController,
    SessionsController,
    SessionTagsController,
    SessionListsController,
    SessionAttachmentsController,
    AnonymousSessionsController,
    NotesController,
    AppointmentsController,
    AppointmentListsController,
    GoalsController,
    OutsideController,
    AnswerLinksController,
    OutsideAnswersController,
    OwnCalendarController,
    CalendarsController,
    PlacesController,
    MergesController,
    WorkshopsController,
    AuditReadingsController,
    AuditController,
  ],
  providers: [
    EraseCaseHandler,
    KeepCaseHandler,
    ...casesHandlers,
    ...objectionsHandlers,
    ...sessionsHandlers,
    ...anonymousSessionsHandlers,
    ...notesHandlers,
    ...attachmentsHandlers,
    ...appointmentsHandlers,
    ...goalsHandlers,
    ...outsideHandlers,
    ...answerLinkHandlers,
    ...placesHandlers,
    ...workshopsHandlers,
    ...workshopsCorrectingHandlers,
    ...mergesHandlers,
    { provide: APP_INTERCEPTOR, useClass: MergedRecords },
    CasesQueries,
    RetentionQueries,
    EliminationsQueries,
    ...eliminationsHandlers,
    CaseCountsQueries,
    AuditQueries,
    AuditFinding,
    RecordCheck,
    Verifications,
    EntriesQueries,
    SessionsQueries,
    SessionTagsQueries,
    ...sessionTagsHandlers,
    SessionListsQueries,
    ExportsQueries,
    ExportFiles,
    ExportLines,
    SessionPresetsQueries,
    AnonymousSessionsQueries,
    NotesQueries,
    AttachmentFiles,
    AttachmentsQueries,
    AppointmentsQueries,
    CalendarsQueries,
    GoalsQueries,
    OutsideQueries,
    OutsideAnswers,
    PlacesQueries,
    TimelineQueries,
    WorkshopsQueries,
    CaseHooks,
    DuplicateHints,
    Resemblances,
  ],
  exports: [
    AppointmentsQueries,
    AttachmentFiles,
    CasesQueries,
    ExportFiles,
    ExportLines,
    TimelineQueries,
    Verifications,
  ],
})
export class CasesModule {
  static for({ duplicateHintsPerDay }: { readonly duplicateHintsPerDay: number }): DynamicModule {
    return {
      module: CasesModule,
      providers: [{ provide: HintSettings, useValue: new HintSettings(duplicateHintsPerDay) }],
    };
  }
}

import type { Library } from '@fil-rouge/platform';
import { Appointment } from './appointment/appointment.entity';
import { appointmentSlice } from './appointment/appointment.slice';
import { anonymousSessionSlice } from './anonymous-session/anonymous-session';
import { AnonymousSession } from './anonymous-session/anonymous-session.entity';
import { Attachment, AttachmentPart } from './attachment/attachment.entity';
import { attachmentSlice } from './attachment/attachment.slice';
import { AttachmentLeftovers } from './attachment/attachment-leftovers.service';
import { VerificationEntity } from './audit/verification.entity';
import { VerifyAll } from './audit/verifications.service';
import { CalendarAddress } from './calendar/calendar.entity';
import { CaseAccess, CaseFile, CaseMerge, LeadPeriod, Resemblance, SearchDue, SearchToken } from './case/case.entity';
import { caseSlice } from './case/case.slice';
import { ErasureLedger } from './case/erasure-ledger.service';
import { SearchWords } from './case/search-words.service';
import { EliminationLine, EliminationSlip } from './elimination/elimination.entity';
import { registerSlice } from './elimination/elimination.slice';
import { Eliminations } from './elimination/eliminations.consumer';
import { CasesModule } from './cases.module';
import { ExportEntity, ExportPart } from './export/export.entity';
import { MakeExports } from './export/export-runs.service';
import { Goal } from './goal/goal.entity';
import { goalSlice } from './goal/goal.slice';
import { casesMigrations } from './migrations';
import { NoteEntry } from './note/note.entity';
import { placeSlice } from './place/place';
import { OutsideReferral } from './outside/outside.entity';
import { outsideSlice } from './outside/outside.slice';
import { Place } from './place/place.entity';
import { noticeSlice } from './retention/notice';
import { ErasureNotice } from './retention/notice.entity';
import { ErasureNotices } from './retention/notices.service';
import { accesses } from './schema/access.sql';
import { appointments, reminders } from './schema/appointment.sql';
import { anonymousSessions } from './schema/anonymous-session.sql';
import { attachments } from './schema/attachment.sql';
import { calendars } from './schema/calendar.sql';
import { cases } from './schema/case.sql';
import { eliminations } from './schema/elimination.sql';
import { exportFiles } from './schema/export.sql';
import { goals } from './schema/goal.sql';
import { merges } from './schema/merge.sql';
import { notes } from './schema/note.sql';
import { outside } from './schema/outside.sql';
import { pieces } from './schema/piece.sql';
import { places } from './schema/place.sql';
import { resemblances } from './schema/resemblance.sql';
import { retention } from './schema/retention.sql';
import { search } from './schema/search.sql';
import { sessions } from './schema/session.sql';
import { verifications } from './schema/verification.sql';
import { SessionEntry, SessionTags, Workshop } from './session/session.entity';
import { workshopSlice } from './workshop/workshop';
import { casesSentences } from './cases.french';

/** Residents' cases, sessions, workshops, timeline, audit. */
export const casesLibrary: Library = {
  name: 'cases',
  french: casesSentences,
  module: (settings) => CasesModule.for(settings),
  slices: [
    caseSlice,
    appointmentSlice,
    goalSlice,
    outsideSlice,
    attachmentSlice,
    noticeSlice,
    workshopSlice,
    placeSlice,
    registerSlice,
    anonymousSessionSlice,
  ],
  entities: [
    CaseFile,
    CaseAccess,
    CaseMerge,
    LeadPeriod,
    Resemblance,
    SearchDue,
    SearchToken,
    SessionEntry,
    SessionTags,
    AnonymousSession,
    NoteEntry,
    Appointment,
    CalendarAddress,
    Goal,
    OutsideReferral,
    Attachment,
    AttachmentPart,
    ErasureNotice,
    EliminationSlip,
    EliminationLine,
    Place,
    Workshop,
    VerificationEntity,
    ExportEntity,
    ExportPart,
  ],
  journal: [
    'case.list',
    'case.read',
    'case.sheet',
    'case.search',
    'case.duplicates',
    'retention.list',
    'elimination.list',
    'elimination.read',
    'case.timeline',
    'case.session',
    'case.note',
    'case.attachments',
    'case.attachment',
    'case.appointments',
    'case.appointment',
    'appointment.list',
    'case.goals',
    'case.goal',
    'case.progress',
    'case.find',
    'case.outside-referrals',
    'case.outside-referral',
    'case.outside-sheet',
    'outside-referral.list',
    'calendar.renewed',
    'calendar.revoked',
    'session.list',
    'session.preset',
    'session.export',
    'export.asked',
    'export.file',
    'export.removed',
    'case.audit-reading',
    'case.verification',
    'workshop.list',
    'workshop.read',
  ],
  consumers: [Eliminations],
  chores: [VerifyAll, SearchWords, AttachmentLeftovers, ErasureLedger, ErasureNotices, MakeExports],
  // What a backup holds of them may name somebody who was erased since.
  restored: [
    'delete from export where $1::timestamptz is not null',
    'delete from export_part where $1::timestamptz is not null',
  ],
  migrations: casesMigrations,
  texts: [
    ...accesses,
    ...cases,
    ...pieces,
    ...merges,
    ...resemblances,
    ...retention,
    ...eliminations,
    ...sessions,
    ...anonymousSessions,
    ...notes,
    ...appointments,
    ...reminders,
    ...calendars,
    ...goals,
    ...outside,
    ...attachments,
    ...places,
    ...search,
    ...verifications,
    ...exportFiles,
  ],
};

export { checkInformed, checkThemes, informedProblem } from './checks.decider';
export {
  caseWrites,
  isCaseEvent,
  grantsOf,
  initialCase,
  objectsTo,
  participationOf,
  takesPart,
  type AccessChange,
  type CaseEventData,
  type CaseRecord,
  type CaseState,
  type FirstName,
  type Former,
  type Grant,
  type Identity,
  type Objection,
  type OpenedGrant,
  type Participation,
  type Profile,
  type SessionFields,
  type TakenOver,
} from './case/case';
export { evolveCase } from './case/case.fold';
export { registerId } from './elimination/elimination';
export { ErasureNotices } from './retention/notices.service';
export { ErasureLedger } from './case/erasure-ledger.service';
export { close as closeCase, type Closing } from './case/case.decider';
export { type AttachmentEventData, type AttachmentRow } from './attachment/attachment';
export { AttachmentLeftovers } from './attachment/attachment-leftovers.service';
export { AttachmentFiles } from './attachment/attachment-files.service';
export {
  attached,
  nameOf as nameOfFile,
  noRoom,
  roomFor,
  saying,
  type Attaching,
  type Removing,
} from './attachment/attachment.decider';
export { AttachmentShown, AttachmentsShown, filesActions, RemoveAttachmentBody } from './attachment/attachments.dto';
export { shownOn } from './attachment/attachments.queries';
export { attachmentShown, type AttachmentRead } from './attachment/attachments.sql';
export { isAppointmentEvent } from './appointment/appointment';
export { invitationOf, whereOf } from './calendar/calendar.view';
export { answerToken } from './outside/answer-links.service';
export { isOutsideEvent } from './outside/outside';
export { type AddressBox, type Box } from './entry/on-case.sql';
export { CaseInserts, type CaseInsert, type Insert, type WholeInsert } from './case/case.hooks';
export {
  doers,
  extentOf,
  graceDays,
  horizonsOf,
  isWorkflow,
  lateVerbs,
  maySee,
  maySeeEvent,
  readers,
  sight,
  viewOf,
  watches,
  type Extent,
  type GrantRow,
  type Horizons,
  type Reader,
  type SeenEvent,
  type Subject,
  type View,
} from './case/case.policy';
export { endedByMerge } from './merge/merge.decider';
export { ledMerged } from './merge/merge.objections';
export { CasesQueries } from './case/cases.queries';
export { Comment, Commune, Day, Id, Ids, longText, Optional, Removable, Text, Themes } from './fields.dto';
export { casesLibrary } from './cases.library';
export { personNamed, pieceOfEvent, residentNamed, structureNamed, type Named } from './case/names.sql';
export { nameOf, type SealedName } from './case/resident-name.view';
export { CaseSummary, ResidentNamed } from './case/cases.responses.dto';
export { InformedBody } from './case/resident.dto';
export { TimelineQueries } from './timeline/timeline.queries';
export { TimelineEntry, TimelinePage } from './timeline/timeline.dto';
export { RecordCheck, type Found } from './audit/record-check.service';
export { VerifyAll } from './audit/verifications.service';
export type { WorkshopEventData, WorkshopFields, WorkshopRecord } from './workshop/workshop';
export { AppointmentOfStructure } from './appointment/appointments.dto';
export { AppointmentsQueries } from './appointment/appointments.queries';

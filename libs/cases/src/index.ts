import type { Type } from '@nestjs/common';
import type { Slice } from '@fil-rouge/kernel';
import type { Chore } from '@fil-rouge/platform';
import { CaseAccess, CaseFile, CaseMerge, LeadPeriod, SearchToken } from './case.entity';
import { caseSlice } from './case.slice';
import { SessionEntry, Workshop } from './session.entity';
import { VerificationEntity } from './verification.entity';
import { VerifyAll } from './verifications.service';
import { workshopSlice } from './workshop';

export {
  caseWrites, evolveCase, grantsOf, initialCase, objectsTo, participationOf, type AccessChange, type CaseEventData, type CaseRecord, type CaseState, type FirstName,
  type Former, type Grant, type Identity, type Objection, type OpenedGrant, type Participation, type Profile, type SessionFields, type TakenOver,
} from './case';
export { close as closeCase, type Closing } from './case.decider';
export { CaseInserts, ClosingRule, MergingRule, type CaseInsert, type WholeInsert } from './case.hooks';
export {
  doers, extentOf, formerLeadDays, horizonsOf, isWorkflow, maySee, maySeeEvent, readers, sight, viewOf, watches,
  type Extent, type GrantRow, type Horizons, type Reader, type SeenEvent, type Subject, type View,
} from './case.policy';
export { endedByMerge } from './merge.decider';
export { ledMerged } from './merge.objections';
export { CasesModule } from './cases.module';
export { CasesQueries } from './cases.queries';
export { Commune, Day, Id, Ids, longText, Optional, Removable, Text, Themes } from './fields';
export { casesMigrations } from './migrations';
export { personNamed, pieceOfEvent, structureNamed, type Named } from './names.sql';
export { InformedBody } from './resident.dto';
export { TimelineQueries } from './timeline.queries';
export { TimelineEntry, TimelinePage } from './timeline.dto';
export { VerifyAll } from './verifications.service';
export type { WorkshopEventData, WorkshopFields, WorkshopRecord } from './workshop';

export const casesSlices: readonly Slice[] = [caseSlice, workshopSlice];
export const casesEntities = [CaseFile, CaseAccess, CaseMerge, LeadPeriod, SearchToken, SessionEntry, Workshop, VerificationEntity];
/** What the worker looks at with every tick. */
export const casesChores: readonly Type<Chore>[] = [VerifyAll];

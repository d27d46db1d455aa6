import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditController } from './audit.controller';
import { AuditQueries } from './audit.queries';
import { AuditReadingsController } from './audit-readings.controller';
import { CaseHooks } from './case.hooks';
import { casesHandlers } from './cases.commands';
import { CasesController } from './cases.controller';
import { CasesQueries } from './cases.queries';
import { EraseCaseHandler } from './erasure.commands';
import { MergedRecords } from './merged-records.interceptor';
import { mergesHandlers } from './merges.commands';
import { MergesController } from './merges.controller';
import { objectionsHandlers } from './objections.commands';
import { sessionsHandlers } from './sessions.commands';
import { SessionsController } from './sessions.controller';
import { SessionsQueries } from './sessions.queries';
import { TimelineQueries } from './timeline.queries';
import { Verifications } from './verifications.service';
import { workshopsHandlers } from './workshops.commands';
import { WorkshopsController } from './workshops.controller';
import { WorkshopsQueries } from './workshops.queries';

/** Residents' cases, sessions, workshops, the timeline. Needs the platform's global providers. */
@Module({
  imports: [CqrsModule],
  controllers: [CasesController, SessionsController, MergesController, WorkshopsController, AuditReadingsController, AuditController],
  providers: [
    EraseCaseHandler, ...casesHandlers, ...objectionsHandlers, ...sessionsHandlers, ...workshopsHandlers,
    ...mergesHandlers, { provide: APP_INTERCEPTOR, useClass: MergedRecords },
    CasesQueries, AuditQueries, Verifications, SessionsQueries, TimelineQueries, WorkshopsQueries, CaseHooks,
  ],
  exports: [CasesQueries, TimelineQueries, Verifications],
})
export class CasesModule {}

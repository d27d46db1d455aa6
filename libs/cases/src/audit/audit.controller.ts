import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import {
  AuditEntriesQuery,
  type AuditEntryPage,
  type CaseVerificationDto,
  type VerificationRunDto,
  type VerificationRunPage,
} from './audit.dto';
import { AuditQueries } from './audit.queries';
import { Verifications } from './verifications.service';

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly entries: AuditQueries,
    private readonly verifications: Verifications,
  ) {}

  /** Every command, refusal, sign-in, read of a case and export, newest first, without content. */
  @Get('entries')
  @Requires('audit.read')
  listAuditEntries(@SignedIn() caller: Caller, @Query() query: AuditEntriesQuery): Promise<AuditEntryPage> {
    return this.entries.list(caller, query);
  }

  /** Chain intact, numbered without a hole, a lead at every instant? */
  @Get('cases/:id/verification')
  @Requires('audit.read')
  verifyCase(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<CaseVerificationDto> {
    return this.verifications.ofCase(caller, id);
  }

  /** Starts the same over every record; the worker does it in steps. */
  @Post('verifications')
  @HttpCode(202)
  @Requires('audit.read')
  async verifyAllCases(
    @SignedIn() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationRunDto> {
    const { run, replayed } = await this.verifications.start(caller);
    void reply.header('Location', `/v1/audit/verifications/${run.id}`);
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return run;
  }

  /** Those that were asked for, newest first: when, by whom, what they found. */
  @Get('verifications')
  @Requires('audit.read')
  listVerifications(@SignedIn() caller: Caller, @Query() query: PageQuery): Promise<VerificationRunPage> {
    return this.verifications.list(caller, query);
  }

  /** How far it is, counts and the first offenders. */
  @Get('verifications/:id')
  @Requires('audit.read')
  readVerification(@SignedIn() caller: Caller, @IdParam('id') id: string): Promise<VerificationRunDto> {
    return this.verifications.read(caller, id);
  }
}

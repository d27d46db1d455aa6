import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, PageQuery, Refuses, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { FindingBody, FoundCases } from './audit-finding.dto';
import { AuditFinding } from './audit-finding.queries';
import { ReadingBody, ReadingPage } from '../timeline/timeline.dto';
import { TimelineQueries } from '../timeline/timeline.queries';

@ApiTags('audit')
@Controller('audit/cases')
export class AuditReadingsController {
  constructor(
    private readonly timelines: TimelineQueries,
    private readonly finding: AuditFinding,
  ) {}

  /** Finds the case of a resident who asks about it, in the whole network, by name, birth year, phone or e-mail; each search is in the journal, with its reason. */
  @Post('search')
  @Refuses('too-many-requests')
  @HttpCode(200)
  @Requires('audit.read')
  findCase(@SignedIn() caller: Caller, @Body() body: FindingBody): Promise<FoundCases> {
    return this.finding.find(caller, body);
  }

  /** The resident and the record with its texts, without private notes, for a reason; each page that is read is an entry of the journal. */
  @Post(':id/readings')
  @HttpCode(200)
  @Requires('audit.read')
  readAsAuditor(
    @SignedIn() caller: Caller,
    @IdParam('id') caseId: string,
    @Body() body: ReadingBody,
    @Query() query: PageQuery,
  ): Promise<ReadingPage> {
    return this.timelines.reading(caller, caseId, body, query);
  }
}

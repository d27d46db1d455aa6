import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { ReadingBody, ReadingPage } from '../timeline/timeline.dto';
import { TimelineQueries } from '../timeline/timeline.queries';

@ApiTags('audit')
@Controller('audit/cases/:id/readings')
export class AuditReadingsController {
  constructor(private readonly timelines: TimelineQueries) {}

  /** The resident and the record with its texts, without private notes, for a reason; each page that is read is an entry of the journal. */
  @Post()
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

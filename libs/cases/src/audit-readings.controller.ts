import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, PageQuery, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { ReadingBody, TimelinePage } from './timeline.dto';
import { TimelineQueries } from './timeline.queries';

@ApiTags('audit')
@Controller('audit/cases/:id/readings')
export class AuditReadingsController {
  constructor(private readonly timelines: TimelineQueries) {}

  /** The record with its texts, without private notes, for a reason; each page that is read is an entry of the journal. */
  @Post()
  @HttpCode(200)
  @Requires('audit.read')
  read(@SignedIn() caller: Caller, @IdParam('id') caseId: string, @Body() body: ReadingBody, @Query() query: PageQuery): Promise<TimelinePage> {
    return this.timelines.reading(caller, caseId, body, query);
  }
}

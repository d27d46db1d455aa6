import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { RetentionQuery, type RetentionPage } from './retention.dto';
import { RetentionQueries } from './retention.queries';

@ApiTags('cases')
@Controller('retention')
export class RetentionController {
  constructor(private readonly queries: RetentionQueries) {}

  /** What is kept for as long as it may be, by a day: which records, or which parts of structures, why and since when; the oldest first and without a name. Nothing is erased by it. */
  @Get()
  @Requires('case.erase')
  listRetention(@SignedIn() caller: Caller, @Query() query: RetentionQuery): Promise<RetentionPage> {
    return this.queries.list(caller, query);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { ContinuityQuery, ContinuityResponse } from './continuity.dto';
import { ContinuityQueries } from './continuity.queries';

@ApiTags('statistics')
@Controller('statistics/continuity')
export class ContinuityController {
  constructor(private readonly queries: ContinuityQueries) {}

  /** Whether the thread holds, in numbers: what is open and whom it waits for; how long answers took, how referrals and handovers ended, and what nobody took where. Of your structure, of the territory or the network: there by quarters, and nothing about fewer than five people. */
  @Get()
  @Requires('statistics.read')
  readContinuity(@SignedIn() caller: Caller, @Query() query: ContinuityQuery): Promise<ContinuityResponse> {
    return this.queries.continuity(caller, query);
  }
}

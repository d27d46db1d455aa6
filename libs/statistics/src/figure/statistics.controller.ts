import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { StatisticsQuery, StatisticsResponse } from './statistics.dto';
import { StatisticsQueries } from './statistics.queries';

@ApiTags('statistics')
@Controller('statistics')
export class StatisticsController {
  constructor(private readonly queries: StatisticsQueries) {}

  /** What was done in a period, in numbers and with what they mean: by you, by your structure, or, for whoever watches, in the territory or the network, where nothing is told of fewer than five people. */
  @Get()
  @Requires('statistics.read')
  readStatistics(@SignedIn() caller: Caller, @Query() query: StatisticsQuery): Promise<StatisticsResponse> {
    return this.queries.figures(caller, query);
  }
}

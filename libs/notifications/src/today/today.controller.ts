import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { BadgesResponse, TodayResponse } from './today.dto';
import { TodayQueries } from './today.queries';

@ApiTags('today')
@Controller('today')
export class TodayController {
  constructor(private readonly queries: TodayQueries) {}

  /** My day in one answer: what is due, with names; what happened that I have not read; the cases I lead in which nothing has happened for long. */
  @Get()
  @Requires('task.read')
  readToday(@SignedIn() caller: Caller): Promise<TodayResponse> {
    return this.queries.day(caller);
  }

  /** The numbers alone, for badges: what I must do, what of it is late, what I have not read. */
  @Get('badges')
  @Requires('task.read')
  readBadges(@SignedIn() caller: Caller): Promise<BadgesResponse> {
    return this.queries.badges(caller);
  }
}

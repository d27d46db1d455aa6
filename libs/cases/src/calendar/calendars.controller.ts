import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Cacheable, Public, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { CalendarAddressShown } from './calendars.dto';
import { CalendarsQueries } from './calendars.queries';

@ApiTags('appointments')
@Controller('me/calendar')
export class OwnCalendarController {
  constructor(private readonly calendars: CalendarsQueries) {}

  /** Makes the secret address under which your calendar finds your planned appointments; the one before answers no more. */
  @Post()
  @HttpCode(200)
  @Requires('session.read')
  renewCalendar(@SignedIn() caller: Caller): Promise<CalendarAddressShown> {
    return this.calendars.renew(caller);
  }

  /** Your address answers no more. */
  @Delete()
  @HttpCode(204)
  @Requires('session.read')
  revokeCalendar(@SignedIn() caller: Caller): Promise<void> {
    return this.calendars.revoke(caller);
  }
}

@ApiTags('appointments')
@Controller('calendars')
export class CalendarsController {
  constructor(private readonly calendars: CalendarsQueries) {}

  /** The planned appointments of whoever made this address, `….ics`: 30 days back, 180 ahead, without anything about a resident. */
  @Get(':file')
  @Public()
  @Cacheable(0)
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string' } })
  readCalendar(@Param('file') file: string): Promise<string> {
    return this.calendars.calendar(file);
  }
}

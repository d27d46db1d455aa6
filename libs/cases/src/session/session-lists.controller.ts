import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { SessionsPage, SessionsQuery } from './session-lists.dto';
import { SessionListsQueries } from './session-lists.queries';

@ApiTags('sessions')
@Controller('sessions')
export class SessionListsController {
  constructor(private readonly queries: SessionListsQueries) {}

  /** What your structure has done, across its cases, newest day first; the resident's name where your structure takes part in the case. */
  @Get()
  @Requires('session.read')
  list(@SignedIn() caller: Caller, @Query() query: SessionsQuery): Promise<SessionsPage> {
    return this.queries.list(caller, query);
  }
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Refuses, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { SessionsPage, SessionsQuery } from './session-lists.dto';
import { SessionListsQueries } from './session-lists.queries';
import { PresetQuery, SessionPreset } from './session-presets.dto';
import { SessionPresetsQueries } from './session-presets.queries';

@ApiTags('sessions')
@Controller('sessions')
export class SessionListsController {
  constructor(
    private readonly queries: SessionListsQueries,
    private readonly presets: SessionPresetsQueries,
  ) {}

  /** What your structure has done, across its cases, newest day first; the resident's name where your structure takes part in the case. */
  @Get()
  @Requires('session.read')
  listSessions(@SignedIn() caller: Caller, @Query() query: SessionsQuery): Promise<SessionsPage> {
    return this.queries.list(caller, query);
  }

  /** What a new session's form begins with: as you last did, as you last did at a place, as an earlier session, or as an appointment; dated today or on that day, without texts. */
  @Get('preset')
  @Refuses('not-found')
  @Requires('session.read')
  presetSession(@SignedIn() caller: Caller, @Query() query: PresetQuery): Promise<SessionPreset> {
    return this.presets.one(caller, query);
  }
}

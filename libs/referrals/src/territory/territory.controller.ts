import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { TerritoryResponse } from './territory.dto';
import { TerritoryQueries } from './territory.queries';

@ApiTags('referrals')
@Controller('territory')
export class TerritoryController {
  constructor(private readonly queries: TerritoryQueries) {}

  /** The referrals of the territory you coordinate, or of the structure you manage, at a glance: numbers by structure, commune and theme, and what has to be decided first. No resident is named, but beside a manager's own tasks. */
  @Get()
  @Requires('territory.read')
  readTerritory(@SignedIn() caller: Caller): Promise<TerritoryResponse> {
    return this.queries.glance(caller);
  }
}

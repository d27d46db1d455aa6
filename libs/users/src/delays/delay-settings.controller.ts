import { Body, Controller, Get, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import {
  answer,
  cursorOf,
  IdParam,
  limitOf,
  PageQuery,
  pageOf,
  Requires,
  SignedIn,
  type Caller,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { networkId } from '../network/network-record';
import { ChangeNetworkDelays, ChangeStructureDelays } from './delay-settings.commands';
import { DelayChangeResponse, DelayChangesPage } from './delay-changes.dto';
import { DelaysBody, DelaysResponse } from './delay-settings.dto';
import { changesKey, DelaySettingsQueries } from './delay-settings.queries';

@ApiTags('Settings')
@Controller()
export class DelaySettingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: DelaySettingsQueries,
  ) {}

  /** The delays of the whole network. */
  @Get('settings/delays')
  @Requires('delays.set')
  async readNetworkDelays(
    @SignedIn() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelaysResponse> {
    const delays = await this.queries.ofNetwork(caller);
    return answer(reply, delays, { version: delays.version });
  }

  /** Replaces them. Whatever began before keeps what it was promised. */
  @Put('settings/delays')
  @Requires('delays.set')
  async changeNetworkDelays(
    @SignedIn() caller: Caller,
    @Body() body: DelaysBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelaysResponse> {
    await this.commands.execute(new ChangeNetworkDelays(caller, { ...body }));
    return this.readNetworkDelays(caller, reply);
  }

  /** Who set which delays of the network when, and what was set before; newest first. */
  @Get('settings/delays/changes')
  @Requires('delays.set')
  listNetworkDelayChanges(@SignedIn() caller: Caller, @Query() query: PageQuery): Promise<DelayChangesPage> {
    return this.changesOf(caller, networkId, query);
  }

  /** The same of one structure's own. */
  @Get('structures/:id/delays/changes')
  @Requires('delays.set')
  listStructureDelayChanges(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Query() query: PageQuery,
  ): Promise<DelayChangesPage> {
    return this.changesOf(caller, id, query);
  }

  /** The delays of one structure: for what it is asked, and for the cases it leads. */
  @Get('structures/:id/delays')
  @Requires('delays.set')
  async readStructureDelays(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelaysResponse> {
    const delays = await this.queries.ofStructure(caller, id);
    return answer(reply, delays, { version: delays.version });
  }

  /** Replaces them; an empty body makes the structure follow the network again. */
  @Put('structures/:id/delays')
  @Requires('delays.set')
  async changeStructureDelays(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: DelaysBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DelaysResponse> {
    await this.commands.execute(new ChangeStructureDelays(caller, id, { ...body }));
    return this.readStructureDelays(caller, id, reply);
  }

  private async changesOf(caller: Caller, id: Uuid, query: PageQuery): Promise<DelayChangesPage> {
    const rows = await this.queries.changes(caller, id, query, cursorOf(query));
    return pageOf(rows, limitOf(query), changesKey, (row) => DelayChangeResponse.from(row));
  }
}

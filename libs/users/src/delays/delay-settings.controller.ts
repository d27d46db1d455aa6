import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answer, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { ChangeNetworkDelays, ChangeStructureDelays } from './delay-settings.commands';
import { DelaysBody, DelaysResponse } from './delay-settings.dto';
import { DelaySettingsQueries } from './delay-settings.queries';

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
}

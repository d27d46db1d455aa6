import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answer, answerDone, IdParam, Requires, SignedIn, type Answer, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { ChangePlace, OpenPlace, type PlaceChange } from './places.commands';
import { CorrectPlaceBody, OpenPlaceBody, PlaceShown, PlacesPage, PlacesQuery } from './places.dto';
import { PlacesQueries } from './places.queries';

@ApiTags('places')
@Controller('places')
export class PlacesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: PlacesQueries,
  ) {}

  /** Where your structure receives, or another one: the places you use most first, then by name. */
  @Get()
  @Requires('structure.read')
  list(@SignedIn() caller: Caller, @Query() query: PlacesQuery): Promise<PlacesPage> {
    return this.queries.list(caller, query);
  }

  /** One place, also when it has closed. */
  @Get(':id')
  @Requires('structure.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') placeId: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceShown> {
    const shown = await this.queries.one(caller, placeId);
    return answer(reply, shown, { version: shown.version });
  }

  /** Adds a place to those of your structure. */
  @Post()
  @Requires('place.manage')
  async open(
    @SignedIn() caller: Caller,
    @Body() { communeName: _, ...fields }: OpenPlaceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceShown> {
    const {
      result: { placeId },
      replayed,
    } = await this.commands.execute(new OpenPlace(caller, fields));
    return this.done(caller, reply, placeId, { created: `/v1/places/${placeId}`, replayed });
  }

  /** Corrects what is said of a place; sessions keep the name under which they were recorded. */
  @Post(':id/corrections')
  @HttpCode(200)
  @Requires('place.manage')
  correct(
    @SignedIn() caller: Caller,
    @IdParam('id') placeId: Uuid,
    @Body() { communeName: _, ...changes }: CorrectPlaceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceShown> {
    return this.change(caller, reply, placeId, { verb: 'correct', changes });
  }

  /** Nothing later than today is recorded there any more; what was done there stays as it is. */
  @Post(':id/close')
  @HttpCode(200)
  @Requires('place.manage')
  close(
    @SignedIn() caller: Caller,
    @IdParam('id') placeId: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceShown> {
    return this.change(caller, reply, placeId, { verb: 'close' });
  }

  /** Opens a closed place again. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Requires('place.manage')
  reopen(
    @SignedIn() caller: Caller,
    @IdParam('id') placeId: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlaceShown> {
    return this.change(caller, reply, placeId, { verb: 'reopen' });
  }

  private async change(caller: Caller, reply: FastifyReply, id: Uuid, change: PlaceChange): Promise<PlaceShown> {
    const { replayed } = await this.commands.execute(new ChangePlace(caller, id, change));
    return this.done(caller, reply, id, { replayed });
  }

  private done(caller: Caller, reply: FastifyReply, id: Uuid, how: Answer): Promise<PlaceShown> {
    return answerDone(reply, { id, ...how }, () => this.queries.one(caller, id));
  }
}

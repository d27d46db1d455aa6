import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { ChangeTags } from './tags.commands';
import { TagsBody, TagsResponse } from './tags.dto';
import { TagsQueries } from './tags.queries';

@ApiTags('Structures and people')
@Controller('structures/:id/tags')
export class TagsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tags: TagsQueries,
  ) {}

  /** The labels by which the structure sorts its own sessions. */
  @Get()
  @Requires('structure.read')
  async readTags(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TagsResponse> {
    const shown = await this.tags.tags(caller, id);
    return answer(reply, shown, { version: shown.version });
  }

  /** Says which labels there are, all of them anew. One that is left out is taken from every session that had it. */
  @Put()
  @Requires('structure.reception')
  async changeTags(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() { tags }: TagsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TagsResponse> {
    const { result: _, ...how } = await this.commands.execute(
      new ChangeTags(
        caller,
        id,
        tags.map(({ id: known, name }) => ({ ...(known && { id: known }), name })),
      ),
    );
    return answerDone(reply, { id, ...how }, (rows) => this.tags.tags(caller, id, rows));
  }
}

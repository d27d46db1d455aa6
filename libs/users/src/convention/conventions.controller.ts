import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import {
  answer,
  answerDone,
  cursorOf,
  IdParam,
  limitOf,
  pageOf,
  Requires,
  SignedIn,
  type Answer,
  type Caller,
  type Rows,
} from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import type { PostInput } from './convention.decider';
import { ChangePost, EndConvention, SignConvention } from './conventions.commands';
import {
  ConventionResponse,
  ConventionsPage,
  ConventionsQuery,
  EndConventionRequest,
  OccupyPostRequest,
  ReturnPostRequest,
  SignConventionRequest,
  VacatePostRequest,
} from './conventions.dto';
import { conventionsKey, ConventionsQueries } from './conventions.queries';

@ApiTags('Conventions and posts')
@Controller()
export class ConventionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly conventions: ConventionsQueries,
  ) {}

  /** What the State pays for: conventions with their posts, what ends first before the others. */
  @Get('conventions')
  @Requires('convention.read')
  async list(@SignedIn() caller: Caller, @Query() query: ConventionsQuery): Promise<ConventionsPage> {
    const rows = await this.conventions.list(caller, query, cursorOf(query));
    return pageOf(rows, limitOf(query), conventionsKey, (row) => ConventionResponse.from(row));
  }

  /** One convention, with all that its posts were. */
  @Get('conventions/:id')
  @Requires('convention.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    const shown = ConventionResponse.from(await this.conventions.one(caller, id));
    return answer(reply, shown, { version: shown.version });
  }

  /** Records a convention of the State with a structure; its posts are vacant until somebody holds them. */
  @Post('structures/:id/conventions')
  @Requires('convention.record')
  async sign(
    @SignedIn() caller: Caller,
    @IdParam('id') structureId: Uuid,
    @Body() body: SignConventionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    const { result, ...how } = await this.commands.execute(new SignConvention(caller, { ...body, structureId }));
    const { conventionId: id } = result;
    return this.done(caller, id, reply, { created: `/v1/conventions/${id}`, ...how });
  }

  /** It ended on another day than was agreed on. */
  @Post('conventions/:id/end')
  @HttpCode(200)
  @Requires('convention.record')
  async end(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: EndConventionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    const { result: _, ...how } = await this.commands.execute(new EndConvention(caller, id, { ...body }));
    return this.done(caller, id, reply, how);
  }

  /** Somebody holds a vacant post. */
  @Post('conventions/:id/posts/:pid/occupy')
  @HttpCode(200)
  @Requires('post.record')
  occupyPost(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('pid') postId: Uuid,
    @Body() body: OccupyPostRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    return this.change(caller, id, postId, { verb: 'occupy', ...body }, reply);
  }

  /** Nobody holds it any more: it is to be filled within six months, or goes back to the State. */
  @Post('conventions/:id/posts/:pid/vacate')
  @HttpCode(200)
  @Requires('post.record')
  vacatePost(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('pid') postId: Uuid,
    @Body() body: VacatePostRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    return this.change(caller, id, postId, { verb: 'vacate', ...body }, reply);
  }

  /** It goes back to the State, and stays there. */
  @Post('conventions/:id/posts/:pid/return')
  @HttpCode(200)
  @Requires('post.record')
  returnPost(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @IdParam('pid') postId: Uuid,
    @Body() body: ReturnPostRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConventionResponse> {
    return this.change(caller, id, postId, { verb: 'return', ...body }, reply);
  }

  private async change(
    caller: Caller,
    id: Uuid,
    postId: Uuid,
    input: PostInput,
    reply: FastifyReply,
  ): Promise<ConventionResponse> {
    const { result: _, ...how } = await this.commands.execute(new ChangePost(caller, id, postId, input));
    return this.done(caller, id, reply, how);
  }

  private done(
    caller: Caller,
    id: Uuid,
    reply: FastifyReply,
    how: Answer & { rows?: Rows },
  ): Promise<ConventionResponse> {
    return answerDone(reply, { id, ...how }, async (rows) =>
      ConventionResponse.from(await this.conventions.one(caller, id, rows)),
    );
  }
}

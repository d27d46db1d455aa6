import { Body, Controller, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
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
import { territoryOf } from '../network/communes.service';
import { PeoplePage, PeopleQuery, PersonInStructure } from '../person/people.dto';
import { PeopleQueries, peopleKey } from '../person/people.queries';
import { RenameStructureRequest, StructureWarning } from './structure-names.dto';
import {
  ChangeOffer,
  CorrectStructure,
  DecideOnStructure,
  DeclareStructure,
  RenameStructure,
} from './structures.commands';
import type { OfferInput } from './structure.decider';
import {
  CapacityRequest,
  CorrectStructureRequest,
  DeclareStructureRequest,
  DirectoryQuery,
  OfferRequest,
  StructureDecisionRequest,
} from './structures.dto';
import { DirectoryPage, StructureDetailResponse, StructureResponse } from './structures.responses.dto';
import { directoryKey, StructuresQueries } from './structures.queries';

@ApiTags('Structures and people')
@Controller('structures')
export class StructuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly structures: StructuresQueries,
    private readonly people: PeopleQueries,
  ) {}

  /** The structures of the network, by name, or from the nearest to a commune on; all of them, or those that fit the filters. */
  @Get()
  @Requires('structure.read')
  async list(@SignedIn() caller: Caller, @Query() query: DirectoryQuery): Promise<DirectoryPage> {
    const rows = await this.structures.directory(caller, query, cursorOf(query));
    return pageOf(rows, limitOf(query), directoryKey, (row) => StructureResponse.from(row));
  }

  /** One structure, with every decision on it and what it was called before. */
  @Get(':id')
  @Requires('structure.read')
  async read(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const shown = await this.shown(caller, id);
    return answer(reply, shown, { version: shown.version });
  }

  /** Who works in a structure today, by name. */
  @Get(':id/people')
  @Requires('people.read')
  async listPeople(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Query() query: PeopleQuery,
  ): Promise<PeoplePage> {
    const rows = await this.people.ofStructure(caller, id, query, cursorOf(query));
    return pageOf(rows, limitOf(query), peopleKey, (row) => PersonInStructure.from(row));
  }

  /** Adds a structure to the network; it waits for a decision. What it may be mistaken for is named in `warnings`. */
  @Post()
  @Requires('structure.declare')
  async declare(
    @SignedIn() caller: Caller,
    @Body() body: DeclareStructureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { communes, ...declared } = body;
    const { result, replayed } = await this.commands.execute(
      new DeclareStructure(caller, { ...declared, territory: territoryOf(communes) }),
    );
    return this.checked(caller, result.structureId, reply, {
      created: `/v1/structures/${result.structureId}`,
      replayed,
    });
  }

  /** What was declared by mistake, its name included: by whoever declared it until it has a manager, or an administrator. */
  @Post(':id/corrections')
  @HttpCode(200)
  @Requires('structure.correct')
  async correct(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: CorrectStructureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { communes, ...corrected } = body;
    const { replayed } = await this.commands.execute(
      new CorrectStructure(caller, id, { ...corrected, ...(communes && { territory: territoryOf(communes) }) }),
    );
    return this.checked(caller, id, reply, { replayed });
  }

  /** The structure is called otherwise from now on: everywhere, but where something stands that was done under the name before. */
  @Post(':id/rename')
  @HttpCode(200)
  @Requires('structure.decide')
  async rename(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: RenameStructureRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { result: _, ...how } = await this.commands.execute(new RenameStructure(caller, id, { ...body }));
    return this.checked(caller, id, reply, how);
  }

  /** Records a decision on the structure, and with it its new status; none is ever taken away. */
  @Post(':id/decisions')
  @HttpCode(200)
  @Requires('structure.decide')
  async decideOnStructure(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: StructureDecisionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { replayed } = await this.commands.execute(new DecideOnStructure(caller, id, { ...body }));
    return this.done(caller, id, reply, { replayed });
  }

  /** What the structure offers, or a part of it; the capacity alone by its counsellors too. */
  @Put(':id/offer')
  @Requires('structure.offer')
  async changeOffer(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: OfferRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { communes, ...offer } = body;
    return this.offer(caller, id, reply, { ...offer, ...(communes && { territory: territoryOf(communes) }) });
  }

  /** How much room there is, and nothing else of the offer: one click, for whoever receives people there. */
  @Put(':id/capacity')
  @Requires('structure.offer')
  changeCapacity(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() { capacity }: CapacityRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    return this.offer(caller, id, reply, { capacity });
  }

  private async offer(
    caller: Caller,
    id: Uuid,
    reply: FastifyReply,
    offer: OfferInput,
  ): Promise<StructureDetailResponse> {
    const { result: _, ...how } = await this.commands.execute(new ChangeOffer(caller, id, offer));
    return this.done(caller, id, reply, how);
  }

  private done(
    caller: Caller,
    id: Uuid,
    reply: FastifyReply,
    how: Answer & { rows?: Rows },
  ): Promise<StructureDetailResponse> {
    return answerDone(reply, { id, ...how }, (rows) => this.shown(caller, id, rows));
  }

  /** With what somebody may have declared a second time, or be taken in by. */
  private checked(
    caller: Caller,
    id: Uuid,
    reply: FastifyReply,
    how: Answer & { rows?: Rows },
  ): Promise<StructureDetailResponse> {
    return answerDone(reply, { id, ...how }, async (rows) => {
      const { shown, lookalikes } = await this.structures.besideOthers(caller, id, rows);
      const warnings = lookalikes.map((row) => StructureWarning.from(row));
      return { ...StructureDetailResponse.from(shown), ...(warnings.length > 0 && { warnings }) };
    });
  }

  private async shown(caller: Caller, id: Uuid, rows?: Rows): Promise<StructureDetailResponse> {
    return StructureDetailResponse.from(await this.structures.detail(caller, id, rows));
  }
}

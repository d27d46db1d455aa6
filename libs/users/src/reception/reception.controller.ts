import { Body, Controller, Get, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@fil-rouge/kernel';
import { answer, answerDone, IdParam, Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import type { FastifyReply } from 'fastify';
import { StructureDetailResponse } from '../structure/structures.responses.dto';
import { StructuresQueries } from '../structure/structures.queries';
import { ChangeLeaflet, NameContacts } from './reception.commands';
import { ContactsBody, ContactsResponse, LeafletBody } from './reception.dto';
import { ReceptionQueries } from './reception.queries';

@ApiTags('Structures and people')
@Controller('structures/:id')
export class ReceptionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly structures: StructuresQueries,
    private readonly reception: ReceptionQueries,
  ) {}

  /** The leaflet for residents, all of it anew: what the structure is for, what to bring, how to come. What is left out is taken away. */
  @Put('leaflet')
  @Requires('structure.reception')
  async changeLeaflet(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() body: LeafletBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StructureDetailResponse> {
    const { result: _, ...how } = await this.commands.execute(new ChangeLeaflet(caller, id, { ...body }));
    return answerDone(reply, { id, ...how }, async (rows) =>
      StructureDetailResponse.from(await this.structures.detail(caller, id, rows)),
    );
  }

  /** Who answers where nobody was chosen. */
  @Get('contacts')
  @Requires('people.read')
  async readContacts(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactsResponse> {
    const shown = await this.reception.contacts(caller, id);
    return answer(reply, shown, { version: shown.version });
  }

  /** Says who answers, all of it anew: somebody for each day of the week, or one person for all. Whoever leaves is passed over. */
  @Put('contacts')
  @Requires('structure.reception')
  async nameContacts(
    @SignedIn() caller: Caller,
    @IdParam('id') id: Uuid,
    @Body() { defaultId, rota = [] }: ContactsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactsResponse> {
    const { result: _, ...how } = await this.commands.execute(
      new NameContacts(caller, id, { defaultId, rota: rota.map(({ weekday, userId }) => ({ weekday, userId })) }),
    );
    return answerDone(reply, { id, ...how }, (rows) => this.reception.contacts(caller, id, rows));
  }
}

import { Injectable } from '@nestjs/common';
import { invalid, typologies, type Uuid } from '@fil-rouge/kernel';
import { Database, newId, Records, Sealing } from '@fil-rouge/platform';
import { invitationToken } from '../invitations';
import { createPerson, invite, startEmployment } from '../person.decider';
import { worksFor, type PersonRecord } from '../person';
import { foldEmail } from '../sign-in';
import { decideOnStructure, declareStructure } from '../structure.decider';
import type { StructureRecord } from '../structure';

export interface NewAdministrator {
  readonly email: string;
  readonly name: string;
  /** The structure that employs the administrator, by its exact name; made and active when there is none. */
  readonly structure: string;
  readonly typology?: string;
}

/** The first administrator of a system that is empty; nobody signed in can make one then. */
@Injectable()
export class Administrators {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly sealing: Sealing,
  ) {}

  /** @returns the secret part of an invitation's link. Again for the same e-mail: a new link. Problems: 422 for an unknown typology. */
  async create({ email, name, structure, typology = 'CD' }: NewAdministrator): Promise<{ userId: Uuid; token: string }> {
    if (!typologies.includes(typology)) throw invalid('/typology', 'in', `${typology} is not a typology of the national standard.`);
    const structureId = await this.structure(structure, typology);
    const address = foldEmail(email);
    const [known] = await this.database.query<{ id: Uuid }>('administrator_known', 'select id from account where email = $1', [address]);
    const userId = known?.id ?? newId();
    const { result } = await this.records.decide<PersonRecord, Uuid>({
      caller: null,
      on: [known ? { kind: 'person', id: userId } : { kind: 'person', create: userId }],
      facts: [structureId],
      decide: ([record]) => {
        const { context, state: { person } } = record!;
        const employment = { structureId, role: 'administrator' as const };
        if (!known) return [createPerson(userId, person, { email: address, name, ...employment }, context)];
        const started = worksFor(person, structureId, context.today, ['administrator']) ? [] : startEmployment(person, employment, context);
        return [[...started, invite(userId, context)]];
      },
      result: (events) => events.find(({ type }) => type === 'PersonInvited')!.data['invitationId'] as Uuid,
    });
    return { userId, token: invitationToken(this.sealing, result) };
  }

  private async structure(name: string, typology: string): Promise<Uuid> {
    const [known] = await this.database.query<{ id: Uuid }>('administrator_structure', 'select id from structure where name = $1 order by id limit 1', [name]);
    if (known) return known.id;
    const id = newId();
    await this.records.decide<StructureRecord, null>({
      caller: null,
      on: [{ kind: 'structure', create: id }],
      decide: ([record]) => [[
        ...declareStructure({ name, typology, services: [], territory: { communes: [], departement: null } }, record!.context),
        ...decideOnStructure({ ...record!.state.structure, status: 'declared' }, { status: 'active', decidedOn: record!.context.today }, record!.context),
      ]],
      result: () => null,
    });
    return id;
  }
}

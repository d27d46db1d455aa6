import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { foldName, invalid, Problem, type Uuid } from '@fil-rouge/kernel';
import { Database, newId, Records, Sealing, shaped } from '@fil-rouge/platform';
import { invitationToken } from '../sign-in/links.service';
import { ResetSecondFactor } from '../second-factor/second-factor.commands';
import { foldEmail } from '../sign-in/sign-in.service';
import { createPerson, invite, startEmployment } from '../person/person.decider';
import { worksFor, type PersonRecord } from '../person/person';
import { InvitePersonRequest } from '../person/people.dto';
import { decideOnStructure, declareStructure } from '../structure/structure.decider';
import type { StructureRecord } from '../structure/structure';
import { DeclareStructureRequest } from '../structure/structures.dto';

export interface NewAdministrator {
  readonly email: string;
  readonly name: string;
  /** The structure that employs the administrator: one that is there, or one to be made, active at once. */
  readonly employer: { readonly id: Uuid } | { readonly name: string; readonly typology?: string };
}

/** The first administrator of a system that is empty; nobody signed in can make one then. */
@Injectable()
export class Administrators {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly commands: CommandBus,
  ) {}

  structures(): Promise<{ id: Uuid; name: string }[]> {
    return this.database.query<{ id: Uuid; name: string }>(
      'administrator_structures',
      'select id, name from structure order by name, id',
    );
  }

  /** @returns the secret part of an invitation's link. Again for the same e-mail: a new link. Problems: 422 for what the API would refuse, too. */
  async create({ employer, ...wanted }: NewAdministrator): Promise<{ userId: Uuid; token: string }> {
    // The very shape of the API, so that no account comes in here that could not come in there.
    const { email: address, name } = await shaped(InvitePersonRequest, {
      ...wanted,
      structureId: 'id' in employer ? employer.id : newId(),
      role: 'administrator',
    });
    const structureId = 'id' in employer ? employer.id : await this.found(employer);
    const [known] = await this.database.query<{ id: Uuid }>(
      'administrator_known',
      'select id from account where email = $1 order by id limit 1',
      [address],
    );
    const userId = known?.id ?? newId();
    const { result } = await this.records.decide<PersonRecord, Uuid>({
      caller: null,
      on: [known ? { kind: 'person', id: userId } : { kind: 'person', create: userId }],
      facts: [structureId],
      decide: ([record]) => {
        const {
          context,
          state: { person },
        } = record!;
        const employment = { structureId, role: 'administrator' as const };
        if (!known) return [createPerson(userId, person, { email: address, name, ...employment }, context)];
        const started = worksFor(person, structureId, context.today, ['administrator'])
          ? []
          : startEmployment(userId, person, employment, context);
        return [[...started, invite(userId, context)]];
      },
      result: (events) => events.find(({ type }) => type === 'PersonInvited')!.data['invitationId'] as Uuid,
    });
    return { userId, token: invitationToken(this.sealing, result) };
  }

  /** Problems: 409 when there is none, 422 for an address that nobody signs in with. */
  async resetSecondFactor(email: string, reason: string): Promise<void> {
    const [known] = await this.database.query<{ id: Uuid }>(
      'administrator_known',
      'select id from account where email = $1 order by id limit 1',
      [foldEmail(email)],
    );
    if (!known) throw invalid('/email', 'unknown', 'Nobody has an account with this e-mail address.');
    await this.commands.execute(new ResetSecondFactor(null, known.id, reason));
  }

  private async found({ name: wanted, typology = 'CD' }: { name: string; typology?: string }): Promise<Uuid> {
    const { name } = await shaped(DeclareStructureRequest, {
      name: wanted,
      typology,
      communes: [],
      services: [],
    }).catch(ofTheNewStructure);
    const namesake = (await this.structures()).find((other) => foldName(other.name) === foldName(name));
    if (namesake)
      throw invalid('/new-structure', 'known', `There is "${namesake.name}" already: name it with --structure`);
    const id = newId();
    await this.records.decide<StructureRecord, null>({
      caller: null,
      on: [{ kind: 'structure', create: id }],
      decide: ([record]) => [
        [
          ...declareStructure(
            { name, typology, services: [], territory: { communes: [], departement: null } },
            record!.context,
          ),
          ...decideOnStructure(
            { ...record!.state.structure, status: 'declared' },
            { status: 'active', decidedOn: record!.context.today },
            record!.context,
          ),
        ],
      ],
      result: () => null,
    });
    return id;
  }
}

/** Its name is not the person's. */
function ofTheNewStructure(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  throw new Problem(error.code, error.detail, {
    errors: error.members.errors?.map((one) => (one.pointer === '/name' ? { ...one, pointer: '/new-structure' } : one)),
  });
}

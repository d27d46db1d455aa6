import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { localDateOf, type Decided, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, newId, Records } from '@fil-rouge/platform';
import type { ConventionEventData, ConventionRecord } from '../convention/convention';
import { signConvention } from '../convention/convention.decider';
import { hashPassword } from '../sign-in/passwords.service';
import type { PersonRecord } from '../person/person';
import { createPerson } from '../person/person.decider';
import { staffEvents } from '../structure/staff';
import { decideOnStructure, declareStructure } from '../structure/structure.decider';
import type { StructureRecord, Territory } from '../structure/structure';
import { communesOfEpci } from './communes.service';
import { demoPersonId, people, type NetworkPerson } from './people';
import { demoStructureId, since, structures, type NetworkStructure } from './sarthe';

export interface LoadedNetwork {
  /** How many were missing and are there now. */
  readonly structures: number;
  readonly accounts: number;
  /** The demo accounts' password when this call set it; null when they had one and none was given. */
  readonly password: string | null;
}

/** As many commits at once as leave connections to others. */
const atOnce = 4;

/** Loads the network of the Sarthe and its demo accounts into an embedded system; a second time nothing is loaded twice. */
@Injectable()
export class NetworkLoader {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** How many accounts are the demonstration's, and how many somebody's. */
  async accounts(): Promise<{ demo: number; real: number }> {
    const [row] = await this.database.query<{ counted: { demo: number; real: number } }>(
      'count_accounts',
      'select count_accounts() as counted',
    );
    return row!.counted;
  }

  /**
   * @param password for every demo account; absent: a random one, only for accounts that have none
   * @param conventions with what the State pays for, from this month on
   */
  async load({ password, conventions }: { password?: string; conventions?: true } = {}): Promise<LoadedNetwork> {
    const known = await this.database.query<{ id: Uuid; name: string }>(
      'network_structures',
      'select id, name from structure',
    );
    // By its id, since it may be called otherwise by now; an older installation has ids of its own.
    const there = ({ key, name }: NetworkStructure): Uuid | undefined =>
      known.find(({ id }) => id === demoStructureId(key))?.id ?? known.find((one) => one.name === name)?.id;
    const missing = structures.filter((structure) => !there(structure));
    await inTurns(missing, (structure) => this.loadStructure(structure));

    const accounts = await this.database.query<{ email: string }>(
      'network_accounts',
      `select email from account where email like '%.demo'`,
    );
    const emails = new Set(accounts.map(({ email }) => email));
    const newcomers = people.filter(({ email }) => !emails.has(email));
    const employer = new Map(structures.map((one) => [one.key, there(one) ?? demoStructureId(one.key)]));
    // One after another for each structure, on whose record they all stand.
    await inTurns(structures, async ({ key }) => {
      for (const person of newcomers.filter((newcomer) => newcomer.structure === key))
        await this.loadPerson(person, employer.get(key)!);
    });

    if (conventions) await this.loadConventions(employer);
    return { structures: missing.length, accounts: newcomers.length, password: await this.setPassword(password) };
  }

  private async loadStructure({ key, name, typology, status, territory, services }: NetworkStructure): Promise<Uuid> {
    const id = demoStructureId(key);
    await this.records.decide<StructureRecord, null>({
      caller: null,
      on: [{ kind: 'structure', create: id }],
      // One commit: a start that is interrupted leaves no structure half declared.
      decide: ([record]) => [
        [
          ...declareStructure(
            { name, typology, services: [...services], territory: namedTerritory(territory) },
            record!.context,
          ),
          ...decideOnStructure(
            { ...record!.state.structure, status: 'declared' },
            { status, decidedOn: since },
            record!.context,
          ),
        ],
      ],
      result: () => null,
    });
    return id;
  }

  private async loadPerson({ email, name, role, placedAt }: NetworkPerson, structureId: Uuid): Promise<void> {
    const id = demoPersonId(email);
    await this.records.decide<PersonRecord & StructureRecord, null>({
      caller: null,
      on: [
        { kind: 'person', create: id },
        { kind: 'structure', id: structureId },
      ],
      decide: ([record]) => {
        const events = createPerson(
          id,
          record!.state.person,
          { email, name, structureId, role, from: since, placedAt },
          record!.context,
          false,
        );
        return [events, staffEvents(id, events)];
      },
      result: () => null,
    });
  }

  /** One convention of each structure that has none, its posts held by whom it has recruited. */
  private async loadConventions(employer: ReadonlyMap<string, Uuid>): Promise<void> {
    const signed = await this.database.query<{ structure_id: Uuid }>(
      'network_conventions',
      'select signed_structures() as structure_id',
    );
    const known = new Set(signed.map(({ structure_id }) => structure_id));
    await inTurns(
      structures.filter(({ key, status }) => status === 'active' && !known.has(employer.get(key)!)),
      ({ key }) => this.loadConvention(key, employer.get(key)!),
    );
  }

  private async loadConvention(key: string, structureId: Uuid): Promise<void> {
    const holders = people
      .filter(({ structure, role }) => structure === key && (role === 'counsellor' || role === 'coordinator'))
      .map(({ email }) => demoPersonId(email));
    const from = `${localDateOf(this.clock.now()).slice(0, 8)}01`;
    await this.records.decide<ConventionRecord, null>({
      caller: null,
      on: [{ kind: 'convention', create: newId() }],
      facts: [structureId],
      decide: ([record]) => {
        const reference = `CN-72-${key.toLocaleUpperCase('fr')}`;
        const input = { structureId, reference, envelope: 1, from, posts: holders.length };
        const [signed] = signConvention(input, record!.context);
        const { postIds } = signed!.data as ConventionEventData['ConventionSigned'];
        const held = postIds.map((postId, n): Decided => ({
          type: 'PostOccupied',
          data: { structureId, postId, userId: holders[n]!, from },
        }));
        return [[signed!, ...held]];
      },
      result: () => null,
    });
  }

  private async setPassword(given: string | undefined): Promise<string | null> {
    const password = given ?? randomBytes(12).toString('base64url');
    const [row] = await this.database.query<{ changed: number }>(
      'network_password',
      'select set_demo_password($1, $2) as changed',
      [await hashPassword(password), given !== undefined],
    );
    return row!.changed > 0 ? password : null;
  }
}

const namedTerritory = (territory: NetworkStructure['territory']): Territory => {
  if ('departement' in territory) return { communes: null, departement: territory.departement };
  return {
    communes: 'epci' in territory ? communesOfEpci(territory.epci) : [...territory.communes],
    departement: null,
  };
};

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

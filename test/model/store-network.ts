/** Who plays when the whole product is told a story: people and structures of the demo. */
import { Person, sable, succeeded } from '../journeys/driver';
import type { TestSystem } from '../support/system';
import type { Cast } from './commands';
import { needs } from './network';

/** Which demo structure plays which part; `nova` is declared anew for each story. */
export const parts = {
  alpha: 'departement-sarthe',
  beta: 'la-poste',
  gamma: 'afpa',
  delta: 'croix-rouge',
  far: 'mediatheque-saint-calais',
  full: 'fal-72',
} as const;
export const home = sable;
/** The only commune that `far` covers. */
export const elsewhere = '72269';
export const covering = [home, elsewhere];

export const storeCast: Cast = {
  people: [
    ...Object.keys(parts).flatMap((part) => [`${part}.counsellor`, `${part}.manager`]),
    'coordinator.everywhere',
    'administrator',
    'auditor',
  ],
  structures: [...Object.keys(parts), 'nova'],
  needs: Object.keys(needs),
  communes: [home, home, elsewhere],
  decisions: [
    ['nova', 'active'],
    ['nova', 'refused'],
    ['nova', 'closed'],
    ['beta', 'suspended'],
    ['beta', 'active'],
  ],
  records: 2,
  // What needs more than one request to be asked for has journeys of its own.
  without: ['join', 'carry-out', 'cancel-session'],
};

export class Network {
  private constructor(
    readonly system: TestSystem,
    readonly people: ReadonlyMap<string, Person>,
    readonly structures: ReadonlyMap<string, string>,
  ) {}

  static async assemble(system: TestSystem): Promise<Network> {
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    const people = new Map<string, Person>();
    for (const [part, key] of Object.entries(parts)) {
      people.set(`${part}.counsellor`, await enter(`conseiller@${key}`));
      people.set(`${part}.manager`, await enter(`responsable@${key}`));
    }
    people.set('coordinator.everywhere', await enter('coordinateur@departement-sarthe'));
    people.set('administrator', await enter('administrateur@departement-sarthe'));
    people.set('auditor', await enter('auditeur@departement-sarthe'));
    // Stories last months; signing in again is another test's business.
    await system.database.query(`update access_token set expires_at = '2040-01-01', active_at = '2040-01-01'`);
    const structures = new Map(Object.keys(parts).map((part) => [part, people.get(`${part}.counsellor`)!.structureId]));
    const offer = { services: [], communes: covering, acceptsReferrals: false, capacity: 'full' };
    succeeded(
      await people.get('full.manager')!.try('PUT', `/v1/structures/${structures.get('full')!}/offer`, { body: offer }),
    );
    return new Network(system, people, structures);
  }
}

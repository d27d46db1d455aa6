/** Somebody has the database login of the api, knows every id, and writes what they like in its name. */
import { createHash } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { newCase, Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

export interface Theft {
  readonly system: TestSystem;
  /** A counsellor, and one of another structure, each with a case. */
  readonly lead: Person;
  readonly elsewhere: Person;
  readonly caseId: string;
  readonly foreign: string;
  ask<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

export async function steal(): Promise<Theft> {
  const system = await startSystem();
  const enter = (account: string) => Person.signIn(system.baseUrl, account, system.password);
  const lead = await enter(system.account('conseiller'));
  const elsewhere = await enter(system.account('conseiller', 'la-poste'));
  const caseId = (await lead.do('/v1/cases', newCase())).id;
  const foreign = (await elsewhere.do('/v1/cases', newCase())).id;
  const client = new Client({ connectionString: system.database.apiUrl });
  await client.connect();
  return {
    ...{ system, lead, elsewhere, caseId, foreign },
    ask: async <R extends QueryResultRow>(text: string, values: unknown[] = []) =>
      (await client.query<R>(text, values)).rows,
    async stop() {
      await client.end();
      await system.stop();
    },
  };
}

export const tokenOf = ({ authorization }: Person): string =>
  createHash('sha256').update(authorization.replace('Bearer ', '')).digest('hex');

/** Who takes part in the stories of the clock, and the days on which it strikes. */
import type { TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

/** Monday. Day n is the n-th business day after it; reminders go at nine in Paris, where it is one hour later than in UTC. */
export const monday = '2026-11-23T10:00:00.000Z';
export const day3 = '2026-11-26T08:00:00.000Z';
export const day7 = '2026-12-02T08:00:00.000Z';
export const day12 = '2026-12-09T08:00:00.000Z';
export const day20 = '2026-12-21T22:59:59.999Z';
export const justBefore = (instant: string) => new Date(Date.parse(instant) - 60_000).toISOString();

export interface Cast {
  lead: Person;
  recipient: Person;
  manager: Person;
  coordinator: Person;
  administrator: Person;
}

export async function assemble(system: TestSystem): Promise<Cast> {
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  return {
    lead: await enter('conseiller'),
    recipient: await enter('conseiller', 'la-poste'),
    manager: await enter('responsable', 'la-poste'),
    coordinator: await enter('coordinateur'),
    administrator: await enter('administrateur'),
  };
}

/** What somebody was told about a case, oldest first. */
export async function told(system: TestSystem, person: Person, caseId: string): Promise<string[]> {
  await system.settle();
  return (await person.all('/v1/notifications'))
    .filter((item) => item.caseId === caseId)
    .map(({ type }) => type)
    .reverse();
}

export const refer = async ({ lead, recipient }: Cast, send = true): Promise<{ caseId: string; id: string }> => {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  return {
    caseId,
    id: (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId, { send }))).id,
  };
};
export const happened = async (person: Person, id: string, type: string) =>
  (await person.get(`/v1/referrals/${id}`)).history.filter((entry) => entry.type === type).length;

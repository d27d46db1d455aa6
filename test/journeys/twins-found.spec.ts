/** One resident, two records: pairs that look alike are shown to who merges. */
import { rebuild } from '../support/rebuild';
import type { View } from './driver';
import {
  coordinator,
  elsewhere,
  enter,
  lead,
  nextDay,
  open,
  opened,
  phone,
  said,
  surname,
  system,
  threePeople,
} from './twins-story';

interface Pair {
  cases: View[];
  alike: string[];
}

threePeople();

describe('pairs of records that look alike', () => {
  beforeAll(nextDay);
  const pairs = async (limit?: number): Promise<[string, string, string[]][]> =>
    ((await coordinator.all('/v1/cases/duplicates', limit)) as unknown as Pair[]).map(
      ({ cases: [one, other], alike }) => [one!.id, other!.id, alike],
    );
  const pairsOf = async (...ids: string[]) =>
    (await pairs()).filter(([one, other]) => ids.includes(one) || ids.includes(other));
  const confirmed = { confirmNotDuplicate: true };

  it('are shown to who merges: states, structures and how they are alike, without a name', async () => {
    const lastName = surname();
    const number = phone();
    const older = await opened(lead, { firstName: 'Jean', lastName, birthYear: 1950, phone: number });
    const partly = await opened(elsewhere, { firstName: 'Jean Paul', lastName, birthYear: 1950 }, confirmed);
    const whole = await opened(elsewhere, { firstName: 'Jean', lastName, birthYear: 1950, phone: number }, confirmed);
    const later = await opened(elsewhere, { firstName: 'Jean', lastName, birthYear: 1951 }, confirmed);
    expect(await pairsOf(older, partly, whole, later)).toEqual([
      [later, whole, ['birth_year_off_by_one']],
      [later, older, ['birth_year_off_by_one']],
      [whole, partly, ['part_of_name']],
      [whole, older, ['name_and_birth_year', 'phone']],
      [partly, older, ['part_of_name']],
    ]);
    const page = await coordinator.try('GET', '/v1/cases/duplicates?limit=1');
    expect(page.text).not.toMatch(new RegExp(`${lastName}|${number.slice(-6)}|Jean|1950|commune`, 'i'));
    expect((page.body.items[0] as unknown as Pair).cases[1]).toMatchObject({
      id: whole,
      participation: 'coordinator',
      status: 'open',
      lead: { structure: { id: elsewhere.structureId } },
    });
  });

  it('come page by page, each once', async () => {
    const all = await pairs();
    expect(all.length).toBeGreaterThan(4);
    expect([await pairs(1), await pairs(2)]).toEqual([all, all]);
    expect((await coordinator.try('GET', '/v1/cases/duplicates?cursor=WyJ4IiwieSJd')).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '?cursor' }],
    });
  });

  it('are nobody else’s, not even of one’s own cases', async () => {
    for (const account of ['conseiller', 'responsable', 'administrateur', 'auditeur'])
      expect((await (await enter(system.account(account))).try('GET', '/v1/cases/duplicates')).status).toBe(403);
  });

  it('are of the coordinator’s territory, both records', async () => {
    const lastName = surname();
    const resident = { firstName: 'Anne', lastName, birthYear: 1950 };
    const here = await opened(lead, { ...resident, commune: '72003' });
    const there = await opened(elsewhere, resident, confirmed);
    await system.database.query(
      `update employment set role = 'coordinator', territory = '{72003}' where user_id = (select id from account where email = $1)`,
      [system.account('responsable', 'mediatheque-saint-calais')],
    );
    const neighbour = await enter(system.account('responsable', 'mediatheque-saint-calais'));
    expect([(await pairsOf(here)).length, (await neighbour.get('/v1/cases/duplicates')).items]).toEqual([1, []]);
    await elsewhere.do(`/v1/cases/${there}/corrections`, { resident: { commune: '72003' } });
    expect((await neighbour.get('/v1/cases/duplicates')).items).toHaveLength(1);
  });

  it('follow a correction, whichever of the two it was, a merge and an erasure', async () => {
    const number = phone();
    const [first, second, third] = [
      await opened(lead, { firstName: 'Anne', lastName: surname(), phone: number }),
      await opened(elsewhere, { firstName: 'Zoé', lastName: surname() }),
      await opened(lead, { firstName: 'Ida', lastName: surname() }),
    ];
    await elsewhere.do(`/v1/cases/${second}/corrections`, { resident: { phone: number }, ...confirmed });
    expect(await pairsOf(first)).toEqual([[second, first, ['phone']]]);
    await elsewhere.do(`/v1/cases/${second}/corrections`, { resident: { phone: null } });
    expect(await pairsOf(first)).toEqual([]);
    // The older one comes to look like the younger.
    await lead.do(`/v1/cases/${third}/corrections`, { resident: { email: 'ida@exemple.fr' } });
    await lead.do(`/v1/cases/${first}/corrections`, { resident: { email: 'ida@exemple.fr' }, ...confirmed });
    expect(await pairsOf(first)).toEqual([[third, first, ['email']]]);
    await coordinator.do(`/v1/cases/${third}/merge`, { intoCaseId: first, reason: 'La même personne.' });
    expect(await pairsOf(first, third)).toEqual([]);
    const fourth = await opened(
      elsewhere,
      { firstName: 'Ida', lastName: surname(), email: 'ida@exemple.fr' },
      confirmed,
    );
    expect(await pairsOf(first)).toEqual([[fourth, first, ['email']]]);
    await (
      await enter(system.account('administrateur'))
    ).do(`/v1/cases/${fourth}/erasure`, { reason: 'request_of_resident' });
    expect(await pairsOf(first)).toEqual([]);
    expect(
      await system.database.query('select 1 from resemblance where case_id = any($1)', [[first, third, fourth]]),
    ).toEqual([]);
  });

  it('are the same after a rebuild, and found as before; records of before get what they did not claim', async () => {
    const claims = () => system.database.query('select token, stream_id, origin, kind from claim order by 1, 2, 3');
    const lastName = surname();
    const [older, younger] = [
      await opened(lead, { firstName: 'Anne Marie', lastName, birthYear: 1950 }),
      await opened(elsewhere, { firstName: 'Anne', lastName, birthYear: 1950 }, confirmed),
    ];
    const [all, rows] = [await pairs(), await claims()];
    await system.database.query(
      `delete from claim where kind <> 'name'; update claim set kind = null; delete from resemblance`,
    );
    expect(said(await open(elsewhere, { firstName: 'Anne', lastName, birthYear: 1950 }))).toBe('possible-duplicate');
    expect(await rebuild(system.database)).toEqual([]);
    expect([await claims(), await pairs()]).toEqual([rows, all]);
    expect(await pairsOf(older)).toEqual([[younger, older, ['part_of_name']]]);
  });
});

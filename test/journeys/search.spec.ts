/** Finding a resident by what somebody types: beginnings, initials, words of courtesy; also of records that an earlier version wrote. */
import { Sealing } from '@fil-rouge/platform';
import { searchTokens } from '@fil-rouge/kernel';
import { SearchWords } from '../../libs/cases/src/case/search-words.service';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

let system: TestSystem;
let lead: Person;
let recipient: Person;
let caseId: string;

const resident = { firstName: 'Jean-François', lastName: 'Besnard', commune: '72181' };
const called = (more: object) => ({ ...newCase(), resident: { ...resident, ...more } });

beforeAll(async () => {
  system = await startSystem();
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  recipient = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  caseId = (await lead.do('/v1/cases', called({}))).id;
  await lead.do('/v1/cases', called({ firstName: 'Odile', lastName: 'Bertin' }));
});
afterAll(() => system.stop());

const found = async (who: Person, name: string): Promise<boolean> =>
  (await who.do('/v1/cases/search', { name })).items.some(({ id }) => id === caseId);

it.each(['Besn', 'bes', 'J-F', 'JF', 'Mme Besnard', 'M. Besn', 'J.-F. Besn', 'jean fran bes'])(
  '“%s” finds Jean-François Besnard, for who takes part and for nobody else',
  async (name) => {
    expect([await found(lead, name), await found(recipient, name)]).toEqual([true, false]);
  },
);

it('by less than three letters, or the middle of a name, nobody is found', async () => {
  for (const name of ['Be', 'snard', 'Ber', 'M-F']) expect([name, await found(lead, name)]).toEqual([name, false]);
});

it('by the beginning of a name as it was before, nobody; and not by who has left', async () => {
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  expect(await found(recipient, 'Besn')).toBe(false);
  await recipient.do(`/v1/referrals/${id}/accept`);
  expect(await found(recipient, 'Besn')).toBe(true);
  await lead.do(`/v1/cases/${caseId}/corrections`, { resident: { lastName: 'Chartier' }, confirmNotDuplicate: true });
  expect([await found(recipient, 'Besn'), await found(recipient, 'Chart')]).toEqual([false, true]);
  await recipient.do(`/v1/referrals/${id}/return`, { reason: 'no_capacity' });
  expect(await found(recipient, 'Chart')).toBe(false);
  await lead.do(`/v1/cases/${caseId}/corrections`, { resident: { lastName: 'Besnard' }, confirmNotDuplicate: true });
});

describe('what the version before has written', () => {
  const sealing = () => system.api.get(Sealing, { strict: false });
  const isNew = (token: string): boolean => /^[bi]:/.test(token);
  const tokens = (which: (token: string) => boolean): string[] =>
    searchTokens(resident)
      .filter(which)
      .map((token) => sealing().token('search', token));
  const catchUp = () => system.worker.get(SearchWords, { strict: false }).run();
  const forget = () =>
    system.database.query(`delete from search_token where case_id = $1 and encode(token, 'hex') = any($2)`, [
      caseId,
      tokens(isNew),
    ]);
  const due = async (): Promise<unknown[]> => system.database.query('select case_id from search_due');
  const kept = () => system.database.query('select structure_id, token from search_token order by 1, 2');

  it('is found likewise, without a person’s help; what is not read by anybody any more is left out', async () => {
    const before = await kept();
    await forget();
    expect(await found(lead, 'Besn')).toBe(false);
    // As the migration does.
    await system.database.query('insert into search_due (case_id) select id from case_file');
    while ((await due()).length > 0) await catchUp();
    expect(await kept()).toEqual(before);
    expect([await found(lead, 'Besn'), await found(recipient, 'Besn')]).toEqual([true, false]);
  });

  it('also while that version goes on writing, and beside a correction at the same moment', async () => {
    const before = await kept();
    const rows = JSON.stringify([{ structure_id: lead.structureId, case_id: caseId }]);
    await system.database.query('select remove_search_token($1)', [rows]);
    await system.database.query(
      `insert into search_token (structure_id, token, case_id) select $1, decode(t, 'hex'), $2 from unnest($3::text[]) t`,
      [lead.structureId, caseId, tokens((token) => !isNew(token))],
    );
    expect(await due()).toEqual([{ case_id: caseId }]);
    const correct = (firstName: string) =>
      lead.do(`/v1/cases/${caseId}/corrections`, { resident: { firstName }, confirmNotDuplicate: true });
    await Promise.all([catchUp(), correct('Jean-Paul'), catchUp()]);
    expect([await found(lead, 'J-P Besn'), await found(lead, 'J-F')]).toEqual([true, false]);
    expect(await due()).toEqual([]);
    await correct('Jean-François');
    expect((await kept()).length).toBe(before.length);
  });

  it('and of an erased record nothing', async () => {
    await system.database.query('insert into search_due (case_id) values ($1)', [caseId]);
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    await catchUp();
    expect(await due()).toEqual([]);
    expect(await system.database.query('select from search_token where case_id = $1', [caseId])).toEqual([]);
  });
});

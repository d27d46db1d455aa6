/** The territory at a glance: exact where each referral may be known, in fives where the resident may not. */
import { atParis, addBusinessDays, addCalendarDays, localDateOf, weekdayOf } from '@fil-rouge/kernel';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

interface Counts {
  open: number;
  waiting: number;
  late: number;
  held: number;
  declined: number;
  expired: number;
}
interface Glance {
  since: string;
  total: Counts;
  more?: true;
  byStructure: (Counts & { structure: { id: string; name: string } })[];
  countedBy: number;
  byCommune: { commune: string; residents: number }[];
  byTheme: { theme: string; residents: number }[];
  decisions: { kind: string }[];
  late: { id: string; structure: { id: string }; lateSince: string }[];
}

let system: TestSystem;
let lead: Person;
let manager: Person;
let post: Person;
let fal: Person;
let redCross: Person;
let coordinator: Person;
let enter: (role: string, structure?: string) => Promise<Person>;

beforeEach(async () => {
  system = await startSystem();
  enter = (role, structure) => Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  await enterAll();
});
afterEach(() => system.stop());

async function enterAll(): Promise<void> {
  lead = await enter('conseiller');
  manager = await enter('responsable');
  post = await enter('responsable', 'la-poste');
  fal = await enter('responsable', 'fal-72');
  redCross = await enter('responsable', 'croix-rouge');
  coordinator = await enter('coordinateur');
}

const glanceOf = async (who: Person): Promise<Glance> => (await who.get('/v1/territory')) as unknown as Glance;
const none: Counts = { open: 0, waiting: 0, late: 0, held: 0, declined: 0, expired: 0 };
const rowOf = ({ byStructure }: Glance, of: Person): Counts | undefined => {
  const row = byStructure.find(({ structure }) => structure.id === of.structureId);
  if (!row) return undefined;
  const { structure: _, ...counts } = row;
  return counts;
};
const today = () => localDateOf(system.clock.now());

/** To the morning of that day; sessions have run out by then. */
async function passTo(day: string): Promise<void> {
  system.clock.set(atParis(day, '09:30'));
  await system.settle();
  await enterAll();
}

async function refer(to: string, { commune = '72264', ...more }: Record<string, unknown> = {}): Promise<string> {
  const { id } = await lead.do('/v1/cases', newCase(commune as string));
  const informed = { on: today(), how: 'oral' };
  return (await lead.do(`/v1/cases/${id}/referrals`, newReferral(to, { informed, ...more }))).id;
}

it('counts by the structure that was asked what is open, late, held, declined and expired, what is late first; and says no more after thirteen weeks', async () => {
  await refer(redCross.structureId);
  await passTo(addBusinessDays(today(), 13));
  const late = await refer(post.structureId);
  await passTo(addBusinessDays(today(), 8));
  await refer(post.structureId);
  const accepted = await refer(post.structureId);
  await post.do(`/v1/referrals/${accepted}/accept`, {});
  const declined = await refer(fal.structureId);
  await fal.do(`/v1/referrals/${declined}/decline`, { reason: 'no_capacity' });
  const waiting = await enter('conseiller', 'asso-en-attente');
  await refer(waiting.structureId, { commune: '72181' });
  const voided = await refer(fal.structureId);
  await coordinator.do(`/v1/referrals/${voided}/void`, { reason: 'Saisie dans le mauvais dossier.' });

  const seen = await glanceOf(coordinator);
  expect(rowOf(seen, post)).toEqual({ ...none, open: 3, waiting: 2, late: 1 });
  expect(rowOf(seen, redCross)).toEqual({ ...none, expired: 1 });
  expect(rowOf(seen, fal)).toEqual({ ...none, declined: 1 });
  expect(rowOf(seen, waiting)).toEqual({ ...none, held: 1 });
  expect(seen.total).toEqual({ open: 3, waiting: 2, late: 1, held: 1, declined: 1, expired: 1 });
  expect(seen.byStructure[0]!.structure.id).toBe(post.structureId);
  expect(seen.late).toEqual([
    { id: late, structure: { id: post.structureId, name: 'La Poste' }, lateSince: expect.any(String) as string },
  ]);

  // A manager's own: what it received, and what it sent, by whom it asked. Nothing of what others sent one another.
  const atThePost = await glanceOf(post);
  expect(atThePost.byStructure.map(({ structure }) => structure.id)).toEqual([post.structureId]);
  expect(rowOf(atThePost, post)).toEqual(rowOf(seen, post));
  expect(atThePost.decisions.map(({ kind }) => kind)).toContain('answer_referral');
  expect(rowOf(await glanceOf(fal), fal)).toEqual({ ...none, declined: 1 });
  const sent = await glanceOf(manager);
  expect([rowOf(sent, post), rowOf(sent, waiting), sent.total]).toEqual([
    rowOf(seen, post),
    rowOf(seen, waiting),
    seen.total,
  ]);

  await passTo(addCalendarDays(today(), 98));
  const later = await glanceOf(coordinator);
  expect([later.total.declined, rowOf(later, redCross)]).toEqual([0, undefined]);
  expect([weekdayOf(later.since), later.since <= addCalendarDays(today(), -91)]).toEqual(['monday', true]);
});

it('tells a coordinator nothing of a commune or a theme before five residents, then in fives, and of a week from Monday on', async () => {
  for (let n = 0; n < 4; n++) await refer(post.structureId, { commune: '72154', needs: ['sante'] });
  await passTo(addCalendarDays(today(), 7));
  expect(await glanceOf(coordinator)).toMatchObject({ countedBy: 5, byCommune: [], byTheme: [], total: { open: 4 } });
  // The same resident twice is one.
  const { id } = await lead.do('/v1/cases', newCase('72154'));
  const asked = (needs: string[]) => newReferral(post.structureId, { informed: { on: today(), how: 'oral' }, needs });
  await lead.do(`/v1/cases/${id}/referrals`, asked(['sante']));
  await lead.do(`/v1/cases/${id}/referrals`, { ...asked(['sante', 'email']), toStructureId: fal.structureId });
  expect(await glanceOf(coordinator)).toMatchObject({ byCommune: [], byTheme: [], total: { open: 6 } });
  await passTo(addCalendarDays(today(), 7));
  const five = { byCommune: [{ commune: '72154', residents: 5 }], byTheme: [{ theme: 'sante', residents: 5 }] };
  expect(await glanceOf(coordinator)).toMatchObject(five);
  for (let n = 0; n < 4; n++) await refer(post.structureId, { commune: '72154', needs: ['sante'] });
  await passTo(addCalendarDays(today(), 7));
  expect(await glanceOf(coordinator)).toMatchObject(five);
  // Who may know each of them counts them one by one, at once.
  expect(await glanceOf(manager)).toMatchObject({
    countedBy: 1,
    byCommune: [{ commune: '72154', residents: 9 }],
    byTheme: [
      { theme: 'sante', residents: 9 },
      { theme: 'email', residents: 1 },
    ],
  });
  await refer(post.structureId, { commune: '72003', needs: ['parentalite'] });
  expect((await glanceOf(post)).byCommune).toEqual([
    { commune: '72154', communeName: 'La Flèche', residents: 9 },
    { commune: '72003', communeName: 'Allonnes', residents: 1 },
  ]);
});

it('is for who manages or coordinates, and of a territory elsewhere it is empty', async () => {
  await refer(post.structureId);
  for (const account of ['conseiller', 'auditeur', 'administrateur'])
    expect((await (await enter(account)).try('GET', '/v1/territory')).status).toBe(403);
  await system.database.query(
    `update employment set role = 'coordinator', territory = '{72003}' where user_id = (select id from account where email = $1)`,
    [system.account('responsable', 'mediatheque-saint-calais')],
  );
  const elsewhere = await glanceOf(await enter('responsable', 'mediatheque-saint-calais'));
  expect(elsewhere).toMatchObject({
    total: none,
    byStructure: [],
    byCommune: [],
    byTheme: [],
    late: [],
    decisions: [],
  });
});

it('shows a former recipient what it has declined, and nothing of what the resident said', async () => {
  const id = await refer(fal.structureId, { commune: '72154', needs: ['sante'] });
  expect(await glanceOf(fal)).toMatchObject({
    byCommune: [{ commune: '72154', residents: 1 }],
    byTheme: [{ theme: 'sante', residents: 1 }],
  });
  await fal.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
  expect(await glanceOf(fal)).toMatchObject({ total: { declined: 1, open: 0 }, byCommune: [], byTheme: [] });
});

it('counts some ten thousand at most, and says when there are more', async () => {
  await refer(post.structureId);
  expect((await glanceOf(coordinator)).more).toBeUndefined();
  await system.database.query(
    `insert into referral select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from referral r, generate_series(1, 10500)`,
  );
  expect(await glanceOf(coordinator)).toMatchObject({ more: true, total: { open: 10_000 } });
});

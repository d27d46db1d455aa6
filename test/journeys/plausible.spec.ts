import { getMetadataStorage } from 'class-validator';
import { addCalendarDays, addMonths, localDateOf } from '@fil-rouge/kernel';
import { startSystem, type TestSystem } from '../support/system';
import { routes } from '../support/routes';
import { newCase, newReferral, newSession, type Answer, type Person } from './driver';
import { addressOf, enterManager, noGround, prepare } from './fuzz.ground';
import { samplesFor } from './fuzz.samples';
import { actors, assemble, type People } from './referral-states';

/** Where a body holds a day, by the sample of its route: `/informed/on`. */
function* daysIn(value: unknown, pointer = ''): Generator<string> {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) yield pointer;
  if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) yield* daysIn(member, `${pointer}/${name}`);
}

const withDay = (value: unknown, [name, ...rest]: string[], day: string): unknown =>
  name === undefined
    ? day
    : { ...(value as object), [name]: withDay((value as Record<string, unknown>)[name], rest, day) };

const nobody = Object.fromEntries(actors.map((actor) => [actor, { id: '', structureId: '' }])) as unknown as People;
const fields = Object.entries(samplesFor(nobody, noGround)).flatMap(([path, { body }]) =>
  [...daysIn(body)].map((pointer): [string, string] => [path, pointer]),
);
/** Nothing is said of what was sent to a link that does not open; of one that opens, test/journeys/answer-links.spec.ts sees the day refused. */
const tried = fields.filter(([path]) => path !== '/v1/outside-answers');

describe('what is plausible', () => {
  let system: TestSystem;
  let people: People;
  let manager: Person;
  let today: string;

  beforeAll(async () => {
    system = await startSystem();
    [people, manager] = await Promise.all([assemble(system), enterManager(system)]);
    today = localDateOf(system.clock.now());
  });
  afterAll(() => system.stop());

  it('every field of every body that is a day has a sample', () => {
    const { validationMetadatas } = getMetadataStorage() as unknown as {
      validationMetadatas: Map<{ name: string }, { name?: string; propertyName: string }[]>;
    };
    // What a list is narrowed by is looked for, and not kept: any day will do. By name: what all of a process declares is here, and may be loaded twice.
    const queries = new Set(routes().map(({ query }) => query?.name));
    const asked = [...validationMetadatas]
      .flatMap(([shape, rules]) => (queries.has(shape.name) ? [] : rules))
      .filter(({ name }) => name === 'date')
      .map(({ propertyName }) => propertyName);
    expect([...new Set(asked)].sort()).toEqual(
      [...new Set(fields.map(([, pointer]) => pointer.split('/').at(-1)!))].sort(),
    );
  });

  it.each(tried)('%s %s is no day of a calendar that nobody lives by', async (path, pointer) => {
    const { by, given } = samplesFor(people, noGround)[path]!;
    const person = by === 'manager' ? manager : people[by];
    const ground = await prepare(people, given, manager);
    const address = addressOf(path, ground, manager);
    const implausible = [
      '0000-01-01',
      '0001-01-01',
      '1492-10-12',
      '1850-06-01',
      '1899-12-31',
      addMonths(today, 12 * 25),
      '2999-12-31',
      '9999-12-31',
    ];
    const wrong: string[] = [];
    for (const day of implausible) {
      const answer = await person.post(
        address,
        withDay(samplesFor(people, ground)[path]!.body, pointer.split('/').slice(1), day),
      );
      if (answer.status !== 422 || answer.body.errors?.[0]?.pointer !== pointer)
        wrong.push(`${day} → ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
  });

  const named = ({ status, body }: Answer): unknown[] => [
    status,
    body.code,
    body.errors?.[0]?.pointer,
    body.errors?.[0]?.code,
  ];

  it('a resident was informed within the year, on every route', async () => {
    const informed = (on: string) => ({ informed: { on, how: 'oral' } });
    const long = addMonths(today, -13);
    expect(named(await people.sender.post('/v1/cases', { ...newCase(), ...informed(long) }))).toEqual([
      422,
      'not-informed',
      '/informed/on',
      'too-old',
    ]);
    const { id } = await people.sender.do('/v1/cases', { ...newCase(), ...informed(addMonths(today, -12)) });
    const refer = (more: object) =>
      people.sender.post(`/v1/cases/${id}/referrals`, newReferral(people.recipient.structureId, { ...more }));
    expect(named(await refer(informed(long)))).toEqual([422, 'not-informed', '/informed/on', 'too-old']);
    expect(named(await refer({ ...informed(long), send: false }))).toEqual([
      422,
      'not-informed',
      '/informed/on',
      'too-old',
    ]);
    const draft = (await refer({ informed: undefined, send: false })).body;
    expect(named(await people.sender.post(`/v1/referrals/${draft.id}/send`, informed(long)))).toEqual([
      422,
      'not-informed',
      '/informed/on',
      'too-old',
    ]);
  });

  it('a pause ends within a year, and an objection lies within two', async () => {
    const ground = await prepare(people, 'accepted');
    const hold = (until: string) =>
      people.recipient.post(`/v1/referrals/${ground.referrals}/hold`, { reason: 'waiting_list', until });
    expect(named(await hold(addCalendarDays(addMonths(today, 12), 1)))).toEqual([422, 'invalid', '/until', 'too-late']);
    expect(named(await hold(addCalendarDays(today, -1)))).toEqual([422, 'invalid', '/until', 'past']);
    expect((await hold(addMonths(today, 12))).status).toBe(200);
    const { id } = await people.sender.do('/v1/cases', newCase());
    expect(
      named(
        await people.sender.post(`/v1/cases/${id}/objections`, {
          against: 'all',
          on: addMonths(today, -25),
          how: 'oral',
        }),
      ),
    ).toEqual([422, 'invalid', '/on', 'too-old']);
  });

  it('themes are those of the list, and an administrative one stands under its help, wherever themes are told', async () => {
    const open = (themes: string[]) => people.sender.post('/v1/cases', { ...newCase(), themes });
    expect(named(await open([]))).toEqual([422, 'invalid', '/themes', 'array-not-empty']);
    expect(named(await open(['logement']))).toEqual([422, 'invalid', '/themes', 'administrative-without-parent']);
    const { id } = (await open(['logement', 'aide_aux_demarches_administratives'])).body;
    const alone = [
      await people.sender.post(`/v1/cases/${id}/sessions`, newSession({ themes: ['logement'] })),
      await people.sender.post('/v1/workshops', {
        ...(samplesFor(people, noGround)['/v1/workshops']!.body as object),
        participants: [],
        themes: ['logement'],
      }),
      await people.sender.post(
        `/v1/cases/${id}/referrals`,
        newReferral(people.recipient.structureId, { needs: ['logement'] }),
      ),
    ];
    expect(alone.map(named)).toEqual(
      ['/themes', '/themes', '/needs'].map((pointer) => [422, 'invalid', pointer, 'administrative-without-parent']),
    );
  });

  it('nothing was used, or something', async () => {
    const { id } = await people.sender.do('/v1/cases', newCase());
    expect(
      named(await people.sender.post(`/v1/cases/${id}/sessions`, newSession({ equipment: ['aucun', 'ordinateur'] }))),
    ).toEqual([422, 'invalid', '/equipment', 'alone']);
    const { id: sessionId } = await people.sender.do(`/v1/cases/${id}/sessions`, newSession({ equipment: ['aucun'] }));
    expect(
      named(
        await people.sender.post(`/v1/cases/${id}/sessions/${sessionId}/corrections`, {
          equipment: ['tablette', 'aucun'],
        }),
      ),
    ).toEqual([422, 'invalid', '/equipment', 'alone']);
  });

  it('an objection is against everybody only when it says so', async () => {
    const { id } = await people.sender.do('/v1/cases', newCase());
    const object = (against: string) =>
      people.sender.post(`/v1/cases/${id}/objections`, { against, on: today, how: 'oral' });
    for (const against of ['ALL', 'All', 'tous', '*'])
      expect(named(await object(against))).toEqual([422, 'invalid', '/against', 'id']);
    expect((await object(people.recipient.structureId.toUpperCase())).body.objections).toMatchObject([
      { against: people.recipient.structureId },
    ]);
    expect((await object('all')).status).toBe(201);
  });

  it('whoever wishes to be called has a number on the record, when the referral is sent', async () => {
    const { id } = await people.sender.do('/v1/cases', newCase());
    const refer = (more: Record<string, unknown>) =>
      people.sender.post(`/v1/cases/${id}/referrals`, newReferral(people.recipient.structureId, more));
    expect(named(await refer({ contact: 'phone' }))).toEqual([422, 'invalid', '/contact', 'no-phone']);
    expect(named(await refer({ contact: 'email' }))).toEqual([422, 'invalid', '/contact', 'no-email']);
    expect(
      named(
        await refer({
          contact: 'phone',
          toStructureId: undefined,
          toStructureIds: [people.recipient.structureId, people.contributor.structureId],
        }),
      ),
    ).toEqual([422, 'invalid', '/contact', 'no-phone']);
    const draft = (await refer({ contact: 'phone', send: false })).body;
    expect(draft.status).toBe('draft');
    expect(named(await people.sender.post(`/v1/referrals/${draft.id}/send`))).toEqual([
      422,
      'invalid',
      '/contact',
      'no-phone',
    ]);
    await people.sender.do(`/v1/cases/${id}/corrections`, { resident: { phone: '06 12 34 56 78' } });
    expect((await people.sender.do(`/v1/referrals/${draft.id}/send`)).status).toBe('sent');
    // The truth about the resident is never refused.
    expect(
      (await people.sender.do(`/v1/cases/${id}/corrections`, { resident: { phone: null } })).resident,
    ).not.toHaveProperty('phone');
  });
});

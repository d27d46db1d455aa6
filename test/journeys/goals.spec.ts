/** What the resident wants to manage alone: goals in steps, set and reached by whoever takes part, and how far it has come, theme by theme. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { rebuild } from '../support/rebuild';
import { start, today } from '../support/clock';
import { accepted, handOver, refused } from './appointment-story';
import { newCase, newSession, Person, type View } from './driver';
import { coordinator, everybody, lead, manager, open, recipient, system } from './entered-in-error-story';
import { timeline } from './merge-story';

interface Goal extends View {
  version: number;
  text: string;
  steps: { id: string; text: string; reachedOn?: string }[];
  ended?: { on: string; comment?: string; actor: { id: string } };
}
interface Progress {
  themes: { theme: string; points: { date: string; autonomy: string; structure: { id: string } }[] }[];
  goals: Record<'open' | 'reached' | 'abandoned', Goal[]>;
}

everybody();
beforeEach(() => system.clock.set(start));

const set = async (by: Person, caseId: string, more: object = {}): Promise<Goal> =>
  (await by.do(`/v1/cases/${caseId}/goals`, { text: 'Faire sa déclaration seule.', ...more })) as Goal;
const pathOf = (caseId: string, { id }: { id: string }): string => `/v1/cases/${caseId}/goals/${id}`;
const progressOf = async (by: Person, caseId: string): Promise<Progress> =>
  (await by.get(`/v1/cases/${caseId}/progress`)) as unknown as Progress;
const steps = ['Ouvrir sa messagerie.', 'Répondre à un message.'];

it('is set with its steps, reached one by one by whoever takes part, and read by everybody who reads the thread', async () => {
  const id = await open();
  await accepted(id);
  const goal = await set(lead, id, { theme: 'email', steps });
  expect(goal).toMatchObject({
    ...{ version: 1, status: 'open', text: 'Faire sa déclaration seule.', theme: 'email' },
    ...{ structure: { id: lead.structureId }, actor: { id: lead.id } },
  });
  expect(goal.steps.map(({ text, reachedOn }) => [text, reachedOn])).toEqual(steps.map((text) => [text, undefined]));
  const path = pathOf(id, goal);
  const stepped = (await recipient.do(`${path}/step`, { stepId: goal.steps[1]!.id, on: '2026-11-20' })) as Goal;
  expect([stepped.version, stepped.steps.map(({ reachedOn }) => reachedOn)]).toEqual([2, [undefined, '2026-11-20']]);
  expect(((await lead.do(`${path}/step`, { stepId: goal.steps[1]!.id })) as Goal).version).toBe(2);
  expect(await refused(lead.post(`${path}/step`, { stepId: goal.id }))).toEqual([422, 'invalid', '/stepId unknown']);
  expect(await refused(lead.post(`${path}/reach`, {}, { 'if-match': '"1"' }))).toEqual([412, 'stale']);
  const both = await Promise.all([lead, recipient].map((by) => by.post(`${path}/reach`, { comment: 'Toute seule !' })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await lead.get(path)).toMatchObject({
    ...{ status: 'reached', version: 3, ended: { on: today(), comment: 'Toute seule !' } },
  });
  expect(await refused(lead.post(`${path}/abandon`))).toEqual([409, 'wrong-state']);
  expect((await timeline(lead, id)).slice(-3).map(({ type }) => type)).toEqual([
    'GoalSet',
    'GoalStepReached',
    'GoalReached',
  ]);
  expect(await lead.all(`/v1/cases/${id}/timeline?kind=goal`)).toHaveLength(3);
});

it('is hidden from whoever has no part, and from who left since', async () => {
  const id = await open();
  const before = await set(lead, id);
  const changed = await set(lead, id, { steps });
  await handOver(id, recipient);
  await recipient.do(`${pathOf(id, changed)}/step`, { stepId: changed.steps[0]!.id });
  const after = await set(recipient, id);
  expect((await lead.all(`/v1/cases/${id}/goals`)).map(({ id: one }) => one)).toEqual([before.id]);
  for (const hidden of [changed, after]) expect((await lead.try('GET', pathOf(id, hidden))).status).toBe(404);
  expect((await progressOf(lead, id)).goals.open.map(({ id: one }) => one)).toEqual([before.id]);
  expect(await refused(lead.post(`${pathOf(id, before)}/reach`))).toEqual([403, 'forbidden']);
  expect(await refused(lead.post(`/v1/cases/${id}/goals`, { text: 'x' }))).toEqual([403, 'forbidden']);
  // The new lead goes on with all of them.
  expect((await recipient.do(`${pathOf(id, before)}/reach`)).status).toBe('reached');
  const stranger = await Person.signIn(system.baseUrl, system.account('conseiller', 'afpa'), system.password);
  for (const by of [stranger, coordinator]) {
    for (const path of [pathOf(id, after), `/v1/cases/${id}/goals`, `/v1/cases/${id}/progress`])
      expect((await by.try('GET', path)).status).toBe(404);
  }
  expect((await manager.get(pathOf(id, after))).id).toBe(after.id);
});

it.each<[object, string]>([
  [{ text: undefined }, '/text'],
  [{ theme: 'inconnu' }, '/theme'],
  [{ steps: Array.from({ length: 21 }, (_, n) => `Étape ${n}`) }, '/steps'],
  [{ steps: [''] }, '/steps'],
])('%j is refused where it stands: %s', async (body, where) => {
  const id = await open();
  const [status, code, first] = await refused(lead.post(`/v1/cases/${id}/goals`, { text: 'Seule.', ...body }));
  expect([status, code, String(first).startsWith(where)]).toEqual([422, 'invalid', true]);
});

it('is open so many times on one case, and no more; and is reached on a day that has come', async () => {
  const id = await open();
  const first = await set(lead, id);
  for (let n = 1; n < 20; n++) await set(lead, id);
  expect(await refused(lead.post(`/v1/cases/${id}/goals`, { text: 'x' }))).toEqual([422, 'invalid', ' too-many-open']);
  expect(await refused(lead.post(`${pathOf(id, first)}/reach`, { on: addCalendarDays(today(), 1) }))).toEqual([
    422,
    'invalid',
    '/on future',
  ]);
  await lead.do(`${pathOf(id, first)}/abandon`);
  await set(lead, id);
});

it('progress: by theme the newest sessions that say it, oldest first, whoever recorded them, and goals by state', async () => {
  const id = await open();
  await accepted(id);
  const record = (by: Person, date: string, themes: string[], autonomy?: string) =>
    by.do(`/v1/cases/${id}/sessions`, newSession({ date, themes, ...(autonomy ? { autonomy } : {}) }));
  await record(lead, '2026-11-10', ['email'], 'entierement_accompagne');
  await record(recipient, '2026-11-20', ['email', 'sante'], 'autonome');
  await record(lead, '2026-11-15', ['email'], 'partiellement_autonome');
  await record(lead, '2026-11-16', ['email']);
  const error = await record(lead, '2026-11-17', ['email'], 'autonome');
  await lead.do(`/v1/cases/${id}/sessions/${error.id}/cancel`, { reason: 'duplicate' });
  const [reached, abandoned] = [await set(lead, id), await set(lead, id)];
  await set(lead, id, { text: 'Encore ouverte.' });
  await lead.do(`${pathOf(id, reached)}/reach`);
  await lead.do(`${pathOf(id, abandoned)}/abandon`);
  for (const by of [lead, recipient]) {
    const { themes, goals } = await progressOf(by, id);
    expect(themes.map(({ theme, points }) => [theme, points.map(({ date, autonomy }) => [date, autonomy])])).toEqual([
      [
        'email',
        [
          ['2026-11-10', 'entierement_accompagne'],
          ['2026-11-15', 'partiellement_autonome'],
          ['2026-11-20', 'autonome'],
        ],
      ],
      ['sante', [['2026-11-20', 'autonome']]],
    ]);
    expect(themes[0]!.points.map(({ structure }) => structure.id)).toEqual([
      lead.structureId,
      lead.structureId,
      recipient.structureId,
    ]);
    expect([goals.open.map(({ text }) => text), goals.reached[0]!.id, goals.abandoned[0]!.id]).toEqual([
      ['Encore ouverte.'],
      reached.id,
      abandoned.id,
    ]);
  }
});

it('goes on in the record that goes on after a merge, and is gone with an erasure', async () => {
  const loser = await open();
  const { id: survivor } = await recipient.do('/v1/cases', newCase());
  const goal = await set(lead, loser, { text: 'Du dossier fusionné.', steps });
  await lead.do(`/v1/cases/${loser}/sessions`, newSession({ autonomy: 'autonome' }));
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  expect(((await recipient.get(pathOf(survivor, goal))) as Goal).text).toBe('Du dossier fusionné.');
  await recipient.do(`${pathOf(survivor, goal)}/step`, { stepId: goal.steps[0]!.id });
  expect((await lead.do(`${pathOf(survivor, goal)}/reach`, { comment: 'Bravo.' })).status).toBe('reached');
  const { themes, goals } = await progressOf(recipient, survivor);
  expect([themes.length, goals.reached.map(({ id }) => id)]).toEqual([1, [goal.id]]);
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await administrator.do(`/v1/cases/${survivor}/erasure`, { reason: 'request_of_resident' });
  expect((await recipient.try('GET', pathOf(survivor, goal))).status).toBe(404);
  expect(await system.database.query('select id from goal where id = $1', [goal.id])).toEqual([]);
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () => system.database.query('select * from goal order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(10);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});

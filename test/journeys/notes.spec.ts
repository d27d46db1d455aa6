/** What there is to know and was nothing done: written, read, corrected and taken back like a session, and counted nowhere as one. */
import { rebuild } from '../support/rebuild';
import { newReferral, newSession, Person, type View } from './driver';
import { colleague, coordinator, everybody, lead, manager, open, recipient, system } from './entered-in-error-story';
import { timeline } from './merge-story';

interface Note extends View {
  text: string;
  date: string;
  privateNote?: string;
  versions: { text: string; date: string; reason?: string }[];
  cancelled?: { reason: string; comment?: string };
}

const write = async (by: Person, caseId: string, text: string, more: object = {}): Promise<Note> =>
  (await by.do(`/v1/cases/${caseId}/notes`, { text, ...more })) as Note;
const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const accepted = async (caseId: string): Promise<string> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  return id;
};

everybody();

it('stands in the thread with its day and its author, for everybody who reads it; the private note for its own structure', async () => {
  const id = await open();
  await accepted(id);
  const note = await write(recipient, id, 'Rappelée, absente.', { privateNote: 'Réessayer mardi.' });
  expect(note).toMatchObject({
    status: 'recorded',
    text: 'Rappelée, absente.',
    date: '2026-11-23',
    privateNote: 'Réessayer mardi.',
    actor: { id: recipient.id },
    structure: { id: recipient.structureId },
    versions: [],
  });
  const seen = await lead.get(`/v1/cases/${id}/notes/${note.id}`);
  expect(seen).toMatchObject({ text: 'Rappelée, absente.' });
  expect(seen).not.toHaveProperty('privateNote');
  expect((await timeline(lead, id)).at(-1)).toMatchObject({ type: 'NoteWritten', text: 'Rappelée, absente.' });
  expect(JSON.stringify(await timeline(lead, id))).not.toContain('mardi');
  // Neither whoever watches nor whoever has no part.
  expect((await coordinator.try('GET', `/v1/cases/${id}/notes/${note.id}`)).status).toBe(404);
  expect((await timeline(coordinator, id)).map(({ type }) => type)).not.toContain('NoteWritten');
});

it('is no session: not in lists, no start of a referral, no end of a silence; but the case has moved', async () => {
  const id = await open();
  const referral = await accepted(id);
  const before = (await lead.get(`/v1/cases/${id}`)).lastActivityAt;
  const note = await write(recipient, id, 'Rappelée, absente.');
  expect((await lead.get(`/v1/referrals/${referral}`)).status).toBe('accepted');
  expect(await recipient.all('/v1/sessions')).toEqual([]);
  expect((await lead.get(`/v1/cases/${id}`)).lastActivityAt > before).toBe(true);
  expect((await recipient.try('GET', `/v1/cases/${id}/sessions/${note.id}`)).status).toBe(404);
  expect(await refused(recipient.post(`/v1/cases/${id}/sessions/${note.id}/cancel`, { reason: 'duplicate' }))).toEqual([
    404,
    'not-found',
  ]);
});

it('is corrected by its structure alone, what stood before stays readable; nothing different writes nothing', async () => {
  const id = await open();
  await accepted(id);
  const { id: nid } = await write(lead, id, 'Rapelée.');
  const path = `/v1/cases/${id}/notes/${nid}`;
  const corrected = await colleague.do(`${path}/corrections`, {
    text: 'Rappelée.',
    date: '2026-11-20',
    reason: 'Faute de frappe.',
  });
  expect(corrected).toMatchObject({
    text: 'Rappelée.',
    date: '2026-11-20',
    versions: [{ text: 'Rapelée.', date: '2026-11-23' }],
  });
  const events = (await timeline(lead, id)).length;
  await lead.do(`${path}/corrections`, { text: 'Rappelée.' });
  expect(await timeline(lead, id)).toHaveLength(events);
  expect(await refused(recipient.post(`${path}/corrections`, { text: 'Autre.' }))).toEqual([403, 'forbidden']);
  expect(await refused(manager.post(`${path}/cancel`, { reason: 'duplicate' }))).toEqual([403, 'forbidden']);
  expect(await refused(coordinator.post(`${path}/corrections`, { text: 'Autre.' }))).toEqual([403, 'forbidden']);
});

it('is taken back once, with a reason: marked, readable as before', async () => {
  const id = await open();
  const { id: nid } = await write(lead, id, 'Rappelée.');
  const path = `/v1/cases/${id}/notes/${nid}`;
  expect((await refused(lead.post(`${path}/cancel`, { reason: 'other' }))).slice(0, 2)).toEqual([422, 'invalid']);
  const both = await Promise.all(
    [lead, colleague].map((by) => by.post(`${path}/cancel`, { reason: 'duplicate', comment: 'Deux fois.' })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await lead.get(path)).toMatchObject({
    status: 'entered_in_error',
    text: 'Rappelée.',
    cancelled: { reason: 'duplicate', comment: 'Deux fois.' },
  });
  expect(await refused(lead.post(`${path}/corrections`, { text: 'Autre.' }))).toEqual([409, 'wrong-state']);
  expect((await timeline(lead, id)).map(({ type, cancelled }) => [type, cancelled])).toEqual([
    ['CaseOpened', undefined],
    ['NoteWritten', true],
    ['NoteCancelled', undefined],
  ]);
});

it.each<[object, string]>([
  [{}, '/text required'],
  [{ text: '' }, '/text'],
  [{ text: 'x', date: '2026-11-24' }, '/date future'],
  [{ text: 'x', date: '2023-01-01' }, '/date too-old'],
  [{ text: 'x', minutes: 5 }, '/minutes'],
])('%j is refused where it stands: %s', async (body, where) => {
  const id = await open();
  const [status, code, first] = await refused(lead.post(`/v1/cases/${id}/notes`, body));
  expect([status, code, String(first).startsWith(where.split(' ')[0]!)]).toEqual([422, 'invalid', true]);
});

it('after the end of a part: for 30 days, of what had happened by then; then no more, and what others write is not read', async () => {
  const id = await open();
  const referral = await accepted(id);
  const { id: own } = await write(recipient, id, 'Reçue.');
  await recipient.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
  const { id: later } = await write(lead, id, 'Appelée.');
  expect((await recipient.try('GET', `/v1/cases/${id}/notes/${own}`)).status).toBe(200);
  expect((await recipient.try('GET', `/v1/cases/${id}/notes/${later}`)).status).toBe(404);
  await write(recipient, id, 'Oubliée.', { date: '2026-11-23' });
  system.clock.advance({ days: 2 });
  expect(await refused(recipient.post(`/v1/cases/${id}/notes`, { text: 'Vue.' }))).toEqual([
    422,
    'invalid',
    '/date after-the-end',
  ]);
  system.clock.advance({ days: 31 });
  expect(await refused(recipient.post(`/v1/cases/${id}/notes`, { text: 'Vue.', date: '2026-11-20' }))).toEqual([
    403,
    'forbidden',
  ]);
});

it('does not end a silence, as a session does', async () => {
  const [noted, seen] = [await open(), await open()];
  const fellSilent = async (id: string) => (await timeline(lead, id)).some(({ type }) => type === 'CaseFellSilent');
  system.clock.advance({ days: 40 });
  const today = system.clock.now().slice(0, 10);
  await write(lead, noted, 'Rappelée, absente.');
  await lead.do(`/v1/cases/${seen}/sessions`, newSession({ date: today }));
  system.clock.advance({ days: 25 });
  await system.settle();
  expect([await fellSilent(noted), await fellSilent(seen)]).toEqual([true, false]);
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () => system.database.query('select * from note_entry order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(4);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});

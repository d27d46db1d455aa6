/** What a form begins with, so that nothing is typed twice: as last time, as last time there, as an earlier one; dated today, codes only. */
import { newSession, type Person, type View } from './driver';
import { colleague as manager, coordinator, everybody, lead, open, recipient, system } from './entered-in-error-story';

interface Preset {
  session: { date: string; minutes?: number; place?: string; placeId?: string; commune?: string; themes?: string[] };
  placeName?: string;
  basedOn?: { id: string; date: string };
}

const preset = async (by: Person, query = ''): Promise<Preset> =>
  (await by.get(`/v1/sessions/preset${query}`)) as unknown as Preset;
const today = '2026-11-23';
let caseId: string;
let place: View;

everybody();
beforeAll(async () => {
  caseId = await open();
  place = await manager.do('/v1/places', {
    name: 'Médiathèque',
    street: '1 place Carnot',
    postalCode: '72200',
    commune: '72154',
  });
});
const record = async (by: Person, more: object): Promise<string> =>
  (await by.do(`/v1/cases/${caseId}/sessions`, newSession({ commune: undefined, summary: 'Impôts.', ...more }))).id;

it('of somebody who has recorded nothing is today', async () => {
  expect(await preset(lead)).toEqual({ session: { date: today } });
  expect(await preset(lead, `?placeId=${place.id}`)).toEqual({
    session: { date: today, place: 'lieu_activite', placeId: place.id, commune: '72154', communeName: 'La Flèche' },
    placeName: 'Médiathèque',
  });
});

it('is what the person did last, or did last at a place, ready to be sent; without texts', async () => {
  const there = await record(lead, { date: '2026-01-10', placeId: place.id, minutes: 30, themes: ['sante'] });
  const home = await record(lead, { date: '2026-01-12', place: 'domicile', minutes: 90 });
  await record(manager, { date: '2026-01-15', placeId: place.id, minutes: 15 });
  expect(await preset(lead)).toEqual({
    session: { date: today, minutes: 90, place: 'domicile', themes: ['email'], equipment: ['ordinateur'] },
    basedOn: { id: home, date: '2026-01-12' },
  });
  const prefilled = await preset(lead, `?placeId=${place.id}`);
  expect(prefilled).toMatchObject({
    session: { date: today, minutes: 30, placeId: place.id, themes: ['sante'] },
    placeName: 'Médiathèque',
    basedOn: { id: there },
  });
  expect((await lead.post(`/v1/cases/${caseId}/sessions`, prefilled.session)).status).toBe(201);
});

it('is a duplicate of an earlier one of the structure, a colleague’s too, with its place while that is open', async () => {
  const id = await record(manager, { date: '2026-01-08', placeId: place.id, minutes: 75 });
  expect(await preset(lead, `?like=${id}`)).toMatchObject({
    session: { date: today, minutes: 75, placeId: place.id },
    basedOn: { id, date: '2026-01-08' },
  });
  await manager.do(`/v1/places/${place.id}/close`);
  const later = await preset(lead, `?like=${id}`);
  expect(later.session).toMatchObject({ minutes: 75, place: 'lieu_activite', commune: '72154' });
  expect(later.session).not.toHaveProperty('placeId');
  expect((await lead.try('GET', `/v1/sessions/preset?placeId=${place.id}`)).status).toBe(404);
  expect((await lead.post(`/v1/cases/${caseId}/sessions`, later.session)).status).toBe(201);
});

it('is none of what was entered in error, of another structure, of who follows nobody', async () => {
  const id = await record(lead, { date: '2026-01-20', minutes: 5 });
  expect((await recipient.try('GET', `/v1/sessions/preset?like=${id}`)).status).toBe(404);
  expect((await recipient.try('GET', `/v1/sessions/preset?placeId=${place.id}`)).status).toBe(404);
  expect((await coordinator.try('GET', '/v1/sessions/preset')).status).toBe(403);
  expect((await lead.try('GET', '/v1/sessions/preset?like=hier')).status).toBe(422);
  await lead.do(`/v1/cases/${caseId}/sessions/${id}/cancel`, { reason: 'duplicate' });
  expect((await lead.try('GET', `/v1/sessions/preset?like=${id}`)).status).toBe(404);
  expect((await preset(lead)).basedOn?.id).not.toBe(id);
  void system;
});

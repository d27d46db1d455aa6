/** Who works where, and their own accounts. */
import { TOTP } from 'otpauth';
import { addCalendarDays, type Uuid } from '@fil-rouge/kernel';
import { linkToken } from '@fil-rouge/users';
import { loadSettings, Sealing } from '@fil-rouge/platform';
import { Person, request, type View } from '../../journeys/driver';
import { today } from '../../support/clock';
import { inSarthe, opening, type Stage } from '../events.stage';

/** What is done a moment after the answer. */
async function until(done: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1000 && !(await done()); turn++) await new Promise((resolve) => setImmediate(resolve));
}

export const people: Record<string, (stage: Stage) => Promise<Uuid[]>> = {
  'a person comes, works in two places and leaves': async ({ manager, coordinator, administrator }) => {
    const employment = { structureId: manager.structureId, role: 'counsellor' };
    const placed = { ...employment, placedAt: '247200348', until: '2028-12-31' };
    const { id } = await manager.do('/v1/users', {
      ...placed,
      name: 'Joséphine Factice',
      email: 'josephine@example.org',
    });
    await manager.do(`/v1/users/${id}/invitations`);
    // The first manager of a structure that has none: from outside nobody else is named.
    const { id: declared } = await coordinator.do('/v1/structures', { name: 'Les Claviers partagés', ...inSarthe });
    await coordinator.do(`/v1/users/${id}/employments`, { structureId: declared, role: 'manager', from: '2026-12-01' });
    await administrator.do(`/v1/users/${id}/employments`, {
      ...employment,
      role: 'coordinator',
      territory: ['72264', '72181'],
    });
    const { employments } = (await manager.get(`/v1/users/${id}`)) as unknown as {
      employments: (View & { role: string })[];
    };
    const own = employments.find(({ role }) => role === 'counsellor')!;
    await manager.do(`/v1/users/${id}/employments/${own.id}/end`, { reason: 'Fin de contrat.' });
    const { id: second } = await manager.do('/v1/users', {
      ...employment,
      name: 'Léandre Feint',
      email: 'leandre@example.org',
    });
    const [only] = ((await manager.get(`/v1/users/${second}`)) as unknown as { employments: View[] }).employments;
    await manager.do(`/v1/users/${second}/employments/${only!.id}/end`, { until: '2029-06-30' });
    return [id, second];
  },

  'a structure is called otherwise': async ({ coordinator, administrator }) => {
    const { id } = await coordinator.do('/v1/structures', { name: 'Les Claviers de demain', ...inSarthe });
    await administrator.do(`/v1/structures/${id}/rename`, { name: 'Les Claviers d’aujourd’hui' });
    return [id];
  },

  'what the State pays for': async ({ manager, administrator, sender, pass }) => {
    const { id, posts } = (await administrator.do(`/v1/structures/${manager.structureId}/conventions`, {
      ...{ reference: 'CN-72-000', envelope: 1, from: today(), until: addCalendarDays(today(), 31), posts: 2 },
    })) as unknown as { id: Uuid; posts: { id: Uuid }[] };
    const [first, second] = posts.map((post) => `/v1/conventions/${id}/posts/${post.id}`);
    await manager.do(`${first}/occupy`, { userId: sender.id, from: today() });
    await manager.do(`${second}/return`, { on: today() });
    await manager.do(`${first}/vacate`, { on: today() });
    await pass(2);
    await administrator.do(`/v1/conventions/${id}/end`, { on: today(), reason: 'Résiliée.' });
    return [id];
  },

  'a place where a structure receives': async ({ manager }) => {
    const { id } = await manager.do('/v1/places', {
      name: 'Médiathèque de papier',
      street: '1 rue de l’Encre',
      postalCode: '72300',
      commune: '72264',
    });
    await manager.do(`/v1/places/${id}/corrections`, { complement: 'Rez-de-chaussée', hours: 'Mo-Fr 09:00-12:00' });
    await manager.do(`/v1/places/${id}/corrections`, {
      phone: '02 43 00 00 00',
      openings: [{ weekday: 'monday', from: '09:00', to: '12:00' }],
      openingsNote: 'Fermé en août.',
    });
    await manager.do(`/v1/places/${id}/close`);
    await manager.do(`/v1/places/${id}/reopen`);
    return [id];
  },

  'how a structure receives': async ({ manager }) => {
    const say = (what: string, body: object) =>
      manager.try('PUT', `/v1/structures/${manager.structureId}/${what}`, { body });
    expect((await say('leaflet', { purpose: 'Du papier et de l’encre.', bring: 'Un buvard.' })).status).toBe(200);
    const rota = [{ weekday: 'friday', userId: manager.id }];
    expect((await say('contacts', { defaultId: manager.id, rota })).status).toBe(200);
    return [manager.structureId];
  },

  'somebody who is away': async ({ manager, sender }) => {
    const at = `/v1/structures/${manager.structureId}/absences`;
    const [from, until] = [1, 5].map((days) => addCalendarDays(today(), days));
    const { id } = await sender.do(at, { from, until, deputyId: manager.id });
    await manager.do(`${at}/${id}/corrections`, { until: from });
    await manager.do(`${at}/${id}/end`);
    return [manager.structureId];
  },

  'somebody who gives no name': async ({ manager }) => {
    const done = { date: today(), minutes: 20, place: 'domicile', commune: '72264', themes: ['email'] };
    const { id } = await manager.do('/v1/anonymous-sessions', { ...done, equipment: ['telephone'], gender: 'feminin' });
    await manager.do(`/v1/anonymous-sessions/${id}/corrections`, { minutes: 35 });
    await manager.do(`/v1/anonymous-sessions/${id}/cancel`, { reason: 'duplicate' });
    return [id];
  },

  'a structure declared with a mistake, and who works there': async ({ system, coordinator, administrator }) => {
    const { id } = await coordinator.do('/v1/structures', { name: 'Les Souris savnates', ...inSarthe });
    await coordinator.do(`/v1/structures/${id}/corrections`, {
      name: 'Les Souris savantes',
      siret: '13002526500013',
      communes: ['72264'],
    });
    const named = async (name: string) =>
      coordinator.do('/v1/users', {
        name,
        email: `${name.toLowerCase()}@example.org`,
        structureId: id,
        role: 'manager',
      });
    const first = (await named('Hippolyte')) as unknown as { id: string; employments: View[] };
    await administrator.do(`/v1/users/${first.id}/employments/${first.employments[0]!.id}/end`, {
      reason: 'Adresse d’une autre personne.',
    });
    await named('Radegonde');
    await system.settle();
    return [id];
  },

  'somebody’s own account': async ({ system, administrator }) => {
    const { baseUrl, database, api, account, password } = system;
    const person = await Person.signIn(baseUrl, account('responsable', 'mediatheque-saint-calais'), password);
    const sealing = api.get(Sealing, { strict: false });
    const open = async (path: string, body: object) =>
      expect((await request(baseUrl, 'POST', path, { body })).status).toBeLessThan(300);
    await person.do('/v1/me/corrections', { name: 'Radegonde Imaginaire' });
    expect((await person.post('/v1/me/email-changes', { email: 'radegonde@example.org', password })).status).toBe(202);
    const [change] = await database.query<{ id: string }>('select id from email_change where user_id = $1', [
      person.id,
    ]);
    await open('/v1/auth/email-changes/accept', { token: linkToken(sealing, 'email-change', change!.id, person.id) });
    await open('/v1/auth/password-resets', { email: 'radegonde@example.org' });
    await until(
      async () =>
        (await database.query('select from event where stream_id = $1 and type = $2', [person.id, 'PasswordForgotten']))
          .length > 0,
    );
    const { address, setup } = (await person.post('/v1/me/second-factor/setup')).body as unknown as {
      address: string;
      setup: string;
    };
    const code = new TOTP({ secret: new URL(address).searchParams.get('secret')! }).generate({
      timestamp: Date.parse(system.clock.now()),
    });
    expect((await person.post('/v1/me/second-factor/confirm', { setup, code, password })).status).toBe(200);
    const reset = await administrator.post(`/v1/users/${person.id}/second-factor/reset`, {
      reason: 'Téléphone perdu.',
    });
    expect(reset.status).toBe(204);
    return [person.id];
  },

  'somebody who tries many names': async ({ open, contributor, system }) => {
    await open('Thècle', 'Cherchée');
    const most = loadSettings({}).duplicateHintsPerDay;
    for (let n = 0; n < most; n++) {
      expect(
        (await contributor.post('/v1/cases', { ...opening('Thècle', 'Cherchée'), confirmNotDuplicate: false })).status,
      ).toBe(409);
    }
    await system.settle();
    return [contributor.id];
  },
};

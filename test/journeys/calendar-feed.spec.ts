/** What somebody has planned, for a calendar that knows a secret address: until the address is renewed or revoked, or its owner leaves. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { today } from '../support/clock';
import { colleague, coordinator, everybody, lead, open, recipient, system } from './entered-in-error-story';
import { Person, request } from './driver';

everybody();

const addressOf = async (by: Person): Promise<string> =>
  ((await by.do('/v1/me/calendar')) as unknown as { address: string }).address;
const ask = (address: string, headers: Record<string, string> = {}) =>
  fetch(`${system.baseUrl}${address}`, { headers });
const uidsAt = async (address: string): Promise<string[]> =>
  [...(await (await ask(address)).text()).matchAll(/^UID:(.+)\r$/gm)].map(([, uid]) => uid!);
const plan = async (at: string, more: object = {}): Promise<string> =>
  (await lead.do(`/v1/cases/${await open()}/appointments`, { at, minutes: 45, text: 'Secret.', ...more })).id;
const day = (days: number): string => addCalendarDays(today(), days);

it('shows what is planned with its owner, soonest first, and nothing of the resident', async () => {
  const later = await plan(`${day(100)}T10:00`);
  const soon = await plan(`${day(3)}T10:00`, { place: 'domicile' });
  await plan(`${day(190)}T10:00`);
  await plan(`${day(3)}T11:00`, { counsellorId: colleague.id });
  const address = await addressOf(lead);
  const answer = await ask(address);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'private, no-cache',
  ]);
  const text = await answer.text();
  expect(text).toContain(`DTSTART:${day(3).replaceAll('-', '')}T090000Z`);
  expect(text).toContain('LOCATION:À domicile');
  expect(text).not.toMatch(/Secret|Eulalie|Essai|cases/);
  expect(await uidsAt(address)).toEqual([soon, later]);
  const etag = answer.headers.get('etag')!;
  expect((await ask(address, { 'if-none-match': etag })).status).toBe(304);
  await lead.do(
    `/v1/cases/${(await lead.all('/v1/appointments')).find(({ id }) => id === soon)!.caseId}/appointments/${soon}/move`,
    { minutes: 20 },
  );
  const moved = await ask(address, { 'if-none-match': etag });
  expect([moved.status, (await moved.text()).includes('SEQUENCE:1')]).toEqual([200, true]);
  system.clock.advance({ days: 34 });
  expect(await uidsAt(address)).not.toContain(soon);
});

it('answers under one address at a time, and under none when it is revoked', async () => {
  const [first, second] = [await addressOf(lead), await addressOf(lead)];
  expect([(await ask(first)).status, (await ask(second)).status]).toEqual([404, 200]);
  expect((await lead.try('DELETE', '/v1/me/calendar')).status).toBe(204);
  expect((await ask(second)).status).toBe(404);
  expect((await lead.try('DELETE', '/v1/me/calendar')).status).toBe(204);
});

it('is found by nothing but the secret, which nobody keeps', async () => {
  const address = await addressOf(recipient);
  const secret = address.split('/').at(-1)!.replace('.ics', '');
  expect(secret).toMatch(/^[\w-]{43}$/);
  for (const wrong of [
    'x',
    `${'x'.repeat(43)}.ics`,
    `${secret.slice(1)}.ics`,
    `${recipient.id}.ics`,
    '%00.ics',
    `${secret.toUpperCase()}.ics`,
  ]) {
    const answer = await request(system.baseUrl, 'GET', `/v1/calendars/${wrong}`);
    expect([wrong, [400, 404].includes(answer.status), JSON.stringify(answer.body).includes('BEGIN')]).toEqual([
      wrong,
      true,
      false,
    ]);
  }
  const kept = JSON.stringify([
    await system.database.query('select * from calendar_address'),
    await system.database.query('select * from audit_entry'),
    await system.database.query('select data from event'),
  ]);
  expect(kept).not.toContain(secret);
  expect(
    await system.database.query(`select action from audit_entry where action like 'calendar.%' and user_id = $1`, [
      recipient.id,
    ]),
  ).toEqual([{ action: 'calendar.renewed' }]);
  expect((await coordinator.post('/v1/me/calendar')).status).toBe(403);
});

it('of somebody who has left answers nothing', async () => {
  const { id: userId } = await colleague.do('/v1/users', {
    ...{ email: 'partante@exemple.fr', name: 'Paule Partante', role: 'counsellor' },
    ...{ structureId: colleague.structureId, from: today() },
  });
  await plan(`${day(3)}T10:00`, { counsellorId: userId });
  // Nobody chose a password for her: her address is the recipient's, given to her.
  const address = await addressOf(recipient);
  await system.database.query('alter table calendar_address no force row level security');
  await system.database.query('update calendar_address set user_id = $1 where user_id = $2', [userId, recipient.id]);
  expect(await uidsAt(address)).toHaveLength(1);
  const { employments } = (await colleague.get(`/v1/users/${userId}`)) as unknown as { employments: { id: string }[] };
  await colleague.do(`/v1/users/${userId}/employments/${employments[0]!.id}/end`, {
    until: today(),
    reason: 'Départ.',
  });
  system.clock.advance({ days: 1 });
  expect((await ask(address)).status).toBe(404);
});

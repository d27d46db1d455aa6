/** What ends a link for answering, and what is learned from one that does not open: nothing. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { linkDays, mostCodes } from '../../libs/cases/src/outside/answer-link';
import { newCase, Person } from './driver';
import {
  answer,
  delivered,
  email,
  everybodyWithMail,
  link,
  openSheet,
  titles,
  newestToken,
  wrong,
  type Link,
} from './answer-links.stage';
import { at, contributor, coordinator, lead, refused, send, system } from './outside-stage';

everybodyWithMail();

const dead = [422, 'invalid', '/code refused'];
const on = () => localDateOf(system.clock.now());

it('wrong codes end it, also when they come at once; each is told, and the right one comes too late', async () => {
  const held = await link();
  const before = (await titles()).length;
  const tries = await Promise.all(
    Array.from({ length: 3 * mostCodes }, () => refused(openSheet({ ...held, code: wrong(held.code) }))),
  );
  expect(new Set(tries.map(String))).toEqual(new Set([String(dead)]));
  expect(await refused(openSheet(held))).toEqual(dead);
  const events = await system.database.query<{ type: string }>(
    `select type from event where stream_id = $1 and type in ('OutsideCodeMistaken', 'OutsideLinkEnded', 'OutsideSheetOpened')`,
    [held.caseId],
  );
  expect(events.map(({ type }) => type)).toEqual([
    ...Array<string>(mostCodes).fill('OutsideCodeMistaken'),
    'OutsideLinkEnded',
  ]);
  expect((await titles()).length - before).toBe(mostCodes + 1);
  expect(await lead.get(held.path)).toMatchObject({ answerLink: { ended: 'wrong_codes' } });
});

it('unknown, expired, revoked and a wrong code are answered alike, and as late', async () => {
  const [live, revoked, expired] = [await link(), await link(), await link()];
  await lead.do(`${revoked.path}/answer-link/revoke`);
  await system.database.query('update outside_referral set link_until = $2 where id = $1', [
    expired.path.split('/').at(-1),
    system.clock.now(),
  ]);
  const answers = await Promise.all(
    [
      { ...live, token: 'f'.repeat(32) },
      { ...live, token: 'x' },
      revoked,
      expired,
      { ...live, code: wrong(live.code) },
    ].map(async (held) => {
      const began = performance.now();
      const { status, body } = await openSheet(held);
      const { traceId, ...same } = body as unknown as { traceId: string };
      return { status, same, late: performance.now() - began >= 390, traced: traceId.length > 0 };
    }),
  );
  for (const one of answers) expect(one).toEqual({ ...answers[0]!, status: 422, late: true });
});

const endings: [string, (held: Link) => Promise<unknown>][] = [
  ['the sender revokes it', (held) => lead.do(`${held.path}/answer-link/revoke`)],
  ['the referral is taken back', (held) => lead.do(`${held.path}/cancel`, { reason: 'duplicate' })],
  [
    'the resident objects to everybody',
    (held) => lead.do(`/v1/cases/${held.caseId}/objections`, { against: 'all', on: on(), how: 'oral' }),
  ],
  [
    'the case closes',
    (held) => lead.do(`/v1/cases/${held.caseId}/close`, { reason: 'need_met', cancelReferrals: true }),
  ],
  [
    'the record is erased',
    async (held) => {
      const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
      await administrator.do(`/v1/cases/${held.caseId}/erasure`, { reason: 'request_of_resident' });
    },
  ],
];
it.each(endings)('it opens no more when %s', async (_what, end) => {
  const held = await link();
  expect((await openSheet(held)).status).toBe(200);
  await end(held);
  expect(await refused(openSheet(held))).toEqual(dead);
  expect(await refused(answer(held, { answer: 'accepted' }))).toEqual(dead);
});

it('nor when the part of who sent has ended, or the resident objects to that structure', async () => {
  const first = await link(undefined, lead);
  const completed = await link(first.caseId, contributor);
  const { id: referral } = (await contributor.get(`/v1/cases/${first.caseId}`)).referrals[0]!;
  await contributor.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
  expect(await refused(openSheet(completed))).toEqual(dead);
  expect(await refused(answer(completed, { answer: 'accepted' }))).toEqual(dead);
  const objected = await link((await link()).caseId, contributor);
  const against = contributor.structureId;
  await lead.do(`/v1/cases/${objected.caseId}/objections`, { against, on: on(), how: 'oral' });
  expect(await refused(openSheet(objected))).toEqual(dead);
  expect(await refused(answer(objected, { answer: 'accepted' }))).toEqual(dead);
  expect((await openSheet(first)).status).toBe(200);
});

it('nor after its last day; until then it does, and nothing is sent of one that was revoked before the post went', async () => {
  const held = await link();
  const sent = (await delivered()).length;
  const { id } = await send(held.caseId);
  await lead.do(`${at(held.caseId)}/${id}/answer-link`, { email });
  await lead.do(`${at(held.caseId)}/${id}/answer-link/revoke`);
  expect((await delivered()).length).toBe(sent);
  const last = addCalendarDays(on(), linkDays);
  while (on() < last) system.clock.advance({ days: 1 });
  expect((await openSheet(held)).status).toBe(200);
  system.clock.advance({ days: 1 });
  expect(await refused(openSheet(held))).toEqual(dead);
});

it('goes on where a record goes on', async () => {
  const { id: survivor } = await lead.do('/v1/cases', newCase());
  const { id: loser } = await lead.do('/v1/cases', newCase());
  const held = await link(loser);
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  expect((await openSheet(held)).status).toBe(200);
  expect((await answer(held, { answer: 'reported', outcome: 'helped' })).status).toBe(200);
  const path = held.path.replace(loser, survivor);
  expect(await lead.get(path)).toMatchObject({ outcome: 'helped', reportedBy: 'recipient' });
  const again = (await lead.do(`${path}/answer-link`, { email })) as unknown as { code: string };
  expect((await openSheet({ code: again.code, token: await newestToken() })).status).toBe(200);
});

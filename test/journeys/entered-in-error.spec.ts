/** What was recorded by mistake or on the wrong person: cancelled, moved, corrected; readable as before, and counted nowhere. */
import { newCase, newReferral, newSession, Person } from './driver';
import { timeline } from './merge-story';
import {
  colleague,
  coordinator,
  everybody,
  expectNothingLost,
  lead,
  manager,
  open,
  recipient,
  system,
  type Session,
} from './entered-in-error-story';

const record = (by: Person, caseId: string, more: object = {}) =>
  by.do(`/v1/cases/${caseId}/sessions`, newSession({ ...more }));
const sessionOf = (by: Person, caseId: string, sid: string) =>
  by.get(`/v1/cases/${caseId}/sessions/${sid}`) as Promise<Session>;
const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(typeof body.status === 'string' ? [body.status] : [])];
};
/** A referral to the post office, accepted. */
const accepted = async (caseId: string): Promise<string> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  return id;
};
const statusOf = async (id: string) => (await lead.get(`/v1/referrals/${id}`)).status;

everybody();

describe('a session', () => {
  it('is cancelled with a reason, once: marked in the timeline, with all that it said', async () => {
    const id = await open();
    const { id: sid } = await record(lead, id, { summary: 'Messagerie.' });
    const path = `/v1/cases/${id}/sessions/${sid}`;
    expect(await refused(lead.post(`${path}/cancel`, { reason: 'other' }))).toEqual([422, 'invalid']);
    const shown = await lead.do(`${path}/cancel`, { reason: 'entered_in_error', comment: 'Saisie deux fois.' });
    expect(shown).toMatchObject({
      status: 'entered_in_error',
      summary: 'Messagerie.',
      cancelled: { reason: 'entered_in_error', comment: 'Saisie deux fois.' },
    });
    for (const again of ['cancel', 'corrections', 'move']) {
      const body = {
        cancel: { reason: 'duplicate' },
        corrections: { minutes: 20 },
        move: { toCaseId: await open(), reason: 'Autre personne.' },
      }[again];
      expect(await refused(lead.post(`${path}/${again}`, body))).toEqual([409, 'wrong-state', 'entered_in_error']);
    }
    const entries = await timeline(lead, id);
    expect(entries.map(({ type, cancelled, text }) => [type, cancelled, text])).toEqual([
      ['CaseOpened', undefined, undefined],
      ['SessionRecorded', true, 'Messagerie.'],
      ['SessionCancelled', undefined, 'Saisie deux fois.'],
    ]);
  });

  it('is cancelled by the structure that recorded it and by no other', async () => {
    const id = await open();
    await accepted(id);
    const { id: sid } = await record(recipient, id);
    expect(await refused(lead.post(`/v1/cases/${id}/sessions/${sid}/cancel`, { reason: 'duplicate' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await refused(coordinator.post(`/v1/cases/${id}/sessions/${sid}/cancel`, { reason: 'duplicate' }))).toEqual([
      403,
      'forbidden',
    ]);
    expect((await manager.post(`/v1/cases/${id}/sessions/${sid}/cancel`, { reason: 'duplicate' })).status).toBe(200);
  });

  it('that began a referral takes the beginning back with it, and the sender is told', async () => {
    const id = await open();
    const referral = await accepted(id);
    const { id: sid } = await record(recipient, id);
    expect(await statusOf(referral)).toBe('in_progress');
    await recipient.do(`/v1/cases/${id}/sessions/${sid}/cancel`, { reason: 'did_not_take_place' });
    expect(await statusOf(referral)).toBe('accepted');
    await system.settle();
    const told = (await lead.all('/v1/notifications')).filter(({ caseId }) => caseId === id).map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(['ReferralStartCancelled', 'EntryCancelled']));
    await record(recipient, id);
    expect(await statusOf(referral)).toBe('in_progress');
  });

  it.each([
    ['corrections', { minutes: 20 }],
    ['cancel', { reason: 'duplicate' }],
    ['move', {}],
  ] as const)('is cancelled by two at the same moment, or cancelled and %s: one wins', async (verb, body) => {
    const [id, other] = [await open(), await open()];
    const { id: sid } = await record(lead, id);
    const path = `/v1/cases/${id}/sessions/${sid}`;
    const second = verb === 'move' ? { toCaseId: other, reason: 'Autre personne.' } : body;
    const answers = await Promise.all([
      lead.post(`${path}/cancel`, { reason: 'duplicate' }),
      colleague.post(`${path}/${verb}`, second),
    ]);
    const won = answers.filter(({ status }) => status < 300).length;
    const lost = answers
      .filter(({ status }) => status >= 300)
      .map(({ status, body: { code, status: state } }) => [status, code, state]);
    // A correction that came first is cancelled with the rest.
    expect([won, lost]).toEqual(
      lost.length === 0 && verb === 'corrections' ? [2, []] : [1, [[409, 'wrong-state', 'entered_in_error']]],
    );
    expect((await timeline(lead, id)).filter(({ type }) => type === 'SessionCancelled')).toHaveLength(1);
    expect((await timeline(lead, other)).filter(({ type }) => type === 'SessionRecorded')).toHaveLength(
      answers[1].status === 201 ? 1 : 0,
    );
  });
});

describe('a session on the wrong person', () => {
  it('goes to the right one in one step, with its private note; nobody but its own structure learns where', async () => {
    const [wrong, right] = [await open(), await open()];
    await accepted(wrong);
    const { id: sid } = await record(lead, wrong, { summary: 'Impôts.', privateNote: 'Rappeler lundi.' });
    const headers = { 'idempotency-key': `move-${wrong}` };
    const moved = await lead.post(
      `/v1/cases/${wrong}/sessions/${sid}/move`,
      { toCaseId: right, reason: 'C’était Mme Durand.' },
      headers,
    );
    expect([moved.status, moved.body]).toEqual([
      201,
      expect.objectContaining({
        caseId: right,
        status: 'recorded',
        summary: 'Impôts.',
        privateNote: 'Rappeler lundi.',
        movedFrom: { caseId: wrong, sessionId: sid },
      }),
    ]);
    expect((await lead.get(moved.headers.get('location')!)).id).toBe(moved.body.id);
    const again = await lead.post(
      `/v1/cases/${wrong}/sessions/${sid}/move`,
      { toCaseId: right, reason: 'C’était Mme Durand.' },
      headers,
    );
    expect([again.status, again.body.id, again.headers.get('idempotency-replayed')]).toEqual([
      moved.status,
      moved.body.id,
      'true',
    ]);
    const left = await sessionOf(lead, wrong, sid);
    expect(left).toMatchObject({
      status: 'entered_in_error',
      cancelled: { reason: 'wrong_person', privateNote: 'C’était Mme Durand.' },
      movedTo: { caseId: right, sessionId: moved.body.id },
    });
    const seen = [await sessionOf(recipient, wrong, sid), await timeline(recipient, wrong)];
    expect(seen[0]).toMatchObject({ status: 'entered_in_error', cancelled: { reason: 'wrong_person' } });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${right}|${moved.body.id}|Durand`));
  });

  it('goes to a case in which the structure may record, and to no other', async () => {
    const [id, closed] = [await open(), await open()];
    const theirs = (await recipient.do('/v1/cases', newCase())).id;
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met' });
    const { id: sid } = await record(lead, id);
    const to = async (toCaseId: string) => {
      const { status, body } = await lead.post(`/v1/cases/${id}/sessions/${sid}/move`, {
        toCaseId,
        reason: 'Autre personne.',
      });
      return [status, body.code, body.errors?.[0]?.pointer];
    };
    expect(await to(theirs)).toEqual([404, 'not-found', '/toCaseId']);
    expect(await to(id)).toEqual([422, 'invalid', '/toCaseId']);
    expect((await sessionOf(lead, id, sid)).status).toBe('recorded');
    // What happened before the closing.
    expect((await to(closed))[0]).toBe(201);
  });
});

it('nothing of it is lost by a rebuild', expectNothingLost);

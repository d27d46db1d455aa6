import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type View } from './driver';
import { assemble, bodiesOf, build } from './referral-states';
import type { People } from './referral-states';

describe('what moves a referral without anybody calling an action', () => {
  let system: TestSystem;
  let people: People;
  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
  });
  afterAll(() => system.stop());

  const nowhere = { id: '', commune: '' };
  const status = async (id: string) => (await people.sender.get(`/v1/referrals/${id}`)).status;
  /** With a manager: nothing is sent to a structure in which nobody works. */
  const declare = async (): Promise<View> => {
    const structure = await people.administrator.do('/v1/structures', {
      name: 'Association des Deux Rives',
      typology: 'ASSO',
      communes: ['72264'],
      services: ['Maîtrise des outils numériques du quotidien'],
    });
    await people.administrator.do('/v1/users', {
      name: 'Rive Gauche',
      email: `rive-${structure.id}@exemple.fr`,
      structureId: structure.id,
      role: 'manager',
    });
    return structure;
  };
  const decide = async (structureId: string, decision: string): Promise<void> => {
    await people.administrator.do(`/v1/structures/${structureId}/decisions`, {
      status: decision,
      decidedOn: system.clock.now().slice(0, 10),
      reference: 'DEC-72-1',
    });
    await system.settle();
  };

  it('the first session by the recipient starts it; a session by anybody else does not', async () => {
    const { caseId, id } = await build(people, 'accepted', nowhere);
    await people.sender.do(`/v1/cases/${caseId}/sessions`, newSession());
    await people.contributor.do(`/v1/cases/${caseId}/sessions`, newSession());
    expect(await status(id)).toBe('accepted');
    await people.recipient.do(`/v1/cases/${caseId}/sessions`, newSession());
    expect(await status(id)).toBe('in_progress');
  });

  it('a session that names one referral starts that one only', async () => {
    const { caseId, id } = await build(people, 'accepted', nowhere);
    const second = await people.sender.do(
      `/v1/cases/${caseId}/referrals`,
      newReferral(people.recipient.structureId, { needs: ['securite_numerique'] }),
    );
    await people.recipient.do(`/v1/referrals/${second.id}/accept`);
    await people.recipient.do(`/v1/cases/${caseId}/sessions`, newSession({ referralId: second.id }));
    expect([await status(id), await status(second.id)]).toEqual(['accepted', 'in_progress']);
  });

  it.each(['draft', 'sent', 'under_review', 'accepted', 'in_progress', 'on_hold_from_accepted'] as const)(
    'an objection against the recipient cancels a %s one',
    async (situation) => {
      const { caseId, id } = await build(people, situation, nowhere);
      await people.sender.do(`/v1/cases/${caseId}/objections`, {
        against: people.recipient.structureId,
        on: '2026-11-20',
        how: 'oral',
      });
      const seen = await people.sender.get(`/v1/referrals/${id}`);
      expect([seen.status, seen.reason]).toEqual(['cancelled', 'objection']);
      expect(await people.recipient.try('GET', `/v1/cases/${caseId}`)).not.toMatchObject({
        body: { resident: { lastName: expect.anything() as string } },
      });
    },
  );

  it.each(['draft', 'sent', 'under_review', 'accepted', 'in_progress', 'on_hold_from_accepted'] as const)(
    'closing the case with cancelReferrals cancels a %s one',
    async (situation) => {
      const { caseId, id } = await build(people, situation, nowhere);
      const refused = await people.sender.post(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
      expect([refused.status, refused.body.code]).toEqual([409, 'open-referrals']);
      await people.sender.do(`/v1/cases/${caseId}/close`, { reason: 'need_met', cancelReferrals: true });
      expect(await status(id)).toBe('cancelled');
    },
  );

  it('a held one is sent when the State validates, and only then is anything disclosed', async () => {
    const structure = await declare();
    const { id: caseId } = await people.sender.do('/v1/cases', newCase());
    const referral = await people.sender.do(`/v1/cases/${caseId}/referrals`, newReferral(structure.id));
    expect(referral.status).toBe('held');
    expect(referral.sentAt ?? null).toBeNull();
    await decide(structure.id, 'active');
    const released = await people.sender.get(`/v1/referrals/${referral.id}`);
    expect(released.status).toBe('sent');
    expect(released.dueAt).toBeTruthy();
  });

  it('a held one is cancelled when the State refuses', async () => {
    const structure = await declare();
    const { id: caseId } = await people.sender.do('/v1/cases', newCase());
    const referral = await people.sender.do(`/v1/cases/${caseId}/referrals`, newReferral(structure.id));
    await decide(structure.id, 'refused');
    expect(await people.sender.get(`/v1/referrals/${referral.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_not_validated',
    });
  });

  it('a recipient that closes: an unanswered one is cancelled, an accepted one returns, and a suspension changes nothing', async () => {
    const closing = await Person.signIn(system.baseUrl, 'conseiller@fal-72.demo', system.password);
    const { id: caseId } = await people.sender.do('/v1/cases', newCase());
    const referTo = (need: string) =>
      people.sender.do(`/v1/cases/${caseId}/referrals`, newReferral(closing.structureId, { needs: [need] }));
    const [unanswered, accepted] = [await referTo('email'), await referTo('bureautique')];
    await closing.do(`/v1/referrals/${accepted.id}/accept`);
    await decide(closing.structureId, 'suspended');
    expect([await status(unanswered.id), await status(accepted.id)]).toEqual(['sent', 'accepted']);
    const blocked = await people.sender.post(
      `/v1/cases/${caseId}/referrals`,
      newReferral(closing.structureId, { needs: ['sante'] }),
    );
    expect([blocked.status, blocked.body.code]).toEqual([422, 'recipient-not-active']);
    await decide(closing.structureId, 'closed');
    expect(await people.sender.get(`/v1/referrals/${unanswered.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_closed',
    });
    expect(await people.sender.get(`/v1/referrals/${accepted.id}`)).toMatchObject({
      status: 'returned',
      reason: 'structure_closed',
    });
  });

  it('after a handover both the new lead and the structure that sent it may withdraw it', async () => {
    const withdrawnBy = async (who: 'new lead' | 'sender'): Promise<string> => {
      const { caseId, id } = await build(people, 'sent', nowhere);
      const handover = await people.sender.do(`/v1/cases/${caseId}/handovers`, {
        kind: 'push',
        toStructureId: people.contributor.structureId,
        note: 'Entre en formation.',
      });
      await people.contributor.do(`/v1/handovers/${handover.id}/accept`);
      const person = who === 'sender' ? people.sender : people.contributor;
      return (await person.do(`/v1/referrals/${id}/withdraw`, bodiesOf(people).withdraw)).status;
    };
    expect([await withdrawnBy('new lead'), await withdrawnBy('sender')]).toEqual(['withdrawn', 'withdrawn']);
  });

  it('nobody answers: reminders on business days 3, 7 and 12, expiry at the end of day 20, and a late answer gets 409', async () => {
    // Monday 7 June 2027, 10:00 in Paris; no public holiday until 14 July.
    system.clock.set('2027-06-07T08:00:00.000Z');
    const { id } = await build(people, 'sent', nowhere);
    const at = async (instant: string): Promise<{ status: string; reminders: number }> => {
      system.clock.set(instant);
      await system.settle();
      const seen = await people.sender.get(`/v1/referrals/${id}`);
      return { status: seen.status, reminders: seen.history.filter(({ type }) => type === 'ReferralReminded').length };
    };
    expect(await at('2027-06-10T06:59:00.000Z')).toEqual({ status: 'sent', reminders: 0 });
    expect(await at('2027-06-10T07:01:00.000Z')).toEqual({ status: 'sent', reminders: 1 });
    expect(await at('2027-06-16T07:01:00.000Z')).toEqual({ status: 'sent', reminders: 2 });
    expect(await at('2027-06-23T07:01:00.000Z')).toEqual({ status: 'sent', reminders: 3 });
    expect(
      (await people.coordinator.all('/v1/notifications')).some((notice) => JSON.stringify(notice).includes(id)),
    ).toBe(true);
    expect((await at('2027-07-05T21:59:00.000Z')).status).toBe('sent');
    // Day 20 ends at midnight in Paris. Nothing settles here: a late worker must not change the answer.
    system.clock.set('2027-07-05T22:01:00.000Z');
    const late = await people.recipient.post(`/v1/referrals/${id}/accept`);
    expect([late.status, late.body.code]).toEqual([409, 'wrong-state']);
    expect((await at('2027-07-05T22:02:00.000Z')).status).toBe('expired');
    expect(await people.recipient.get(`/v1/referrals/${id}`)).not.toHaveProperty('message', expect.any(String));
  });

  it('under review it expires at the end of day 30', async () => {
    system.clock.set('2027-09-06T08:00:00.000Z'); // Monday; no public holiday until 1 November
    const { id } = await build(people, 'under_review', nowhere);
    system.clock.set('2027-10-18T21:59:00.000Z');
    await system.settle();
    expect(await status(id)).toBe('under_review');
    system.clock.set('2027-10-18T22:01:00.000Z');
    await system.settle();
    expect(await status(id)).toBe('expired');
  });

  it('held for 60 calendar days without a decision, it is cancelled', async () => {
    const structure = await declare();
    const { id: caseId } = await people.sender.do('/v1/cases', newCase());
    const referral = await people.sender.do(`/v1/cases/${caseId}/referrals`, newReferral(structure.id));
    system.clock.advance({ days: 58 });
    await system.settle();
    expect(await status(referral.id)).toBe('held');
    system.clock.advance({ days: 4 }); // the sixtieth day counts to its end, in Paris
    await system.settle();
    expect(await people.sender.get(`/v1/referrals/${referral.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_not_validated',
    });
  });
});

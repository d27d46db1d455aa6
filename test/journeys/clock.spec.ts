import { startSystem, type TestSystem } from '../support/system';
import { assemble, day7, happened, monday, refer, told, type Cast } from './clock-story';
import { newCase, newSession } from './driver';

describe('the clock', () => {
  let system: TestSystem;
  let cast: Cast;
  // Time goes forward only: tokens and counted attempts to sign in are of their day.
  beforeEach(async () => {
    system = await startSystem();
    cast = await assemble(system);
    system.clock.set(monday);
  });
  afterEach(() => system.stop());

  const move = (instant: string): Promise<void> => {
    system.clock.set(instant);
    return system.settle();
  };

  it('catches up after an outage: what was missed comes once, and what is over is not called to mind', async () => {
    const [late, over] = [await refer(cast), await refer(cast)];
    await move(day7);
    expect(await happened(cast.lead, late.id, 'ReferralReminded')).toBe(2);
    await cast.recipient.do(`/v1/referrals/${over.id}/acknowledge`);
    await move('2027-02-01T12:00:00.000Z');
    expect(await happened(cast.lead, over.id, 'ReferralReminded')).toBe(2);
    expect(await happened(cast.lead, over.id, 'ReferralExpired')).toBe(1);
  });

  it('decides before any late worker: an answer after the last day gets 409', async () => {
    const { id } = await refer(cast);
    system.clock.set('2026-12-22T09:00:00.000Z');
    const late = await cast.recipient.post(`/v1/referrals/${id}/accept`);
    expect([late.status, late.body.code, late.text]).toEqual([409, 'wrong-state', expect.stringContaining('expired')]);
  });

  it('skips public holidays: Christmas and New Year’s Day are no business days', async () => {
    system.clock.set('2026-12-23T10:00:00.000Z');
    const { id } = await refer(cast);
    // Thursday 24, (25), Monday 28, Tuesday 29
    await move('2026-12-29T07:59:00.000Z');
    expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(0);
    await move('2026-12-29T08:00:00.000Z');
    expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(1);
  });

  it('alerts the recipient 15 days after the acceptance when no session was recorded, once', async () => {
    const { caseId, id } = await refer(cast);
    await cast.recipient.do(`/v1/referrals/${id}/accept`);
    await move('2026-12-14T07:59:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent']);
    await move('2026-12-14T08:00:00.000Z');
    await move('2027-01-11T08:00:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent', 'FirstSessionAwaited']);
  });

  describe('of a case to which nobody adds an entry', () => {
    const silences = async (caseId: string) =>
      (await cast.lead.all(`/v1/cases/${caseId}/timeline`)).filter(({ type }) => type === 'CaseFellSilent').length;

    it('tells the lead after 60 days, once per silence', async () => {
      const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
      const before = await cast.lead.get(`/v1/cases/${caseId}`);
      await move('2027-01-22T07:59:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await move('2027-01-22T08:00:00.000Z');
      await move('2027-06-01T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
      expect(await told(system, cast.lead, caseId)).toEqual(['CaseFellSilent']);
      // It changes nothing of the case, and no list calls it activity.
      const after = await cast.lead.get(`/v1/cases/${caseId}`);
      expect([after.version, after.lastActivityAt]).toEqual([before.version, before.lastActivityAt]);
      await cast.lead.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2027-05-31' }));
      await move('2027-08-30T08:00:00.000Z');
      expect(await silences(caseId)).toBe(2);
    });

    it('counts the entries of every structure, and is told to nobody but the lead', async () => {
      const { caseId, id } = await refer(cast);
      await cast.recipient.do(`/v1/referrals/${id}/accept`);
      await move('2027-01-15T08:00:00.000Z');
      await cast.recipient.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2027-01-14' }));
      await move('2027-03-10T08:00:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await move('2027-03-16T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
      expect((await cast.recipient.all(`/v1/cases/${caseId}/timeline`)).map(({ type }) => type)).not.toContain(
        'CaseFellSilent',
      );
      expect(await told(system, cast.recipient, caseId)).not.toContain('CaseFellSilent');
      expect(await told(system, cast.coordinator, caseId)).not.toContain('CaseFellSilent');
    });

    it('rests while the case is closed', async () => {
      const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
      await cast.lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
      await move('2027-06-01T08:00:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await cast.lead.do(`/v1/cases/${caseId}/reopen`, { reason: 'Nouveau besoin.' });
      await move('2027-08-30T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
    });
  });
});

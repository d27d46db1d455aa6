import { setTimeout as pause } from 'node:timers/promises';
import { newReferral, newSession, succeeded } from '../journeys/driver';
import { machine } from '../support/clock';
import { until } from '../support/until';
import {
  expectTold,
  expectWhole,
  here,
  informed,
  open,
  patience,
  race,
  repeat,
  there,
  twoProcesses,
  typesOf,
} from './races-story';

const push = (caseId: string, more: object = {}): Promise<{ id: string }> =>
  here.lead.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: here.recipient.structureId,
    note: 'Note de passation.',
    ...more,
  });

describe('between two processes, the lead', () => {
  twoProcesses();

  /** Accepted for a moment that comes at once: a busy machine, which took longer than that to accept, is given twice as long. */
  async function acceptedForSoon(handoverId: string, within = 150): Promise<number> {
    const date = machine.now() + within;
    const accepted = await here.recipient.post(`/v1/handovers/${handoverId}/accept`, {
      effectiveAt: new Date(date).toISOString(),
    });
    if (accepted.status === 422 && machine.now() > date) return acceptedForSoon(handoverId, 2 * within);
    succeeded(accepted);
    return date;
  }

  it(
    'a write of the lead meets a handover that takes effect by the clock',
    async () => {
      await repeat(async () => {
        const caseId = await open();
        const { id } = await push(caseId);
        const date = await acceptedForSoon(id);
        await pause(Math.max(0, date - machine.now() - Math.random() * 40));
        const write = () =>
          here.lead.post(
            `/v1/cases/${caseId}/referrals`,
            newReferral(here.other.structureId, { informed: informed() }),
          );
        const ownSession = () =>
          there.recipient.post(`/v1/cases/${caseId}/sessions`, newSession({ date: machine.today() }));
        const [written, session] = await race(write, ownSession);
        // Who is not the lead yet does not know the case; the one that was says nothing new about it.
        expect([201, 403]).toContain(written.status);
        expect([201, 404]).toContain(session.status);
        await until(async () => (await there.recipient.try('GET', `/v1/cases/${caseId}`)).status === 200);
        const types = await typesOf(caseId);
        const effect = types.indexOf('HandoverTookEffect');
        expect(types.filter((type) => type === 'HandoverTookEffect')).toHaveLength(1);
        expect(
          types.indexOf('ReferralSent') === -1
            ? 403
            : types.indexOf('ReferralSent') < effect
              ? 201
              : 'written by who leads no more',
        ).toBe(written.status);
        expect(
          types.indexOf('SessionRecorded') === -1
            ? 404
            : types.indexOf('SessionRecorded') > effect
              ? 201
              : 'written by who did not lead yet',
        ).toBe(session.status);
        await expectWhole(caseId);
        return `${written.status} ${session.status}`;
      });
    },
    patience,
  );

  it(
    'a correction meets a handover',
    async () => {
      await repeat(async () => {
        const caseId = await open();
        const { id } = await push(caseId);
        const [corrected, accepted] = await race(
          () =>
            here.lead.post(`/v1/cases/${caseId}/corrections`, {
              resident: { phone: '0243000000' },
              confirmNotDuplicate: true,
            }),
          () => there.recipient.post(`/v1/handovers/${id}/accept`),
        );
        expect(succeeded(accepted).body.status).toBe('effective');
        const types = await typesOf(caseId);
        const correction = types.indexOf('ResidentCorrected');
        if (corrected.status === 403) expect(correction).toBe(-1);
        else {
          expect(corrected.status).toBe(200);
          expect(correction).toBeGreaterThan(0);
          expect(correction).toBeLessThan(types.indexOf('HandoverTookEffect'));
        }
        expect((await there.recipient.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(here.recipient.structureId);
        await expectWhole(caseId);
        return corrected.status === 200 ? 'correction, then handover' : 'handover';
      });
    },
    patience,
  );

  it(
    'somebody is named for a case whose employment ends',
    async () => {
      let people = 0;
      await repeat(async () => {
        const caseId = await open();
        const who = await here.manager.do('/v1/users', {
          name: 'Part Bientôt',
          email: `part.${++people}@exemple.fr`,
          structureId: here.manager.structureId,
          role: 'counsellor',
        });
        const [employment] = (who as unknown as { employments: { id: string }[] }).employments;
        const [named, ended] = await race(
          () => here.manager.post(`/v1/cases/${caseId}/assignments`, { counsellorId: who.id }),
          () => there.manager.post(`/v1/users/${who.id}/employments/${employment!.id}/end`),
        );
        if (named.status === 200) expectTold(ended, 'leads-open-cases', []);
        else
          expect([named.status, named.body.errors[0], ended.status]).toEqual([
            422,
            expect.objectContaining({ code: 'not-employed' }),
            200,
          ]);
        await expectWhole(caseId);
        return named.status === 200 ? 'named' : 'ended';
      });
    },
    patience,
  );
});

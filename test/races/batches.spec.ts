import { succeeded, type Person } from '../journeys/driver';
import { until } from '../support/until';
import { expectWhole, here, open, patience, race, repeat, there, twoProcesses } from './races-story';

describe('between two processes, a batch', () => {
  twoProcesses();

  /** Of somebody of its own each time, with one case. */
  async function leaving(email: string): Promise<{ caseId: string; at: string }> {
    const caseId = await open();
    const who = await here.manager.do('/v1/users', {
      name: 'Quitte Bientôt',
      email,
      structureId: here.manager.structureId,
      role: 'counsellor',
    });
    await here.manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId: who.id });
    const { id } = await here.manager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: who.id });
    return { caseId, at: `/v1/handover-batches/${id}` };
  }

  const to = (caseId: string, counsellor: Person) => ({
    decisions: [{ caseId, decision: 'colleague', counsellorId: counsellor.id }],
  });
  const leads = async (at: string, caseId: string): Promise<unknown> => {
    await until(async () => (await here.manager.get(at)).status === 'done');
    return (await here.manager.get(`/v1/cases/${caseId}`)).lead.counsellor!.id;
  };

  it.each(['start', 'cancel'])(
    'a decision on who follows a case meets the %s of its batch',
    async (action) => {
      let batches = 0;
      await repeat(async () => {
        const { caseId, at } = await leaving(`decide.${action}.${++batches}@exemple.fr`);
        await here.manager.do(`${at}/decisions`, to(caseId, here.lead));
        const [decided, done] = await race(
          () => here.manager.post(`${at}/decisions`, to(caseId, here.manager)),
          () => there.administrator.post(`${at}/${action}`),
          60,
        );
        succeeded(done);
        if (decided.status !== 200) expect([decided.status, decided.body.code]).toEqual([409, 'wrong-state']);
        const won = decided.status === 200 ? here.manager.id : here.lead.id;
        if (action === 'start') expect(await leads(at, caseId)).toBe(won);
        else
          expect((await here.manager.get(at)).items).toEqual([
            expect.objectContaining({ status: 'cancelled', toCounsellor: expect.objectContaining({ id: won }) }),
          ]);
        await expectWhole(caseId);
        return decided.status === 200 ? `decision, then ${action}` : action;
      });
    },
    patience,
  );

  it(
    'two start one batch with different decisions',
    async () => {
      let batches = 0;
      await repeat(async () => {
        const { caseId, at } = await leaving(`commence.${++batches}@exemple.fr`);
        const answers = await race(
          () => here.manager.post(`${at}/start`, to(caseId, here.manager)),
          () => there.administrator.post(`${at}/start`, to(caseId, here.lead)),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        expect(await leads(at, caseId)).toBe(answers[0].status === 200 ? here.manager.id : here.lead.id);
        await expectWhole(caseId);
        return answers[0].status === 200 ? 'here' : 'there';
      });
    },
    patience,
  );
});

import { newReferral, Person, succeeded } from '../journeys/driver';
import { machine } from '../support/clock';
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

const refer = (caseId: string): Promise<{ id: string }> =>
  here.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(here.recipient.structureId, { informed: informed() }));

describe('between two processes, an answer', () => {
  twoProcesses();

  it(
    'an acceptance meets a withdrawal',
    async () => {
      await repeat(async () => {
        const caseId = await open();
        const { id } = await refer(caseId);
        const [accepted, withdrawn] = await race(
          () => here.recipient.post(`/v1/referrals/${id}/accept`),
          () => there.lead.post(`/v1/referrals/${id}/withdraw`, { reason: 'changed_mind' }),
        );
        const won = accepted.status === 200 ? 'accept' : 'withdraw';
        if (won === 'accept') expectTold(withdrawn, 'accepted', ['request-cancellation']);
        else {
          expect(succeeded(withdrawn).body.status).toBe('withdrawn');
          expectTold(accepted, 'withdrawn', []);
        }
        expect((await typesOf(caseId)).filter((type) => /Accepted|Withdrawn/.test(type))).toHaveLength(1);
        expect((await here.recipient.try('GET', `/v1/cases/${caseId}`)).status).toBe(won === 'accept' ? 200 : 404);
        await expectWhole(caseId);
        return won;
      });
    },
    patience,
  );

  it(
    'two handovers of one case are proposed',
    async () => {
      await repeat(async () => {
        const caseId = await open();
        const propose = (person: Person, to: Person) => () =>
          person.post(`/v1/cases/${caseId}/handovers`, {
            kind: 'push',
            toStructureId: to.structureId,
            note: 'Note de passation.',
          });
        const answers = await race(propose(here.lead, here.recipient), propose(there.manager, there.other));
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
        const loser = answers.find(({ status }) => status === 409)!;
        const winner = answers.find(({ status }) => status === 201)!;
        expect(loser.body).toMatchObject({
          code: 'open-handover',
          handoverId: winner.body.id,
          status: 'proposed',
          actions: ['withdraw'],
        });
        await expectWhole(caseId);
        return answers[0].status === 201 ? 'here' : 'there';
      });
    },
    patience,
  );

  it(
    'an acceptance meets an objection',
    async () => {
      await repeat(async () => {
        const caseId = await open();
        const { id } = await refer(caseId);
        const against = here.recipient.structureId;
        const [accepted, objected] = await race(
          () => here.recipient.post(`/v1/referrals/${id}/accept`),
          () => there.lead.post(`/v1/cases/${caseId}/objections`, { against, ...informed() }),
        );
        succeeded(objected);
        if (accepted.status !== 200) expectTold(accepted, 'cancelled', []);
        // The objection stands whoever came first: nothing is shared any more.
        expect(await here.lead.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
        expect(await typesOf(caseId)).toEqual([
          'CaseOpened',
          'ReferralDrafted',
          'ReferralSent',
          ...(accepted.status === 200 ? ['ReferralAccepted'] : []),
          'ObjectionRecorded',
          'ReferralCancelled',
        ]);
        await expectWhole(caseId);
        return accepted.status === 200 ? 'accept, then objection' : 'objection';
      });
    },
    patience,
  );

  it(
    "an acceptance meets the recipient's suspension",
    async () => {
      const structure = here.recipient.structureId;
      const decide = (person: Person, status: string) =>
        person.post(`/v1/structures/${structure}/decisions`, { status, decidedOn: machine.today() });
      // One structure: one round at a time.
      await repeat(async () => {
        const caseId = await open();
        const { id } = await refer(caseId);
        const [accepted, suspended] = await race(
          () => here.recipient.post(`/v1/referrals/${id}/accept`),
          () => decide(there.administrator, 'suspended'),
        );
        succeeded(suspended);
        // Refused before its state is looked at, whoever came first.
        const again = await there.recipient.post(`/v1/referrals/${id}/accept`);
        expect([again.status, again.body.code]).toEqual([403, 'forbidden']);
        if (accepted.status !== 200) expect([accepted.status, accepted.body.code]).toEqual([403, 'forbidden']);
        expect((await typesOf(caseId)).filter((type) => type === 'ReferralAccepted')).toHaveLength(
          accepted.status === 200 ? 1 : 0,
        );
        await expectWhole(caseId);
        succeeded(await decide(here.administrator, 'active'));
        return accepted.status === 200 ? 'accept, then suspension' : 'suspension';
      }, 1);
    },
    patience,
  );
});

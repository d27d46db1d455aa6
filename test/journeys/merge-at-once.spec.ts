import { newReferral, newSession } from './driver';
import { describeRebuilding } from './merge-logs';
import { assembled, people, query, stage, typesIn, verified } from './merge-stage';
import { merge, openTwice } from './merge-story';

/** What a merge does to whoever writes at the same moment. */
describe('two records become one while somebody writes', () => {
  assembled();

  const rounds = 12;

  it('a write on the loser is in its log before the end, or is told where to go; never lost, never after', async () => {
    const outcomes = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const twins = await openTwice(people);
      const [written, mergedAnswer] = await Promise.all([
        people.otherLead.post(`/v1/cases/${twins.loser}/sessions`, newSession()),
        merge(people, twins),
      ]);
      expect(mergedAnswer.status).toBe(200);
      outcomes.add(written.status);
      if (written.status !== 201)
        expect(written.body).toMatchObject({ code: 'wrong-state', status: 'merged', mergedInto: twins.survivor });
      expect(await typesIn(twins.loser)).toEqual(
        written.status === 201 ? ['CaseOpened', 'SessionRecorded', 'MergedInto'] : ['CaseOpened', 'MergedInto'],
      );
      expect(await verified(twins.survivor)).toMatchObject({
        chain: 'ok',
        continuity: 'ok',
        merged: [{ chain: 'ok', link: 'ok' }],
      });
    }
    expect([...outcomes].every((status) => status === 201 || status === 409)).toBe(true);
  });

  it('an answer to a referral succeeds on whichever record it lives by then', async () => {
    for (let round = 0; round < rounds; round++) {
      const twins = await openTwice(people);
      const { id } = await people.otherLead.do(
        `/v1/cases/${twins.loser}/referrals`,
        newReferral(people.otherHelper.structureId),
      );
      const [answered, mergedAnswer] = await Promise.all([
        people.otherHelper.post(`/v1/referrals/${id}/accept`),
        merge(people, twins),
      ]);
      expect([answered.status, mergedAnswer.status]).toEqual([200, 200]);
      expect(await people.otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({
        caseId: twins.survivor,
        status: 'accepted',
        version: 3,
      });
      expect((await people.otherHelper.get(`/v1/cases/${twins.survivor}`)).status).toBe('open');
    }
  });

  it('of two merges in opposite directions one happens', async () => {
    for (let round = 0; round < rounds; round++) {
      const twins = await openTwice(people);
      const both = await Promise.all([
        merge(people, twins),
        merge(people, { loser: twins.survivor, survivor: twins.loser }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(both.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'wrong-state', status: 'merged' });
    }
  });

  it('a record is loaded as it was at one moment: no row from before a commit beside a state from after it', async () => {
    const [row] = await query<{ provolatile: string }>(
      `select provolatile from pg_proc where proname = 'load_records'`,
    );
    expect(row!.provolatile).toBe('s');
  });

  describeRebuilding(stage);
});

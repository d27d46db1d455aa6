import { newReferral, newSession, succeeded } from './driver';
import { describeRebuilding } from './merge-logs';
import { assembled, people, query, stage, system, typesIn, verified } from './merge-stage';
import { liveIn, merge, openTwice, type LivedIn } from './merge-story';

/** The same person was opened twice; the coordinator makes one record of the two. */
describe('two records become one', () => {
  let story: LivedIn;

  assembled();
  beforeAll(async () => {
    story = await liveIn(people);
    await system.settle();
  });

  describe('who may, and when not', () => {
    it('the coordinator of both, nobody else', async () => {
      const body = { intoCaseId: story.survivor, reason: 'Doublon.' };
      for (const person of [people.lead, people.otherLead, people.unrelated, people.auditor]) {
        expect((await person.post(`/v1/cases/${story.loser}/merge`, body)).status).toBe(403);
      }
    });

    it('of a territory that has both: else the record does not exist', async () => {
      await query(`update employment set territory = '{72003}' where user_id = $1 and role = 'coordinator'`, [
        people.coordinator.id,
      ]);
      expect((await merge(people, story)).status).toBe(404);
      await query(`update employment set territory = null where user_id = $1 and role = 'coordinator'`, [
        people.coordinator.id,
      ]);
    });

    it('not with itself, not without a reason, not into nothing, not on an outdated reading', async () => {
      const { coordinator } = people;
      const path = `/v1/cases/${story.loser}/merge`;
      expect(await coordinator.post(path, { intoCaseId: story.loser, reason: 'Doublon.' })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/intoCaseId', code: 'same' }] },
      });
      expect((await coordinator.post(path, { intoCaseId: story.survivor })).status).toBe(422);
      expect((await coordinator.post(path, { intoCaseId: story.handover, reason: 'Doublon.' })).status).toBe(404);
      expect((await merge(people, story, { 'if-match': '"99"' })).status).toBe(412);
      expect(await typesIn(story.loser)).not.toContain('MergedInto');
    });

    it('not an open record into a closed one', async () => {
      const twins = await openTwice(people);
      await people.lead.do(`/v1/cases/${twins.survivor}/close`, { reason: 'need_met' });
      expect(await merge(people, twins)).toMatchObject({
        status: 409,
        body: { code: 'wrong-state', status: 'closed' },
      });
    });
  });

  describe('the merge', () => {
    const key = { 'idempotency-key': 'merge-once' };

    it('answers with the record that goes on, as the coordinator sees it, and is done once', async () => {
      const answer = succeeded(await merge(people, story, key));
      expect(answer.body).toMatchObject({
        id: story.survivor,
        status: 'open',
        participation: 'coordinator',
        mergedFrom: [story.loser],
        lead: { structure: { id: people.lead.structureId } },
      });
      expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
      const again = await merge(people, story, key);
      expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([
        200,
        'true',
        story.survivor,
      ]);
      expect(await merge(people, story)).toMatchObject({
        status: 409,
        body: { code: 'wrong-state', status: 'merged', mergedInto: story.survivor },
      });
      await system.settle();
    });

    it('ends the loser with where it went, and anchors its head in the survivor, in one commit', async () => {
      expect((await typesIn(story.loser)).slice(-2)).toEqual(['HandoverCancelled', 'MergedInto']);
      expect((await typesIn(story.survivor)).at(-1)).toBe('RecordsMerged');
      const [into] = await query<{ data: object; at: Date }>(
        `select data, at from event where stream_id = $1 and type = 'MergedInto'`,
        [story.loser],
      );
      const [from] = await query<{ data: object; at: Date }>(
        `select data, at from event where stream_id = $1 and type = 'RecordsMerged'`,
        [story.survivor],
      );
      const [head] = await query<{ hash: string; seq: number }>(
        `select hash, seq from event where stream_id = $1 order by seq desc offset 2 limit 1`,
        [story.loser],
      );
      expect(into!.data).toMatchObject({ survivorId: story.survivor });
      expect(from!.data).toMatchObject({ loserId: story.loser, loserHash: head!.hash, loserVersion: head!.seq });
      expect(from!.at).toEqual(into!.at);
      // What the resident needs is in no event in clear.
      expect(JSON.stringify(from!.data)).not.toMatch(/sante|email|in_person|Zuvanot/);
      const [state] = await query<{ state: { case: { mergedFrom: string[] } } }>(
        'select state from stream where id = $1',
        [story.survivor],
      );
      expect(state!.state.case.mergedFrom).toEqual([story.loser]);
    });

    it('verifies both, and notices another log in the place of the one it took in', async () => {
      const sound = { chain: 'ok', continuity: 'ok' };
      expect(await verified(story.survivor)).toMatchObject({
        ...sound,
        merged: [{ id: story.loser, ...sound, link: 'ok' }],
      });
      expect(await verified(story.loser)).toMatchObject({ ...sound, merged: [] });
    });
  });

  describe('the other id', () => {
    it('leads whoever may see the survivor there', async () => {
      for (const person of [
        people.lead,
        people.otherLead,
        people.helper,
        people.otherHelper,
        people.coordinator,
        people.auditor,
      ]) {
        const answer = await person.try('GET', `/v1/cases/${story.loser}`);
        expect([answer.status, answer.headers.get('location')]).toEqual([308, `/v1/cases/${story.survivor}`]);
      }
      const deep = await people.lead.try('GET', `/v1/cases/${story.loser}/timeline?limit=5`);
      expect([deep.status, deep.headers.get('location')]).toEqual([
        308,
        `/v1/cases/${story.survivor}/timeline?limit=5`,
      ]);
    });

    it('does not exist for anybody else', async () => {
      for (const person of [people.unrelated, people.asked, people.successor]) {
        expect((await person.try('GET', `/v1/cases/${story.loser}`)).status).toBe(404);
        expect((await person.try('GET', `/v1/cases/${story.survivor}`)).status).toBe(404);
        expect((await person.post(`/v1/cases/${story.loser}/sessions`, newSession())).status).toBe(404);
      }
    });

    it('takes no command any more, and says where to go', async () => {
      const commands: [string, unknown][] = [
        ['sessions', newSession()],
        ['close', { reason: 'need_met' }],
        ['referrals', newReferral(people.helper.structureId)],
        ['handovers', { kind: 'push', toStructureId: people.successor.structureId, note: 'Note.' }],
        ['corrections', { resident: { phone: '0612345678' } }],
      ];
      for (const person of [people.lead, people.otherLead, people.otherHelper]) {
        for (const [path, body] of commands) {
          expect([path, (await person.post(`/v1/cases/${story.loser}/${path}`, body)).body]).toMatchObject([
            path,
            { code: 'wrong-state', status: 'merged', mergedInto: story.survivor },
          ]);
        }
      }
    });
  });

  it('tells the lead and who contributes, and both sides of the handover that it is off', async () => {
    const told = async (person: typeof people.lead, type: string) =>
      (await person.all('/v1/notifications')).filter((item) => item.type === type);
    for (const person of [people.lead, people.otherLead])
      expect(await told(person, 'RecordsMerged')).toMatchObject([
        { caseId: story.survivor, title: 'Deux dossiers d’une même personne réunis en un seul suivi' },
      ]);
    expect(await told(people.otherLead, 'HandoverCancelled')).toHaveLength(1);
  });

  describeRebuilding(stage);
});

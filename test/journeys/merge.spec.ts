import { createHash, randomUUID } from 'node:crypto';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { newReferral, newSession, succeeded, type Person, type View } from './driver';
import { assemble, liveIn, merge, openTwice, timeline, typesOf, type LivedIn, type People } from './merge-story';

interface Verified {
  chain: string;
  continuity: string;
  merged: { id: string; chain: string; continuity: string; link: string }[];
}

/** The same person was opened twice; the coordinator makes one record of the two. */
describe('two records become one', () => {
  let system: TestSystem;
  let people: People;
  let story: LivedIn;

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
    story = await liveIn(people);
    await system.settle();
  });
  afterAll(() => system.stop());

  const query = <R extends object>(text: string, values: unknown[] = []) => system.database.query<R & Record<string, unknown>>(text, values);
  const typesIn = async (stream: string) => (await query<{ type: string }>('select type from event where stream_id = $1 order by seq', [stream])).map(({ type }) => type);
  const verified = async (caseId: string) => (await people.auditor.get(`/v1/audit/cases/${caseId}/verification`)) as unknown as Verified;
  /** What row-level security alone lets this person read, without the second decision. */
  const readable = async (person: Person, table: 'event' | 'piece', stream: string): Promise<number> => {
    const token = createHash('sha256').update(person.authorization.slice('Bearer '.length)).digest('hex');
    const [row] = await system.database.queryAs<{ read: { rows: { count: number }[] } }>(
      'api', `select read_as($1, $2, $3) as read`, [{ token, now: system.clock.now() }, `select count(*)::int as count from ${table} where stream_id = ($1->>'stream')::uuid`, { stream }],
    );
    return row!.read.rows[0]!.count;
  };
  const texts = (entries: readonly { text?: string }[]) => entries.flatMap(({ text }) => text ?? []);

  describe('who may, and when not', () => {
    it('the coordinator of both, nobody else', async () => {
      const body = { intoCaseId: story.survivor, reason: 'Doublon.' };
      for (const person of [people.lead, people.otherLead, people.unrelated, people.auditor]) {
        expect((await person.post(`/v1/cases/${story.loser}/merge`, body)).status).toBe(403);
      }
    });

    it('of a territory that has both: else the record does not exist', async () => {
      await query(`update employment set territory = '{72003}' where user_id = $1 and role = 'coordinator'`, [people.coordinator.id]);
      expect((await merge(people, story)).status).toBe(404);
      await query(`update employment set territory = null where user_id = $1 and role = 'coordinator'`, [people.coordinator.id]);
    });

    it('not with itself, not without a reason, not into nothing, not on an outdated reading', async () => {
      const { coordinator } = people;
      const path = `/v1/cases/${story.loser}/merge`;
      expect(await coordinator.post(path, { intoCaseId: story.loser, reason: 'Doublon.' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/intoCaseId', code: 'same' }] } });
      expect((await coordinator.post(path, { intoCaseId: story.survivor })).status).toBe(422);
      expect((await coordinator.post(path, { intoCaseId: story.handover, reason: 'Doublon.' })).status).toBe(404);
      expect((await merge(people, story, { 'if-match': '"99"' })).status).toBe(412);
      expect(await typesIn(story.loser)).not.toContain('MergedInto');
    });

    it('not an open record into a closed one', async () => {
      const twins = await openTwice(people);
      await people.lead.do(`/v1/cases/${twins.survivor}/close`, { reason: 'need_met' });
      expect(await merge(people, twins)).toMatchObject({ status: 409, body: { code: 'wrong-state', status: 'closed' } });
    });
  });

  describe('the merge', () => {
    const key = { 'idempotency-key': 'merge-once' };

    it('answers with the record that goes on, as the coordinator sees it, and is done once', async () => {
      const answer = succeeded(await merge(people, story, key));
      expect(answer.body).toMatchObject({ id: story.survivor, status: 'open', participation: 'coordinator', mergedFrom: [story.loser], lead: { structure: { id: people.lead.structureId } } });
      expect(answer.headers.get('etag')).toBe(`"${answer.body.version}"`);
      const again = await merge(people, story, key);
      expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([200, 'true', story.survivor]);
      expect(await merge(people, story)).toMatchObject({ status: 409, body: { code: 'wrong-state', status: 'merged', mergedInto: story.survivor } });
      await system.settle();
    });

    it('ends the loser with where it went, and anchors its head in the survivor, in one commit', async () => {
      expect((await typesIn(story.loser)).slice(-2)).toEqual(['HandoverCancelled', 'MergedInto']);
      expect((await typesIn(story.survivor)).at(-1)).toBe('RecordsMerged');
      const [into] = await query<{ data: object; at: Date }>(`select data, at from event where stream_id = $1 and type = 'MergedInto'`, [story.loser]);
      const [from] = await query<{ data: object; at: Date }>(`select data, at from event where stream_id = $1 and type = 'RecordsMerged'`, [story.survivor]);
      const [head] = await query<{ hash: string; seq: number }>(`select hash, seq from event where stream_id = $1 order by seq desc offset 2 limit 1`, [story.loser]);
      expect(into!.data).toMatchObject({ survivorId: story.survivor });
      expect(from!.data).toMatchObject({ loserId: story.loser, loserHash: head!.hash, loserVersion: head!.seq });
      expect(from!.at).toEqual(into!.at);
      // What the resident needs is in no event in clear.
      expect(JSON.stringify(from!.data)).not.toMatch(/sante|email|in_person|Zuvanot/);
      const [state] = await query<{ state: { case: { mergedFrom: string[] } } }>('select state from stream where id = $1', [story.survivor]);
      expect(state!.state.case.mergedFrom).toEqual([story.loser]);
    });

    it('verifies both, and notices another log in the place of the one it took in', async () => {
      const sound = { chain: 'ok', continuity: 'ok' };
      expect(await verified(story.survivor)).toMatchObject({ ...sound, merged: [{ id: story.loser, ...sound, link: 'ok' }] });
      expect(await verified(story.loser)).toMatchObject({ ...sound, merged: [] });
    });
  });

  describe('the other id', () => {
    it('leads whoever may see the survivor there', async () => {
      for (const person of [people.lead, people.otherLead, people.helper, people.otherHelper, people.coordinator, people.auditor]) {
        const answer = await person.try('GET', `/v1/cases/${story.loser}`);
        expect([answer.status, answer.headers.get('location')]).toEqual([308, `/v1/cases/${story.survivor}`]);
      }
      const deep = await people.lead.try('GET', `/v1/cases/${story.loser}/timeline?limit=5`);
      expect([deep.status, deep.headers.get('location')]).toEqual([308, `/v1/cases/${story.survivor}/timeline?limit=5`]);
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
        ['sessions', newSession()], ['close', { reason: 'need_met' }], ['referrals', newReferral(people.helper.structureId)],
        ['handovers', { kind: 'push', toStructureId: people.successor.structureId, note: 'Note.' }], ['corrections', { resident: { phone: '0612345678' } }],
        [`sessions/${story.otherSession}/corrections`, { minutes: 30 }],
      ];
      for (const person of [people.lead, people.otherLead, people.otherHelper]) {
        for (const [path, body] of commands) {
          expect([path, (await person.post(`/v1/cases/${story.loser}/${path}`, body)).body]).toMatchObject([path, { code: 'wrong-state', status: 'merged', mergedInto: story.survivor }]);
        }
      }
      const through = await people.otherLead.post(`/v1/cases/${story.survivor}/sessions/${story.otherSession}/corrections`, { minutes: 30 });
      expect(through).toMatchObject({ status: 409, body: { status: 'merged' } });
    });
  });

  describe('reading the record that goes on', () => {
    it('interleaves both by time; each in its own order, page by page the same', async () => {
      const whole = await timeline(people.lead, story.survivor);
      expect(await timeline(people.lead, story.survivor, 3)).toEqual(whole);
      expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted());
      for (const stream of [undefined, story.loser]) {
        const numbers = whole.filter(({ caseId }) => caseId === stream).map(({ seq }) => seq!);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
      expect(texts(whole)).toEqual(expect.arrayContaining(['Premier rendez-vous au Département.', 'Rendez-vous à La Poste.', 'Séance à l’Afpa.', 'Même personne, deux orthographes.']));
      expect(whole.flatMap(({ privateNote }) => privateNote ?? [])).toEqual([]);
    });

    it('shows each structure the shared threads of both, its own notes, and of conversations its own', async () => {
      const shared = ['Premier rendez-vous au Département.', 'Rendez-vous à La Poste.', 'Séance à l’Afpa.'];
      for (const [person, note] of [[people.otherLead, 'Note de La Poste.'], [people.otherHelper, 'Note de l’Afpa.'], [people.helper, undefined]] as const) {
        const entries = await timeline(person, story.survivor);
        expect(texts(entries)).toEqual(expect.arrayContaining(shared));
        expect(entries.flatMap(({ privateNote }) => privateNote ?? [])).toEqual(note ? [note] : []);
        expect(entries.some(({ seq }) => seq !== undefined)).toBe(false);
      }
      expect(typesOf(await timeline(people.helper, story.survivor)).filter((type) => type === 'ReferralSent')).toHaveLength(1);
    });

    it('shows a coordinator what moved either, an auditor with a reason all but notes', async () => {
      const seen = await timeline(people.coordinator, story.survivor);
      expect(typesOf(seen)).toEqual(expect.arrayContaining(['MergedInto', 'RecordsMerged', 'ReferralDeclined']));
      expect(typesOf(seen)).not.toContain('SessionRecorded');
      expect(texts(seen)).toEqual([]);
      const reading = succeeded(await people.auditor.post(`/v1/audit/cases/${story.survivor}/readings`, { reasonCode: 'control' }));
      expect(reading.text).toContain('Rendez-vous à La Poste.');
      expect(reading.text).not.toContain('Note de');
    });

    it('reads a session of the other record under the one id', async () => {
      for (const person of [people.lead, people.helper, people.otherLead]) {
        expect(await person.get(`/v1/cases/${story.survivor}/sessions/${story.otherSession}`)).toMatchObject({ minutes: 60, summary: 'Rendez-vous à La Poste.' });
      }
      expect((await people.asked.try('GET', `/v1/cases/${story.survivor}/sessions/${story.otherSession}`)).status).toBe(404);
    });

    it('makes the other lead a contributor, and nobody else more than it was', async () => {
      const participation = async (person: typeof people.lead) => ((await person.get(`/v1/cases/${story.survivor}`)) as View & { participation: string }).participation;
      expect([await participation(people.lead), await participation(people.otherLead), await participation(people.otherHelper), await participation(people.helper)])
        .toEqual(['lead', 'contributor', 'contributor', 'contributor']);
      await people.otherLead.do(`/v1/cases/${story.survivor}/sessions`, newSession({ summary: 'La Poste continue.' }));
    });

    it('is found by either name, once', async () => {
      for (const person of [people.lead, people.otherLead, people.helper, people.otherHelper]) {
        for (const name of [story.name, story.otherName]) {
          const { items } = await person.do('/v1/cases/search', { name });
          expect(items.map(({ id }) => id)).toEqual([story.survivor]);
        }
        expect((await person.all('/v1/cases')).map(({ id }) => id)).not.toContain(story.loser);
      }
      expect((await people.coordinator.all('/v1/cases')).map(({ id }) => id)).not.toContain(story.loser);
    });

    it('is what a third opening resembles', async () => {
      const resident = { firstName: 'Camille', lastName: story.otherName, birthYear: 1970, commune: '72264' };
      const answer = await people.lead.post('/v1/cases', { resident, themes: ['email'], informed: { on: '2026-01-15', how: 'oral' } });
      expect(answer).toMatchObject({ status: 409, body: { code: 'possible-duplicate', caseId: story.survivor } });
    });
  });

  describe('what was open on the other record', () => {
    it('is shown on the one that goes on, what had ended too, each to who may know', async () => {
      const lines = async (person: typeof people.lead) => (await person.get(`/v1/cases/${story.survivor}`)).referrals.map(({ id }) => id).toSorted();
      const all = [story.helping, story.accepted, story.unanswered, story.declined].toSorted();
      expect(await lines(people.lead)).toEqual(all);
      expect(await lines(people.coordinator)).toEqual(all);
      expect(await lines(people.otherLead)).toEqual([story.accepted, story.unanswered, story.declined].toSorted());
      expect(await lines(people.helper)).toEqual([story.helping]);
      expect(await people.lead.get(`/v1/referrals/${story.declined}`)).toMatchObject({ status: 'declined', message: 'Souhaite consulter son compte en ligne.' });
      expect((await people.helper.try('GET', `/v1/referrals/${story.declined}`)).status).toBe(404);
    });

    it('keeps id, version, history and sheet', async () => {
      const shown = await people.asked.get(`/v1/referrals/${story.unanswered}`);
      expect(shown).toMatchObject({ caseId: story.survivor, status: 'sent', version: 2, message: 'Souhaite consulter son compte en ligne.', needs: ['sante'], resident: { firstName: 'Camille' } });
      expect(typesOf(shown.history)).toEqual(['ReferralDrafted', 'ReferralSent']);
    });

    it('is reminded of by the same clock, on the record where it lives', async () => {
      system.clock.advance({ days: 5 });
      await system.settle();
      expect((await typesIn(story.survivor)).filter((type) => type === 'ReferralReminded')).toHaveLength(1);
      expect((await typesIn(story.loser)).at(-1)).toBe('MergedInto');
      expect(typesOf((await people.asked.get(`/v1/referrals/${story.unanswered}`)).history)).toEqual(['ReferralDrafted', 'ReferralSent', 'ReferralReminded']);
    });

    it('is answered and finished by id, and its access ends with it', async () => {
      expect((await people.asked.try('GET', `/v1/cases/${story.survivor}`)).status).toBe(404);
      await people.asked.do(`/v1/referrals/${story.unanswered}/accept`);
      expect(texts(await timeline(people.asked, story.survivor))).toEqual(expect.arrayContaining(['Rendez-vous à La Poste.', 'La Poste continue.']));
      await people.asked.do(`/v1/referrals/${story.unanswered}/return`, { reason: 'no_capacity' });
      expect(texts(await timeline(people.asked, story.survivor))).not.toContain('Rendez-vous à La Poste.');
      await people.otherHelper.do(`/v1/referrals/${story.accepted}/complete`, { outcome: 'helped' });
      const entries = await timeline(people.otherHelper, story.survivor);
      expect(texts(entries)).toEqual(expect.arrayContaining(['Séance à l’Afpa.']));
      expect(texts(entries)).not.toContain('Rendez-vous à La Poste.');
    });

    it('of a handover nothing stays open', async () => {
      expect((await people.successor.get(`/v1/handovers/${story.handover}`)).status).toBe('cancelled');
      expect((await people.successor.post(`/v1/handovers/${story.handover}/accept`)).status).toBe(409);
    });

    it('can be referred again, naming the one that ended over there', async () => {
      await people.lead.do(`/v1/cases/${story.survivor}/referrals`, newReferral(people.asked.structureId, { needs: ['scolarite_et_numerique'], previousReferralId: story.declined }));
    });

    it('what had ended there is closed with it', async () => {
      expect(await people.coordinator.post(`/v1/referrals/${story.declined}/void`, { reason: 'Erreur.' })).toMatchObject({ status: 409, body: { status: 'merged' } });
      expect((await typesIn(story.loser)).at(-1)).toBe('MergedInto');
    });
  });

  it('tells the lead and who contributes, and both sides of the handover that it is off', async () => {
    const told = async (person: typeof people.lead, type: string) => (await person.all('/v1/notifications')).filter((item) => item.type === type);
    for (const person of [people.lead, people.otherLead]) expect(await told(person, 'RecordsMerged')).toMatchObject([{ caseId: story.survivor, title: 'Deux dossiers d’une même personne réunis en un seul suivi' }]);
    expect(await told(people.otherLead, 'HandoverCancelled')).toHaveLength(1);
  });

  describe('what had been seen before', () => {
    it('stays with who left either record earlier, and nothing is added to it', async () => {
      const { lead, otherLead, successor, unrelated } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Avant la passation.' }));
      const move = await otherLead.do(`/v1/cases/${twins.loser}/handovers`, { kind: 'push', toStructureId: successor.structureId, note: 'À suivre.' });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      await successor.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Après la passation.' }));
      const before = await timeline(otherLead, twins.loser);
      succeeded(await merge(people, twins));
      expect(await timeline(otherLead, twins.loser)).toEqual(before);
      expect((await otherLead.get(`/v1/cases/${twins.loser}`)).status).not.toBe('merged');
      expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
      const refused = await otherLead.post(`/v1/cases/${twins.loser}/sessions`, newSession());
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(refused.text).not.toMatch(new RegExp(`merged|${twins.survivor}`));
      expect(texts(await timeline(successor, twins.survivor))).toEqual(expect.arrayContaining(['Avant la passation.', 'Après la passation.']));
      expect((await unrelated.try('GET', `/v1/cases/${twins.loser}`)).status).toBe(404);
      expect(texts(await timeline(lead, twins.survivor))).toContain('Après la passation.');
    });

    it('stays with the last lead of a closed record, which hears of the merge and not of the record that goes on', async () => {
      const { otherLead } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Avant la clôture.' }));
      await otherLead.do(`/v1/cases/${twins.loser}/close`, { reason: 'need_met' });
      succeeded(await merge(people, twins));
      const entries = await timeline(otherLead, twins.loser);
      expect(typesOf(entries)).toEqual(['CaseOpened', 'SessionRecorded', 'CaseClosed', 'MergedInto']);
      expect(await otherLead.get(`/v1/cases/${twins.loser}`)).toMatchObject({ status: 'merged', participation: 'former_lead' });
      expect(await otherLead.post(`/v1/cases/${twins.loser}/reopen`, { reason: 'Revient.' })).toMatchObject({ status: 409, body: { code: 'wrong-state', status: 'merged' } });
      expect(JSON.stringify([entries, await otherLead.get(`/v1/cases/${twins.loser}`)])).not.toContain(twins.survivor);
      expect((await otherLead.try('GET', `/v1/cases/${twins.survivor}`)).status).toBe(404);
      expect((await otherLead.do('/v1/cases/search', { name: twins.otherName })).items.map(({ id }) => id)).toEqual([twins.loser]);
    });

    it('a structure that led the survivor and left before the merge reads nothing of the loser', async () => {
      const { lead, successor, otherLead } = people;
      const twins = await openTwice(people);
      await otherLead.do(`/v1/cases/${twins.loser}/sessions`, newSession({ summary: 'Chez La Poste.' }));
      const move = await lead.do(`/v1/cases/${twins.survivor}/handovers`, { kind: 'push', toStructureId: successor.structureId, note: 'À suivre.' });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      const before = await timeline(lead, twins.survivor);
      succeeded(await merge(people, twins));
      expect(await timeline(lead, twins.survivor)).toEqual(before);
      expect([await readable(lead, 'event', twins.loser), await readable(lead, 'piece', twins.loser)]).toEqual([0, 0]);
      expect(await readable(successor, 'event', twins.loser)).toBe(3);
    });

    it('a party that left a referral before the merge learns nothing of what happens to it after', async () => {
      const { otherLead, successor, otherHelper, asked } = people;
      const twins = await openTwice(people);
      const { id } = await otherLead.do(`/v1/cases/${twins.loser}/referrals`, newReferral(otherHelper.structureId, { onwardAllowed: true }));
      await otherHelper.do(`/v1/referrals/${id}/accept`);
      const child = await otherHelper.do(`/v1/cases/${twins.loser}/referrals`, newReferral(asked.structureId, { parentReferralId: id }));
      const move = await otherLead.do(`/v1/cases/${twins.loser}/handovers`, { kind: 'push', toStructureId: successor.structureId, note: 'À suivre.' });
      await successor.do(`/v1/handovers/${move.id}/accept`);
      const before = await otherLead.get(`/v1/referrals/${child.id}`);
      // The survivor is shorter than what they have read of the loser: numbers alone would let them in.
      succeeded(await merge(people, twins));
      await asked.do(`/v1/referrals/${child.id}/acknowledge`);
      await asked.do(`/v1/referrals/${child.id}/accept`);
      expect(await otherLead.get(`/v1/referrals/${child.id}`)).toEqual(before);
      expect(await readable(otherLead, 'event', twins.survivor)).toBe(0);
      expect(typesOf((await otherHelper.get(`/v1/referrals/${child.id}`)).history)).toEqual(['ReferralDrafted', 'ReferralSent', 'ReferralAcknowledged', 'ReferralAccepted']);
    });
  });

  describe('the words by which the resident is recognised', () => {
    const phones = ['06 39 98 01 01', '06 39 98 01 02', '06 39 98 01 03'] as const;
    const opening = (resident: object) => ({ resident: { birthYear: 1970, commune: '72264', ...resident }, themes: ['email'], informed: { on: '2026-01-15', how: 'oral' } });
    const stranger = (phone: string) => ({ firstName: 'Ulysse', lastName: `Qoxibar${randomUUID().replace(/[^a-f]/g, '')}`, phone });
    const resembles = async (resident: object) => {
      const { status, body } = await people.lead.post('/v1/cases', opening(resident));
      return status === 409 ? [body.code, body.caseId] : status;
    };
    const correct = (person: Person, caseId: string, phone: string) => person.do(`/v1/cases/${caseId}/corrections`, { resident: { phone } });

    it('are those of both records, whatever is corrected in the one that goes on', async () => {
      const { lead, otherLead } = people;
      const twins = await openTwice(people);
      const { survivor: third } = await openTwice(people);
      for (const [person, caseId] of [[lead, twins.survivor], [otherLead, twins.loser]] as const) await correct(person, caseId, phones[0]);
      succeeded(await merge(people, twins));
      const other = { firstName: 'Camille', lastName: twins.otherName };
      await correct(lead, twins.survivor, phones[1]);
      const known = ['possible-duplicate', twins.survivor];
      // The first phone was on both; the one that ended still says it.
      for (const resident of [other, stranger(phones[0]), stranger(phones[1])]) expect(await resembles(resident)).toEqual(known);
      await correct(lead, twins.survivor, phones[2]);
      expect(await resembles(stranger(phones[1]))).toBe(201);
      expect(await resembles(other)).toEqual(known);

      succeeded(await merge(people, { loser: twins.survivor, survivor: third }));
      await correct(lead, third, '06 39 98 01 04');
      for (const resident of [other, stranger(phones[0]), stranger(phones[2])]) expect(await resembles(resident)).toEqual(['possible-duplicate', third]);
    });
  });

  it('what the resident objects to on one record stands on both', async () => {
    const { lead, otherLead, helper, otherHelper } = people;
    const twins = await openTwice(people);
    const mine = await lead.do(`/v1/cases/${twins.survivor}/referrals`, newReferral(helper.structureId));
    const theirs = await otherLead.do(`/v1/cases/${twins.loser}/referrals`, newReferral(otherHelper.structureId));
    await otherLead.do(`/v1/cases/${twins.loser}/objections`, { against: helper.structureId, on: '2026-11-01', how: 'oral' });
    await lead.do(`/v1/cases/${twins.survivor}/objections`, { against: otherHelper.structureId, on: '2026-11-01', how: 'oral' });
    succeeded(await merge(people, twins));
    expect((await lead.get(`/v1/cases/${twins.survivor}`)).objections).toHaveLength(2);
    for (const { id } of [mine, theirs]) expect(await lead.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
  });

  it('a draft of the structure that led the other record can still be sent by it, and a held one released', async () => {
    const { otherLead, otherHelper } = people;
    const twins = await openTwice(people);
    const { id } = await otherLead.do(`/v1/cases/${twins.loser}/referrals`, newReferral(otherHelper.structureId, { send: false }));
    succeeded(await merge(people, twins));
    expect((await otherLead.do(`/v1/referrals/${id}/send`)).status).toBe('sent');
    expect((await otherLead.post(`/v1/cases/${twins.survivor}/referrals`, newReferral(otherHelper.structureId, { needs: ['sante'] }))).status).toBe(422);
  });

  it('goes on through a second merge: one timeline of three, referrals still by id', async () => {
    const first = await openTwice(people);
    const second = await openTwice(people);
    const { id } = await people.otherLead.do(`/v1/cases/${first.loser}/referrals`, newReferral(people.otherHelper.structureId));
    await people.otherLead.do(`/v1/cases/${first.loser}/sessions`, newSession({ summary: 'Le tout premier.' }));
    succeeded(await merge(people, first));
    succeeded(await merge(people, { loser: first.survivor, survivor: second.survivor }));
    await people.otherHelper.do(`/v1/referrals/${id}/accept`);
    expect(await people.otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({ caseId: second.survivor, status: 'accepted' });
    expect(texts(await timeline(people.otherHelper, second.survivor))).toContain('Le tout premier.');
    expect(texts(await timeline(people.lead, second.survivor))).toContain('Le tout premier.');
    expect((await people.otherHelper.try('GET', `/v1/cases/${first.loser}`)).headers.get('location')).toBe(`/v1/cases/${second.survivor}`);
    const link = { chain: 'ok', continuity: 'ok', link: 'ok' };
    expect(await verified(second.survivor)).toMatchObject({ chain: 'ok', merged: [{ id: first.survivor, ...link }, { id: first.loser, ...link }] });
    expect((await people.lead.do('/v1/cases/search', { name: first.name })).items.map((item) => item.id)).toEqual([second.survivor]);
  });

  describe('at the same moment', () => {
    const rounds = 12;

    it('a write on the loser is in its log before the end, or is told where to go; never lost, never after', async () => {
      const outcomes = new Set<number>();
      for (let round = 0; round < rounds; round++) {
        const twins = await openTwice(people);
        const [written, mergedAnswer] = await Promise.all([people.otherLead.post(`/v1/cases/${twins.loser}/sessions`, newSession()), merge(people, twins)]);
        expect(mergedAnswer.status).toBe(200);
        outcomes.add(written.status);
        if (written.status !== 201) expect(written.body).toMatchObject({ code: 'wrong-state', status: 'merged', mergedInto: twins.survivor });
        expect(await typesIn(twins.loser)).toEqual(written.status === 201 ? ['CaseOpened', 'SessionRecorded', 'MergedInto'] : ['CaseOpened', 'MergedInto']);
        expect(await verified(twins.survivor)).toMatchObject({ chain: 'ok', continuity: 'ok', merged: [{ chain: 'ok', link: 'ok' }] });
      }
      expect([...outcomes].every((status) => status === 201 || status === 409)).toBe(true);
    });

    it('an answer to a referral succeeds on whichever record it lives by then', async () => {
      for (let round = 0; round < rounds; round++) {
        const twins = await openTwice(people);
        const { id } = await people.otherLead.do(`/v1/cases/${twins.loser}/referrals`, newReferral(people.otherHelper.structureId));
        const [answered, mergedAnswer] = await Promise.all([people.otherHelper.post(`/v1/referrals/${id}/accept`), merge(people, twins)]);
        expect([answered.status, mergedAnswer.status]).toEqual([200, 200]);
        expect(await people.otherHelper.get(`/v1/referrals/${id}`)).toMatchObject({ caseId: twins.survivor, status: 'accepted', version: 3 });
        expect((await people.otherHelper.get(`/v1/cases/${twins.survivor}`)).status).toBe('open');
      }
    });

    it('of two merges in opposite directions one happens', async () => {
      for (let round = 0; round < rounds; round++) {
        const twins = await openTwice(people);
        const both = await Promise.all([merge(people, twins), merge(people, { loser: twins.survivor, survivor: twins.loser })]);
        expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
        expect(both.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'wrong-state', status: 'merged' });
      }
    });

    it('a record is loaded as it was at one moment: no row from before a commit beside a state from after it', async () => {
      const [row] = await query<{ provolatile: string }>(`select provolatile from pg_proc where proname = 'load_record'`);
      expect(row!.provolatile).toBe('s');
    });
  });

  describe('rebuilding from the logs', () => {
    const derived = ['case_file', 'case_access', 'case_merge', 'lead_period', 'session_entry', 'search_token', 'access_grant', 'party', 'referral', 'referral_access', 'handover', 'handover_access'];
    const snapshot = async () => {
      const tables: Record<string, string[]> = {};
      for (const table of derived) tables[table] = (await query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`)).map(({ row }) => row);
      tables['stream'] = (await query<{ row: string }>(`select id || state::text as row from stream where kind = 'case' order by 1`)).map(({ row }) => row);
      return tables;
    };

    it('gives the same rows, whatever is there already', async () => {
      await system.settle();
      const before = await snapshot();
      expect(await rebuild(system.database)).toEqual([]);
      expect(await snapshot()).toEqual(before);
    });

    it('gives the same rows from nothing', async () => {
      const before = await snapshot();
      await query(`truncate ${derived.join(', ')}`);
      expect(await rebuild(system.database)).toEqual([]);
      expect(await snapshot()).toEqual(before);
    });
  });
});

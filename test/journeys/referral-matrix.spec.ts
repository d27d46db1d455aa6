import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type View } from './driver';
import { actions, actors, assemble, bodies, build, look, situations, statusOf } from './referral-states';
import type { Action, Actor, Built, People, Situation } from './referral-states';

/** docs/domain.md, "Referral", row by row: from, action, to, who. Nothing else is allowed. */
type Row = [from: Situation[], action: Action, to: string, who: Actor[]];
const working: Situation[] = ['accepted', 'accepted_requested', 'in_progress', 'in_progress_requested'];
const held: Situation[] = ['on_hold_from_accepted', 'on_hold_from_in_progress', 'on_hold_requested'];
const rows: Row[] = [
  [['draft'], 'send', 'sent', ['sender']],
  [['sent'], 'acknowledge', 'under_review', ['recipient']],
  [['sent', 'under_review'], 'accept', 'accepted', ['recipient']],
  [['sent', 'under_review'], 'decline', 'declined', ['recipient']],
  [['draft', 'held'], 'withdraw', 'withdrawn', ['sender']],
  [['sent', 'under_review'], 'withdraw', 'withdrawn', ['sender', 'coordinator']],
  [working, 'hold', 'on_hold', ['recipient']],
  [['on_hold_from_accepted', 'on_hold_requested'], 'resume', 'accepted', ['recipient']],
  [['on_hold_from_in_progress'], 'resume', 'in_progress', ['recipient']],
  [[...working, ...held], 'complete', 'completed', ['recipient']],
  [[...working, ...held], 'return', 'returned', ['recipient']],
  [['accepted'], 'request-cancellation', 'accepted', ['sender']],
  [['in_progress'], 'request-cancellation', 'in_progress', ['sender']],
  [['on_hold_from_accepted', 'on_hold_from_in_progress'], 'request-cancellation', 'on_hold', ['sender']],
  [['accepted_requested', 'in_progress_requested', 'on_hold_requested'], 'agree-cancellation', 'cancelled', ['recipient']],
  [[...working, ...held], 'cancel', 'cancelled', ['coordinator']],
  [situations.filter((situation) => situation !== 'entered_in_error'), 'void', 'entered_in_error', ['coordinator']],
];

/** Whose action it is at all; for everybody else it is refused whatever the state. */
const whose = new Map(actions.map((action) => [action, new Set(rows.filter((row) => row[1] === action).flatMap((row) => row[3]))]));
/** The roles that an action belongs to: who has another is told 403 before anything about the referral is looked at. */
const counsellors: Actor[] = ['sender', 'recipient', 'contributor', 'unrelated'];
const byRole = (action: Action): Actor[] =>
  ['cancel', 'void'].includes(action) ? ['coordinator'] : action === 'withdraw' ? [...counsellors, 'coordinator'] : counsellors;

/** "Who sees what", first line. Nothing is disclosed to a recipient before the referral is sent. */
function sees(actor: Actor, situation: Situation): boolean {
  if (actor === 'contributor' || actor === 'unrelated') return false;
  return actor !== 'recipient' || !['draft', 'held'].includes(situation);
}

type Expected = { to: string } | { refused: string[] };

/** Order of checks: role, hidden, not yours, wrong state. */
function oracle(situation: Situation, action: Action, actor: Actor): Expected {
  const row = rows.find(([from, named, , who]) => from.includes(situation) && named === action && who.includes(actor));
  if (row !== undefined) return { to: row[2] };
  if (!byRole(action).includes(actor)) return { refused: ['forbidden'] };
  if (!sees(actor, situation)) return { refused: ['not-found'] };
  if (!whose.get(action)?.has(actor)) return { refused: ['forbidden'] };
  // The coordinator withdraws "from sent on": before that it is as well not theirs as not the moment.
  if (actor === 'coordinator' && ['draft', 'held'].includes(situation)) return { refused: ['forbidden', 'wrong-state'] };
  return { refused: ['wrong-state'] };
}

const statuses: Record<string, number> = { forbidden: 403, 'not-found': 404, 'wrong-state': 409 };

describe('every state × action × actor of a referral', () => {
  let system: TestSystem;
  let people: People;
  let awaiting: { id: string; commune: string };
  let awaitingRecipient: Person;
  const personOf = (actor: Actor, situation: Situation): Person =>
    situation === 'held' && actor === 'recipient' ? awaitingRecipient : people[actor];
  /** One referral per situation for everything that must be refused: a refusal leaves it as it is. */
  const standing = new Map<Situation, Built>();
  /** Expired ones take the clock forward for everybody, so they are all made before anything else. */
  const expired: Built[] = [];

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
    const structures = await people.sender.all('/v1/structures');
    const found = structures.find(({ status }) => status === 'awaiting_state_validation');
    if (found === undefined) throw new Error('The demo network has a structure that awaits State validation; it is not in the directory.');
    awaiting = { id: found.id, commune: found.communes[0] ?? '72264' };
    awaitingRecipient = await Person.signIn(system.baseUrl, 'conseiller@asso-en-attente.demo', system.password);
    expect(awaitingRecipient.structureId).toBe(awaiting.id);
    const waiting = await Promise.all([1, 2].map(() => build(people, 'sent', awaiting)));
    system.clock.advance({ days: 40 });
    await system.settle();
    expired.push(...waiting);
    for (const situation of situations)
      standing.set(situation, situation === 'expired' ? expired[0]! : await build(people, situation, awaiting));
  });
  afterAll(() => system.stop());

  describe.each(situations)('%s', (situation) => {
    it('is reached', async () => {
      const seen = await people.sender.get(`/v1/referrals/${standing.get(situation)!.id}`);
      expect(seen.status).toBe(statusOf(situation));
      expect(Boolean(seen.cancellationRequestedAt)).toBe(situation.endsWith('_requested') || situation === 'cancelled_agreed');
    });

    it.each(actors)('is shown to the %s with exactly what they may do now, or not at all', async (actor) => {
      const seen = await look(personOf(actor, situation), standing.get(situation)!.id);
      expect(seen !== null).toBe(sees(actor, situation));
      const may = actions.filter((action) => 'to' in oracle(situation, action, actor));
      if (seen !== null) expect([...seen.actions].sort()).toEqual(may.sort());
    });

    it.each(actors)('refuses the %s whatever the table does not list, and stays as it is', async (actor) => {
      const { id } = standing.get(situation)!;
      const before = await people.sender.get(`/v1/referrals/${id}`);
      const wrong: string[] = [];
      for (const action of actions) {
        const expected = oracle(situation, action, actor);
        // Asking again for a cancellation that is already asked for: the table neither lists nor excludes it.
        if ('to' in expected || (action === 'request-cancellation' && actor === 'sender' && situation.endsWith('_requested'))) continue;
        const answer = await personOf(actor, situation).post(`/v1/referrals/${id}/${action}`, bodies[action]);
        const right = expected.refused.includes(answer.body?.code) && answer.status === statuses[answer.body.code];
        if (!right) wrong.push(`${action}: ${answer.status} ${answer.text.slice(0, 200)}, expected ${expected.refused.join(' or ')}`);
        else if (
          answer.body.code === 'wrong-state' &&
          (answer.body.status as unknown) !== before.status &&
          !answer.text.includes(before.status)
        ) {
          wrong.push(`${action}: the 409 does not tell the present state: ${answer.text}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await people.sender.get(`/v1/referrals/${id}`)).toEqual(before);
    });

    const allowed = actions.flatMap((action) =>
      actors.flatMap((actor) => {
        const expected = oracle(situation, action, actor);
        return 'to' in expected ? [{ action, actor, to: expected.to }] : [];
      }),
    );
    // entered_in_error allows nothing; an empty table is an error to jest.
    if (allowed.length === 0) return;
    it.each(allowed)('$action by the $actor → $to', async ({ action, actor, to }) => {
      const { id } = situation === 'expired' ? expired[1]! : await build(people, situation, awaiting);
      const before = await people.sender.get(`/v1/referrals/${id}`);
      const answer = await personOf(actor, situation).post(`/v1/referrals/${id}/${action}`, bodies[action]);
      expect([answer.status, answer.body.status]).toEqual([200, to]);
      const after = await people.sender.get(`/v1/referrals/${id}`);
      expect(after.status).toBe(to);
      expect(after.version).toBeGreaterThan(before.version);
      expect(answer.headers.get('etag')).toBe(`"${after.version}"`);
      expect(after.history.length).toBeGreaterThan(before.history.length);
      if (action === 'request-cancellation') expect(after.cancellationRequestedAt).toBeTruthy();
      if ('reason' in bodies[action] && action !== 'hold' && action !== 'request-cancellation')
        expect(JSON.stringify(after)).toContain((bodies[action] as { reason: string }).reason);
    });
  });
});

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
  const declare = async (): Promise<View> =>
    people.administrator.do('/v1/structures', {
      name: 'Association des Deux Rives',
      typology: 'ASSO',
      communes: ['72264'],
      services: ['Maîtrise des outils numériques du quotidien'],
    });
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
      await people.sender.do(`/v1/cases/${caseId}/objections`, { against: people.recipient.structureId, on: '2026-11-20', how: 'oral' });
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
    const blocked = await people.sender.post(`/v1/cases/${caseId}/referrals`, newReferral(closing.structureId, { needs: ['sante'] }));
    expect([blocked.status, blocked.body.code]).toEqual([422, 'recipient-not-active']);
    await decide(closing.structureId, 'closed');
    expect(await people.sender.get(`/v1/referrals/${unanswered.id}`)).toMatchObject({ status: 'cancelled', reason: 'structure_closed' });
    expect(await people.sender.get(`/v1/referrals/${accepted.id}`)).toMatchObject({ status: 'returned', reason: 'structure_closed' });
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
      return (await person.do(`/v1/referrals/${id}/withdraw`, bodies.withdraw)).status;
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
    expect((await people.coordinator.all('/v1/notifications')).some((notice) => JSON.stringify(notice).includes(id))).toBe(true);
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

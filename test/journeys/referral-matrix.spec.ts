import { startSystem, type TestSystem } from '../support/system';
import { Person } from './driver';
import { actions, actors, assemble, bodiesOf, build, look, situations, statusOf } from './referral-states';
import type { Action, Actor, Built, People, Situation } from './referral-states';

/** docs/domain.md, "Referral", row by row: from, action, to, who. Nothing else is allowed. */
type Row = [from: Situation[], action: Action, to: string, who: Actor[]];
const working: Situation[] = ['accepted', 'accepted_requested', 'in_progress', 'in_progress_requested'];
const held: Situation[] = ['on_hold_from_accepted', 'on_hold_from_in_progress', 'on_hold_requested'];
const rows: Row[] = [
  [['draft'], 'edit', 'draft', ['sender']],
  [['draft'], 'send', 'sent', ['sender']],
  [['sent'], 'acknowledge', 'under_review', ['recipient']],
  [['sent', 'under_review'], 'accept', 'accepted', ['recipient']],
  [['sent', 'under_review'], 'decline', 'declined', ['recipient']],
  [['draft', 'held'], 'withdraw', 'withdrawn', ['sender']],
  [['sent', 'under_review'], 'withdraw', 'withdrawn', ['sender', 'coordinator']],
  [working, 'hold', 'on_hold', ['recipient']],
  [['on_hold_from_accepted', 'on_hold_requested'], 'resume', 'accepted', ['recipient']],
  [['on_hold_from_in_progress'], 'resume', 'in_progress', ['recipient']],
  [['accepted', 'accepted_requested'], 'name-contact', 'accepted', ['recipient']],
  [['in_progress', 'in_progress_requested'], 'name-contact', 'in_progress', ['recipient']],
  [held, 'name-contact', 'on_hold', ['recipient']],
  [[...working, ...held], 'complete', 'completed', ['recipient']],
  [[...working, ...held], 'return', 'returned', ['recipient']],
  [['accepted'], 'request-cancellation', 'accepted', ['sender']],
  [['in_progress'], 'request-cancellation', 'in_progress', ['sender']],
  [['on_hold_from_accepted', 'on_hold_from_in_progress'], 'request-cancellation', 'on_hold', ['sender']],
  [
    ['accepted_requested', 'in_progress_requested', 'on_hold_requested'],
    'agree-cancellation',
    'cancelled',
    ['recipient'],
  ],
  [[...working, ...held], 'cancel', 'cancelled', ['coordinator']],
  [situations.filter((situation) => situation !== 'entered_in_error'), 'void', 'entered_in_error', ['coordinator']],
];

/** Whose action it is at all; for everybody else it is refused whatever the state. */
const whose = new Map(
  actions.map((action) => [action, new Set(rows.filter((row) => row[1] === action).flatMap((row) => row[3]))]),
);
/** The roles that an action belongs to: who has another is told 403 before anything about the referral is looked at. */
const counsellors: Actor[] = ['sender', 'recipient', 'contributor', 'unrelated'];
const byRole = (action: Action): Actor[] =>
  ['cancel', 'void'].includes(action)
    ? ['coordinator']
    : action === 'withdraw'
      ? [...counsellors, 'coordinator']
      : counsellors;

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
  if (actor === 'coordinator' && ['draft', 'held'].includes(situation))
    return { refused: ['forbidden', 'wrong-state'] };
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
    if (found === undefined)
      throw new Error('The demo network has a structure that awaits State validation; it is not in the directory.');
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
      expect(Boolean(seen.cancellationRequestedAt)).toBe(
        situation.endsWith('_requested') || situation === 'cancelled_agreed',
      );
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
        if (
          'to' in expected ||
          (action === 'request-cancellation' && actor === 'sender' && situation.endsWith('_requested'))
        )
          continue;
        const answer = await personOf(actor, situation).post(`/v1/referrals/${id}/${action}`, bodiesOf(people)[action]);
        const right = expected.refused.includes(answer.body?.code) && answer.status === statuses[answer.body.code];
        if (!right)
          wrong.push(
            `${action}: ${answer.status} ${answer.text.slice(0, 200)}, expected ${expected.refused.join(' or ')}`,
          );
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
      const answer = await personOf(actor, situation).post(`/v1/referrals/${id}/${action}`, bodiesOf(people)[action]);
      expect([answer.status, answer.body.status]).toEqual([200, to]);
      const after = await people.sender.get(`/v1/referrals/${id}`);
      expect(after.status).toBe(to);
      expect(after.version).toBeGreaterThan(before.version);
      expect(answer.headers.get('etag')).toBe(`"${after.version}"`);
      expect(after.history.length).toBeGreaterThan(before.history.length);
      if (action === 'request-cancellation') expect(after.cancellationRequestedAt).toBeTruthy();
      if ('reason' in bodiesOf(people)[action] && action !== 'hold' && action !== 'request-cancellation')
        expect(JSON.stringify(after)).toContain((bodiesOf(people)[action] as { reason: string }).reason);
    });
  });
});

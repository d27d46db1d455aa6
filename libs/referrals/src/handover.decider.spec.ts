import fc from 'fast-check';
import {
  localDateOf, Problem, system, type Actor, type Context, type Decided, type Fact, type HandoverStatus, type Instant, type JsonObject, type RecordEvent, type Role,
} from '@fil-rouge/kernel';
import { evolveCase, initialCase, participationOf } from '@fil-rouge/cases';
import { evolveHandover, handoverTimers, initialHandover, type HandoverRecord, type HandoverState } from './handover';
import type { Answer, Opening } from './handover.conditions.decider';
import { accept, cancel, decline, due, join, propose, react, reassignByDecision, reassignInside, request, withdraw } from './handover.decider';
import { actionsOf, type HandoverAction } from './handover.policy';
import { projectHandover, type HandoverRow } from './handover.projection';

const departement = 'departement';
const laPoste = 'la-poste';
const afpa = 'afpa';
const mediatheque = 'mediatheque';
const structures = [departement, laPoste, afpa, mediatheque];
const monday = '2026-11-23T09:00:00.000Z';
const day = (date: string, time = '09:00:00.000'): Instant => `${date}T${time}Z`;

const who = (structureId: string, role: Role = 'counsellor', territory: string[] | null = null): Actor =>
  ({ userId: `${role}@${structureId}`, structureId, role, territory });

/** One record with the two slices on it, and the way a command takes through them: due, decide, react, evolve, project. */
class Scene {
  record: HandoverRecord = { case: initialCase, handover: initialHandover };
  events: RecordEvent[] = [];
  rows = new Map<string, HandoverRow>();
  suspended = new Set<string>();
  private ids = 0;

  constructor() {
    this.happen(who(departement), monday, [{
      type: 'CaseOpened',
      data: { opened: [{ id: 'opening', structureId: departement, kind: 'lead', source: 'case' }], lead: { structureId: departement, counsellorId: null } },
      pieces: [
        { kind: 'first_name', value: { firstName: 'Odile' } }, { kind: 'profile', value: { commune: '72181', birthYear: 1951 } },
        { kind: 'shared_text', value: { themes: ['email'] } },
      ],
    }]);
  }

  contributor(structureId: string): this {
    this.happen(who(structureId), monday, [{
      type: 'ReferralAccepted', data: { opened: [{ id: `referral-${structureId}`, structureId, kind: 'contributor', source: 'referral' }] } as object as JsonObject,
    }]);
    return this;
  }

  context(actor: Actor, now: Instant): Context {
    return {
      now, today: localDateOf(now), actor, seq: this.events.length,
      newId: () => `id-${++this.ids}`,
      fact: (id) => this.fact(id ?? undefined),
      row: <R>() => undefined as R | undefined,
      piece: (kind) => this.events.flatMap(({ pieces }) => pieces).findLast((piece) => piece.kind === kind && !piece.sharedBy)?.value,
    };
  }

  /** A command: what is due comes first, as in the record store. */
  do(actor: Actor, now: Instant, rule: (record: HandoverRecord, context: Context) => Decided[]): Decided[] {
    this.tick(now);
    const decided = rule(this.record, this.context(actor, now));
    this.happen(actor, now, decided);
    return decided;
  }

  tick(now: Instant): Decided[] {
    const fallen = due(this.record, this.context(system, now));
    this.happen(system, now, fallen);
    return fallen;
  }

  happen(actor: Actor, now: Instant, decided: readonly Decided[]): void {
    const pending = [...decided];
    for (let next = pending.shift(); next; next = pending.shift()) {
      const seq = this.events.length + 1;
      const event: RecordEvent = {
        id: `event-${seq}`, stream: 'case', seq, type: next.type, schema: 1, at: now, recordedAt: now, actor: actor.userId, structure: actor.structureId,
        data: JSON.parse(JSON.stringify(next.data)) as JsonObject, pieces: next.pieces ?? [], about: next.about ?? null, audience: next.audience ?? 'record',
      };
      const before = this.record;
      const lower = { ...before, case: evolveCase(before.case, event) };
      this.record = { ...lower, handover: evolveHandover(before.handover, event, lower) };
      this.events.push(event);
      for (const change of projectHandover(before, this.record, event)) if (change.call === 'put_handover') for (const row of change.rows as HandoverRow[]) this.rows.set(row.id, row);
      pending.push(...react(this.record, event));
    }
  }

  private fact(id: string | undefined): Fact | undefined {
    if (id === undefined) return undefined;
    if (structures.includes(id)) return { id, kind: 'structure', version: 1, state: { structure: { status: this.suspended.has(id) ? 'suspended' : 'active' } } };
    const [role, structureId] = id.split('@');
    if (!structureId) return undefined;
    const employment = { id: 'e', structureId, role, from: '2026-01-01', until: '2027-01-15', ended: false, placedAt: null, territory: null };
    return { id, kind: 'person', version: 1, state: { person: { status: 'known', version: 1, employments: [employment] } } };
  }
}

const push = (more: Partial<Opening> = {}) => (record: HandoverRecord, context: Context) =>
  propose(record, { handoverId: 'h1', toStructureId: afpa, note: 'Elle cherche un emploi.', ...more }, context);
const pull = (more: Partial<Opening> = {}) => (record: HandoverRecord, context: Context) => request(record, { handoverId: 'h1', note: 'Nous la voyons.', ...more }, context);
const says = (action: HandoverAction, more: Partial<Answer> = {}) => (record: HandoverRecord, context: Context) =>
  ({ accept, decline, withdraw, cancel })[action](record, { handoverId: 'h1', reason: 'Parce que', ...more }, context);

/** `code`, or `code status actions` of a refusal; the types of the events otherwise. */
function outcome(attempt: () => Decided[]): string {
  try {
    return attempt().map(({ type }) => type).join(' ');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [field] = error.members.errors ?? [];
    return [error.code, field?.pointer, field?.code, error.code === 'wrong-state' ? error.members.status : undefined].filter(Boolean).join(' ');
  }
}

const later = { effectiveAt: day('2026-12-01') };

describe('a push', () => {
  test('makes the recipient a candidate that reads the minimal sheet and nothing else', () => {
    const scene = new Scene();
    const [event] = scene.do(who(departement), monday, push({ toCounsellorId: 'counsellor@afpa' }));
    expect(event).toMatchObject({ type: 'HandoverProposed', about: 'h1', audience: 'about', data: { handoverId: 'h1', kind: 'push', fromStructureId: departement, toStructureId: afpa } });
    expect(event?.pieces).toEqual([
      { kind: 'first_name', value: { firstName: 'Odile' }, sharedBy: 'h1' },
      { kind: 'shared_text', value: { note: 'Elle cherche un emploi.', commune: '72181', ageBracket: 'soixante_dix_plus', themes: ['email'] }, sharedBy: 'h1' },
    ]);
    expect(participationOf(scene.record.case, afpa)).toBe('candidate');
    expect(scene.record.case.lead?.structureId).toBe(departement);
    expect(handoverTimers(scene.record.handover)).toEqual({ 'handover-expiry': day('2026-12-07', '22:59:59.999'), 'handover-reminder': day('2026-11-26', '08:00:00.000') });
  });

  test.each([
    ['a contributor', who(laPoste), {}, 'forbidden'],
    ['a candidate or a stranger', who(mediatheque), {}, 'not-found'],
    ['a coordinator of the territory', who(departement, 'coordinator', ['72181']), {}, 'forbidden'],
    ['a coordinator of another territory', who(departement, 'coordinator', ['72001']), {}, 'not-found'],
    ['the lead, with a stale version of the case', who(departement), { ifMatch: 7 }, 'stale'],
    ['the lead, without a note', who(departement), { note: ' ' }, 'invalid /note required'],
    ['the lead, to nobody', who(departement), { toStructureId: undefined }, 'invalid /toStructureId required'],
    ['the lead, to itself', who(departement), { toStructureId: departement }, 'invalid /toStructureId already-leads'],
    ['the lead, to a structure that does not exist', who(departement), { toStructureId: 'nowhere' }, 'invalid /toStructureId unknown'],
    ['the lead, to a suspended structure', who(departement), { toStructureId: mediatheque }, 'recipient-not-active'],
    ['the lead, naming somebody of another structure', who(departement), { toCounsellorId: 'counsellor@la-poste' }, 'invalid /toCounsellorId not-employed'],
    ['the lead, naming somebody who will have left', who(departement), { toCounsellorId: 'counsellor@afpa', effectiveAt: day('2027-01-16') }, 'invalid /toCounsellorId not-employed'],
    ['the lead, for yesterday', who(departement), { effectiveAt: day('2026-11-22') }, 'invalid /effectiveAt past'],
    ['the lead, 91 days ahead', who(departement), { effectiveAt: day('2027-02-22') }, 'invalid /effectiveAt too-far'],
    ['the lead, 90 days ahead', who(departement), { effectiveAt: day('2027-02-21') }, 'HandoverProposed'],
    ['the lead, with a clock four minutes late', who(departement), { effectiveAt: day('2026-11-23', '08:56:00.000') }, 'HandoverProposed'],
  ])('by %s', (_, actor, more, expected) => {
    const scene = new Scene().contributor(laPoste);
    scene.suspended.add(mediatheque);
    expect(outcome(() => scene.do(actor, monday, push(more)))).toBe(expected);
  });

  test('is refused where the resident objects, where the lead is suspended, where the case is closed, and beside another', () => {
    const objected = new Scene();
    objected.happen(who(departement), monday, [{ type: 'ObjectionRecorded', data: { objectionId: 'o', against: afpa, on: '2026-11-23', how: 'oral' } }]);
    expect(outcome(() => objected.do(who(departement), monday, push()))).toBe('objection');
    const suspended = new Scene();
    suspended.suspended.add(departement);
    expect(outcome(() => suspended.do(who(departement), monday, push()))).toBe('forbidden');
    const closed = new Scene();
    closed.happen(who(departement), monday, [{ type: 'CaseClosed', data: { reason: 'need_met' } }]);
    expect(outcome(() => closed.do(who(departement), monday, push()))).toBe('wrong-state closed');
    const busy = new Scene();
    busy.do(who(departement), monday, push());
    expect(outcome(() => busy.do(who(departement), monday, push({ handoverId: 'h2' })))).toBe('open-handover');
  });
});

describe('a pull', () => {
  test.each([
    ['a contributor', who(laPoste), {}, 'HandoverRequested'],
    ['the lead', who(departement), {}, 'forbidden'],
    ['a stranger', who(mediatheque), {}, 'not-found'],
    ['an administrator', who(departement, 'administrator'), {}, 'forbidden'],
    ['a contributor, for another structure', who(laPoste), { toStructureId: afpa }, 'invalid /toStructureId not-yours'],
  ])('by %s', (_, actor, more, expected) => {
    expect(outcome(() => new Scene().contributor(laPoste).do(actor, monday, pull(more)))).toBe(expected);
  });

  test('a former lead may ask for its case again, and silence escalates without moving the lead', () => {
    const scene = new Scene();
    scene.do(who(departement), monday, push());
    scene.do(who(afpa), monday, says('accept'));
    scene.do(who(departement), monday, pull({ handoverId: 'h2' }));
    expect(scene.record.handover.open).toMatchObject({ id: 'h2', kind: 'pull', from: afpa, to: departement });
    expect(scene.tick(day('2026-12-08'))).toMatchObject([{ type: 'HandoverExpired', data: { escalate: true } }]);
    expect(scene.record.case.lead?.structureId).toBe(afpa);
  });

  test('by a stranger who was told of a possible duplicate says nothing of the lead until it has accepted', () => {
    const scene = new Scene();
    const [event] = scene.do(who(mediatheque), monday, (record, context) => join(record, { handoverId: 'h1', note: 'Même personne ?' }, context));
    expect(event?.data['fromStructureId']).toBeUndefined();
    expect(scene.record.handover.open).toMatchObject({ blind: true, from: departement });
    expect(participationOf(scene.record.case, mediatheque)).toBeNull();
    scene.do(who(departement), monday, says('accept', later));
    expect(scene.record.handover.open).toMatchObject({ blind: false, status: 'accepted' });
    expect(outcome(() => new Scene().do(who(departement), monday, (record, context) => join(record, { handoverId: 'h1' }, context)))).toBe('invalid cannot-be-asked');
  });
});

describe('internal', () => {
  const inside = (more: Partial<Opening> = {}) => (record: HandoverRecord, context: Context) =>
    reassignInside(record, { handoverId: 'h1', toCounsellorId: 'counsellor@departement', ...more }, context);

  test('moves the named counsellor at once and leaves access and an open handover as they are', () => {
    const scene = new Scene();
    scene.do(who(departement), monday, push({ handoverId: 'h0' }));
    const before = scene.record;
    const [event] = scene.do(who(departement, 'manager'), monday, inside());
    expect(event).toMatchObject({ type: 'HandoverTookEffect', audience: 'record', data: { kind: 'internal', lead: { structureId: departement, counsellorId: 'counsellor@departement' } } });
    expect(scene.record.case.grants).toEqual(before.case.grants);
    expect(scene.record.handover).toMatchObject({ open: before.handover.open, last: { id: 'h1', status: 'effective' } });
  });

  test.each([
    ['a counsellor', who(departement), {}, 'forbidden'],
    ['a manager of another structure', who(laPoste, 'manager'), {}, 'forbidden'],
    ['the manager, naming nobody', who(departement, 'manager'), { toCounsellorId: undefined }, 'invalid /toCounsellorId required'],
    ['the manager, naming an outsider', who(departement, 'manager'), { toCounsellorId: 'counsellor@afpa' }, 'invalid /toCounsellorId not-employed'],
    ['the manager, for another structure', who(departement, 'manager'), { toStructureId: afpa }, 'invalid /toStructureId not-yours'],
    ['the manager, for a date', who(departement, 'manager'), later, 'invalid /effectiveAt at-once'],
  ])('by %s', (_, actor, more, expected) => {
    expect(outcome(() => new Scene().contributor(laPoste).do(actor, monday, inside(more)))).toBe(expected);
  });
});

describe('administrative', () => {
  const decision = (more: Partial<Opening> = {}) => (record: HandoverRecord, context: Context) =>
    reassignByDecision(record, { handoverId: 'h2', toStructureId: laPoste, reason: 'Structure fermée', ...more }, context);

  test('ends the open handover first and moves the lead at once', () => {
    const scene = new Scene();
    scene.do(who(departement), monday, push());
    scene.do(who(departement, 'coordinator', ['72181']), monday, decision());
    expect(scene.events.slice(-2).map(({ type, data }) => [type, data['handoverId'], data['because']])).toEqual([
      ['HandoverCancelled', 'h1', 'administrative'], ['HandoverTookEffect', 'h2', undefined],
    ]);
    expect(structures.map((id) => participationOf(scene.record.case, id))).toEqual(['former_lead', 'lead', null, null]);
  });

  test.each([
    ['a manager of the lead', who(departement, 'manager'), {}, 'forbidden'],
    ['a coordinator elsewhere', who(departement, 'coordinator', ['72001']), {}, 'not-found'],
    ['an administrator', who(departement, 'administrator'), {}, 'HandoverTookEffect'],
    ['an administrator, without a reason', who(departement, 'administrator'), { reason: undefined }, 'invalid /reason required'],
    ['an administrator, to who leads already', who(departement, 'administrator'), { toStructureId: departement }, 'invalid /toStructureId already-leads'],
  ])('by %s', (_, actor, more, expected) => {
    expect(outcome(() => new Scene().do(actor, monday, decision(more)))).toBe(expected);
  });
});

describe('an acceptance', () => {
  const proposed = (more: Partial<Opening> = {}): Scene => {
    const scene = new Scene();
    scene.do(who(departement), monday, push(more));
    return scene;
  };

  test('without a date moves the lead in the same commit; the former lead reads up to that event', () => {
    const scene = proposed();
    expect(scene.do(who(afpa), monday, says('accept', { counsellorId: 'counsellor@afpa' })).map(({ type }) => type)).toEqual(['HandoverAccepted', 'HandoverTookEffect']);
    expect(scene.record.case.lead).toMatchObject({ structureId: afpa, counsellorId: 'counsellor@afpa', fromSeq: 4 });
    expect(scene.record.case.formers[departement]).toMatchObject({ kind: 'former_lead', seq: 4 });
    expect(scene.record.case.grants).toMatchObject([{ structureId: afpa, kind: 'lead', source: 'h1' }]);
  });

  test('takes the suggested date unless it names another, and the clock does the rest', () => {
    const scene = proposed(later);
    scene.do(who(afpa), monday, says('accept'));
    expect(scene.record.handover.open).toMatchObject({ status: 'accepted', effectiveAt: later.effectiveAt });
    expect(handoverTimers(scene.record.handover)).toEqual({ 'handover-effect': later.effectiveAt });
    expect(scene.tick(day('2026-12-01', '08:59:59.999'))).toEqual([]);
    // A late worker: stamped when it happened, never backdated.
    scene.tick(day('2026-12-01', '11:00:00.000'));
    expect(scene.record.handover.last).toMatchObject({ status: 'effective', effectiveAt: day('2026-12-01', '11:00:00.000') });
    const other = proposed(later);
    other.do(who(afpa), monday, says('accept', { effectiveAt: day('2026-12-15') }));
    expect(other.record.handover.open?.effectiveAt).toBe(day('2026-12-15'));
    const past = proposed({ effectiveAt: day('2026-11-24') });
    past.do(who(afpa), day('2026-11-25'), says('accept'));
    expect(past.record.handover.last).toMatchObject({ status: 'effective', effectiveAt: day('2026-11-25') });
  });

  test.each([
    ['by the proposer', who(departement), {}, 'forbidden'],
    ['in the past', who(afpa), { effectiveAt: day('2026-11-23', '08:54:59.000') }, 'invalid /effectiveAt past'],
    ['too far ahead', who(afpa), { effectiveAt: day('2027-02-22') }, 'invalid /effectiveAt too-far'],
    ['naming an outsider', who(afpa), { counsellorId: 'counsellor@la-poste' }, 'invalid /counsellorId not-employed'],
    ['of another version', who(afpa), { ifMatch: 2 }, 'stale'],
    ['of the present version', who(afpa), { ifMatch: 1 }, 'HandoverAccepted HandoverTookEffect'],
  ])('%s', (_, actor, more, expected) => {
    const scene = proposed();
    expect(outcome(() => scene.do(actor, monday, says('accept', more)))).toBe(expected);
  });

  test('by a structure suspended since is refused', () => {
    const scene = proposed();
    scene.suspended.add(afpa);
    expect(outcome(() => scene.do(who(afpa), monday, says('accept')))).toBe('recipient-not-active');
  });
});

describe('the clock', () => {
  test('reminds on business days 3 and 7, expires after the tenth, and a late answer gets the present state', () => {
    const scene = new Scene();
    scene.do(who(departement), monday, push());
    const log = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-12-02', '2026-12-07', '2026-12-08'].map((date) => scene.tick(day(date)).map(({ type, data }) => [type, data['day']]));
    expect(log).toEqual([[], [['HandoverReminded', 3]], [], [['HandoverReminded', 7]], [], [['HandoverExpired', undefined]]]);
    expect(outcome(() => scene.do(who(afpa), day('2026-12-08'), says('accept')))).toBe('wrong-state expired');
    expect(participationOf(scene.record.case, afpa)).toBeNull();
    expect(scene.record.case.lead?.structureId).toBe(departement);
  });

  test('after an outage says the last missed thing once', () => {
    const scene = new Scene();
    scene.do(who(departement), monday, push());
    expect(scene.tick(day('2026-12-03')).map(({ data }) => data['day'])).toEqual([7]);
    expect(scene.tick(day('2026-12-03'))).toEqual([]);
  });
});

test.each([
  ['a closed case', { type: 'CaseClosed', data: { reason: 'need_met' } }, 'case_closed'],
  ['an objection to the recipient', { type: 'ObjectionRecorded', data: { objectionId: 'o', against: afpa, on: '2026-11-23', how: 'oral' } }, 'objection'],
  ['an objection to everybody', { type: 'ObjectionRecorded', data: { objectionId: 'o', against: 'all', on: '2026-11-23', how: 'oral' } }, 'objection'],
  ['an objection to somebody else', { type: 'ObjectionRecorded', data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' } }, undefined],
])('%s and an open handover', (_, event: Decided, because) => {
  const scene = new Scene();
  scene.do(who(departement), monday, push());
  scene.happen(who(departement), monday, [event]);
  expect(scene.events.at(-1)?.data['because']).toBe(because);
  expect(scene.record.handover.open === null).toBe(because !== undefined);
  expect(participationOf(scene.record.case, afpa)).toBe(because === undefined ? 'candidate' : null);
});

/** Every state a handover can be in, for both kinds that are answered. `asker` began it. */
const walks: Record<HandoverStatus, ((asker: Actor, other: Actor) => [Actor, HandoverAction, Partial<Answer>][]) | 'clock'> = {
  proposed: () => [],
  requested: () => [],
  accepted: (_, other) => [[other, 'accept', later]],
  declined: (_, other) => [[other, 'decline', {}]],
  withdrawn: (asker) => [[asker, 'withdraw', {}]],
  expired: 'clock',
  cancelled: (asker, other) => [[other, 'accept', later], [asker, 'cancel', {}]],
  effective: (_, other) => [[other, 'accept', {}]],
};

const cases = (['push', 'pull'] as const).flatMap((kind) =>
  (Object.keys(walks) as HandoverStatus[])
    .filter((status) => status !== (kind === 'push' ? 'requested' : 'proposed'))
    .flatMap((status) => (['accept', 'decline', 'withdraw', 'cancel'] as const).map((action) => ({ kind, status, action }))));

describe.each(cases)('$kind, $status: $action', ({ kind, status, action }) => {
  const lead = who(departement);
  const taker = who(laPoste);
  const [asker, other] = kind === 'push' ? [lead, taker] : [taker, lead];
  const at = day('2026-11-24');

  const arrive = (): { scene: Scene; now: Instant } => {
    const scene = new Scene().contributor(laPoste).contributor(afpa);
    scene.do(asker, monday, kind === 'push' ? push({ toStructureId: laPoste }) : pull());
    const steps = walks[status];
    if (steps === 'clock') {
      scene.tick(day('2026-12-08'));
      return { scene, now: day('2026-12-08') };
    }
    for (const [actor, step, more] of steps(asker, other)) scene.do(actor, at, says(step, more));
    return { scene, now: at };
  };

  // The oracle, written from docs/domain.md and not from the policy: whose the action is, and in which states.
  const open = status === 'proposed' || status === 'requested';
  const possible = action === 'cancel' ? status === 'accepted' : open;
  const theirs = { accept: [other], decline: [other], withdraw: [asker], cancel: [asker, other] }[action];

  test.each([
    ['the lead', lead], ['the other structure', taker], ['a contributor', who(afpa)], ['a stranger', who(mediatheque)],
    ['a coordinator', who(mediatheque, 'coordinator', ['72181'])], ['a coordinator elsewhere', who(mediatheque, 'coordinator', ['72001'])],
  ])('by %s', (_, actor) => {
    const { scene, now } = arrive();
    expect((scene.record.handover.open ?? scene.record.handover.last)?.status).toBe(status);
    const before = scene.record;
    const got = outcome(() => scene.do(actor, now, says(action)));
    const hidden = actor.role === 'coordinator' ? actor.territory?.[0] === '72001' : actor !== lead && actor !== taker;
    if (hidden) expect(got).toBe('not-found');
    else if (!theirs.includes(actor)) expect(got).toBe('forbidden');
    else if (!possible) expect(got).toBe(`wrong-state ${status}`);
    else expect(got).toMatch(/^Handover/);
    if (!got.startsWith('Handover')) expect(scene.record).toEqual(before);
    const offered = actionsOf((before.handover.open ?? before.handover.last)!, actor);
    expect(offered.includes(action)).toBe(got.startsWith('Handover'));
  });
});

test('a handover that ended before the last one is known by its row', () => {
  const scene = new Scene();
  const row = { id: 'h0', version: 3, kind: 'push', status: 'declined', from_structure_id: departement, to_structure_id: afpa, created_seq: 1 };
  const answer = (actor: Actor, found: object | undefined) => outcome(() =>
    accept(scene.record, { handoverId: 'h0' }, { ...scene.context(actor, monday), row: <R>() => found as R | undefined }));
  expect(answer(who(afpa), row)).toBe('wrong-state declined');
  expect(answer(who(mediatheque), row)).toBe('not-found');
  expect(answer(who(afpa), undefined)).toBe('not-found');
});

/** Anybody tries anything, in any order, with days passing: what docs/domain.md calls invariants 1, 2 and 4. */
test('whatever is tried, the case has one lead at every instant and at most one open handover', () => {
  const step = fc.record({
    structure: fc.constantFrom(...structures),
    role: fc.constantFrom<Role>('counsellor', 'manager', 'coordinator', 'administrator'),
    verb: fc.constantFrom('push', 'pull', 'internal', 'administrative', 'join', 'accept', 'decline', 'withdraw', 'cancel', 'close', 'object', 'contribute'),
    to: fc.constantFrom(...structures),
    dated: fc.boolean(),
    days: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
    const scene = new Scene();
    let now = Date.parse(monday);
    let count = 0;
    for (const { structure, role, verb, to, dated, days } of steps) {
      now += days * 86_400_000;
      const at = new Date(now).toISOString();
      const effectiveAt = dated ? new Date(now + 4 * 86_400_000).toISOString() : undefined;
      const seen = scene.events.length;
      const input: Opening = { handoverId: `h${++count}`, toStructureId: to, toCounsellorId: `counsellor@${to}`, note: 'n', reason: 'r', effectiveAt };
      const own = { ...input, toStructureId: undefined, toCounsellorId: undefined };
      const answer: Answer = { handoverId: scene.record.handover.open?.id ?? 'none', effectiveAt, reason: 'r' };
      const rules: Record<string, (record: HandoverRecord, context: Context) => Decided[]> = {
        push: (record, context) => propose(record, input, context),
        pull: (record, context) => request(record, own, context),
        join: (record, context) => join(record, own, context),
        internal: (record, context) => reassignInside(record, { ...input, toStructureId: undefined, effectiveAt: undefined }, context),
        administrative: (record, context) => reassignByDecision(record, { ...input, effectiveAt: undefined }, context),
        accept: (record, context) => accept(record, answer, context),
        decline: (record, context) => decline(record, answer, context),
        withdraw: (record, context) => withdraw(record, answer, context),
        cancel: (record, context) => cancel(record, answer, context),
        close: ({ case: state }) => (days === 6 && state.status === 'open'
          ? [{ type: 'CaseClosed', data: { reason: 'need_met', ended: state.grants.filter(({ kind }) => kind !== 'candidate').map(({ id }) => id) } }] : []),
        object: () => (days === 5 ? [{ type: 'ObjectionRecorded', data: { objectionId: `o${count}`, against: to, on: localDateOf(at), how: 'oral' } }] : []),
        contribute: ({ case: state }) => (state.status === 'open'
          ? [{ type: 'ReferralAccepted', data: { opened: [{ id: `c${count}`, structureId: to, kind: 'contributor', source: `r${count}` }] } as object as JsonObject }] : []),
      };
      outcome(() => scene.do(who(structure, role), at, rules[verb]!));
      check(scene, scene.events.slice(seen));
    }
  }), { numRuns: 300 });
});

function check({ record, events, rows }: Scene, fresh: RecordEvent[]): void {
  const { case: state, handover } = record;
  const leads = state.grants.filter(({ kind }) => kind === 'lead');
  if (state.status === 'open') {
    expect(leads).toHaveLength(1);
    expect(leads[0]!.structureId).toBe(state.lead?.structureId);
  }
  // A period begins with the very event that ends the one before: no gap, no overlap.
  for (const { data, type } of fresh.filter(({ type: t }) => t === 'HandoverTookEffect')) {
    expect(data['lead']).toBeDefined();
    expect(type === 'HandoverTookEffect' && (data['kind'] === 'internal' || ((data['ended'] as string[]).length > 0 && (data['opened'] as object[]).length === 1))).toBe(true);
  }
  if (handover.open) {
    expect(handover.open.from).toBe(state.lead?.structureId);
    expect(handover.open.to).not.toBe(handover.open.from);
  }
  const candidates = state.grants.filter(({ kind }) => kind === 'candidate');
  expect(candidates.map(({ source }) => source)).toEqual(handover.open?.kind === 'push' ? [handover.open.id] : []);
  const open = [...rows.values()].filter(({ status }) => ['proposed', 'requested', 'accepted'].includes(status));
  expect(open.map(({ id }) => id)).toEqual(handover.open ? [handover.open.id] : []);
  // What was read from the log alone is what was decided on.
  let lower = initialCase;
  const refolded = events.reduce<HandoverState>((folded, event) => {
    lower = evolveCase(lower, event);
    return evolveHandover(folded, event, { case: lower, handover: folded });
  }, initialHandover);
  expect(refolded).toEqual(handover);
}

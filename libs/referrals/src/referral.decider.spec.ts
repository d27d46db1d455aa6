import {
  addBusinessDays, addCalendarDays, atParis, endOfDay, localDateOf, Problem,
  type Actor, type Context, type Decided, type Fact, type Instant, type JsonObject, type RecordEvent, type ReferralStatus, type Role,
} from '@fil-rouge/kernel';
import { evolveCase, initialCase, participationOf } from '@fil-rouge/cases';
import { evolveReferrals, initialReferrals, openReferral, type Referral, type ReferralRecord } from './referral';
import * as rule from './referral.decider';
import { agendaOf, defaultDelays } from './referral.delays';
import type { ReferralAction } from './referral.policy';
import { projectReferrals } from './referral.projection';

const [departement, afpa, laPoste, mediatheque, mairie, association] = ['departement', 'afpa', 'la-poste', 'mediatheque', 'mairie', 'association'] as const;
const monday = '2026-11-23T09:00:00.000Z';
const who = (structureId: string, role: Role = 'counsellor', territory: string[] | null = []): Actor => ({ userId: `${role}@${structureId}`, structureId, role, territory });
const clock: Actor = { userId: null, structureId: null, role: 'system', territory: null };
const coordinator = who(departement, 'coordinator', ['72181']);

/** One record with the case and its referrals on it, and the way of a command through them: due, decide, react, evolve, project. */
class Story {
  record: ReferralRecord = { case: initialCase, referrals: initialReferrals };
  events: RecordEvent[] = [];
  rows = new Map<string, JsonObject>();
  structures = new Map<string, { status: string; acceptsReferrals: boolean; communes: string[] | null }>();
  now = monday;
  private ids = 0;

  constructor() {
    for (const id of [departement, afpa, laPoste, mediatheque, mairie, association]) this.structure(id, 'active');
    this.happen(who(departement), [{
      type: 'CaseOpened',
      data: { opened: [{ id: 'opening', structureId: departement, kind: 'lead', source: 'case' }], lead: { structureId: departement, counsellorId: null } },
      pieces: [{ kind: 'first_name', value: { firstName: 'Odile' } }, { kind: 'identity', value: { lastName: 'Martin' } }, { kind: 'profile', value: { commune: '72181', birthYear: 1951 } }],
    }]);
  }

  structure(id: string, status: string, more: { acceptsReferrals?: boolean; communes?: string[] } = {}): void {
    this.structures.set(id, { status, acceptsReferrals: more.acceptsReferrals ?? true, communes: more.communes ?? ['72181'] });
  }

  context(actor: Actor, referralId?: string): Context {
    const referral = this.rows.get(referralId ?? '');
    const fact = (id: string | null | undefined): Fact | undefined => {
      const structure = id ? this.structures.get(id) : undefined;
      if (id && structure) return { id, kind: 'structure', version: 1, state: { structure } };
      return id?.includes('@') ? { id, kind: 'person', version: 1, state: { person: { employments: [{ structureId: id.split('@')[1], role: 'counsellor', from: '2026-01-01', until: null, ended: false }] } } } : undefined;
    };
    return {
      now: this.now, today: localDateOf(this.now), actor, seq: this.events.length, newId: () => `id-${++this.ids}`, fact,
      row: <R>(name: string) => (name === 'referral' ? referral : undefined) as R | undefined,
      piece: (kind) => this.events.flatMap(({ pieces }) => pieces).findLast((piece) => piece.kind === kind && !piece.sharedBy)?.value,
    };
  }

  /** What the command itself decided; what fell due before it has happened too. Rows are read before that, as in the record store. */
  do<I>(actor: Actor, decide: (record: ReferralRecord, input: I, context: Context) => Decided[], input: I): RecordEvent[] {
    const context = this.context(actor, (input as { referralId?: string }).referralId);
    this.tick();
    return this.happen(actor, decide(this.record, input, context));
  }

  tick(now: Instant = this.now): RecordEvent[] {
    this.now = now;
    return this.happen(clock, rule.fallDue(this.record, this.context(clock), defaultDelays));
  }

  happen(actor: Actor, decided: readonly Decided[]): RecordEvent[] {
    const pending = [...decided];
    const happened: RecordEvent[] = [];
    for (let next = pending.shift(); next; next = pending.shift()) {
      const event: RecordEvent = {
        id: `event-${this.events.length + 1}`, stream: 'case', seq: this.events.length + 1, type: next.type, schema: 1, at: this.now, recordedAt: this.now,
        actor: actor.userId, structure: actor.structureId, data: next.data, pieces: next.pieces ?? [], about: next.about ?? null, audience: next.audience ?? 'record',
      };
      const before = this.record;
      this.record = { case: evolveCase(before.case, event), referrals: evolveReferrals(before.referrals, event) };
      for (const { call, rows } of projectReferrals(before, this.record, event, defaultDelays)) {
        if (call === 'put_referral') for (const row of rows as { id: string }[]) this.rows.set(row.id, row);
      }
      this.events.push(event);
      happened.push(event);
      pending.push(...rule.react(this.record, event));
    }
    return happened;
  }

  create(actor: Actor, to: string, change: Partial<rule.NewReferral> = {}): string {
    return this.do(actor, rule.create, asked(to, change))[0]!.about!;
  }

  referral(id: string): Referral {
    return openReferral(this.record.referrals, id)!;
  }

  status(id: string): unknown {
    return this.rows.get(id)!['status'];
  }

  accepted(from: Actor, to: string, change: Partial<rule.NewReferral> = {}): string {
    const referralId = this.create(from, to, change);
    this.do(who(to), rule.accept, { referralId });
    return referralId;
  }

  session(structure: string, referralId?: string): RecordEvent[] {
    return this.happen(who(structure), [{ type: 'SessionRecorded', data: { sessionId: 'session', referralId } }]);
  }
}

const asked = (toStructureId: string, change: Partial<rule.NewReferral> = {}): rule.NewReferral => ({
  caseId: 'case', toStructureId, needs: ['email'], urgency: 'normal', contact: 'phone', message: 'Bonjour', informed: { on: '2026-11-23', how: 'oral' }, send: true, ...change,
});

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const types = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);

const perform: Record<ReferralAction, (story: Story, actor: Actor, referralId: string, ifMatch?: number) => RecordEvent[]> = {
  send: (story, actor, referralId, ifMatch) => story.do(actor, rule.send, { referralId, ifMatch }),
  acknowledge: (story, actor, referralId, ifMatch) => story.do(actor, rule.acknowledge, { referralId, ifMatch }),
  accept: (story, actor, referralId, ifMatch) => story.do(actor, rule.accept, { referralId, ifMatch }),
  decline: (story, actor, referralId, ifMatch) => story.do(actor, rule.decline, { referralId, ifMatch, reason: 'no_capacity' }),
  withdraw: (story, actor, referralId, ifMatch) => story.do(actor, rule.withdraw, { referralId, ifMatch, reason: 'changed_mind' }),
  hold: (story, actor, referralId, ifMatch) => story.do(actor, rule.hold, { referralId, ifMatch, reason: 'waiting_list', until: localDateOf(story.now) }),
  resume: (story, actor, referralId, ifMatch) => story.do(actor, rule.resume, { referralId, ifMatch }),
  complete: (story, actor, referralId, ifMatch) => story.do(actor, rule.complete, { referralId, ifMatch, outcome: 'helped' }),
  return: (story, actor, referralId, ifMatch) => story.do(actor, rule.giveBack, { referralId, ifMatch, reason: 'no_capacity' }),
  'request-cancellation': (story, actor, referralId, ifMatch) => story.do(actor, rule.requestCancellation, { referralId, ifMatch, reason: 'text' }),
  'agree-cancellation': (story, actor, referralId, ifMatch) => story.do(actor, rule.agreeCancellation, { referralId, ifMatch }),
  cancel: (story, actor, referralId, ifMatch) => story.do(actor, rule.cancel, { referralId, ifMatch, reason: 'text' }),
  void: (story, actor, referralId, ifMatch) => story.do(actor, rule.voidReferral, { referralId, ifMatch, reason: 'text' }),
};
const actions = Object.keys(perform) as ReferralAction[];

// A referral from a contributor (Afpa, who continues the Département's) to La Poste: sender and lead are two.
const actors = {
  sender: who(afpa, 'manager'),
  recipient: who(laPoste),
  lead: who(departement),
  coordinator,
  'a coordinator elsewhere': who(departement, 'coordinator', ['72003']),
  'a candidate of another referral': who(mediatheque),
  'a structure without any part': who(mairie),
  administrator: who(departement, 'administrator', null),
} as const;
type Who = keyof typeof actors;

type Situation = ReferralStatus | 'requested';
const situations: Record<Situation, (story: Story, id: string) => void> = {
  draft: () => {},
  held: () => {},
  sent: () => {},
  under_review: (story, id) => perform.acknowledge(story, actors.recipient, id),
  accepted: (story, id) => perform.accept(story, actors.recipient, id),
  in_progress: (story, id) => { situations.accepted(story, id); story.session(laPoste); },
  on_hold: (story, id) => { situations.accepted(story, id); perform.hold(story, actors.recipient, id); },
  requested: (story, id) => { situations.accepted(story, id); perform['request-cancellation'](story, actors.lead, id); },
  completed: (story, id) => { situations.accepted(story, id); perform.complete(story, actors.recipient, id); },
  declined: (story, id) => perform.decline(story, actors.recipient, id),
  withdrawn: (story, id) => perform.withdraw(story, actors.sender, id),
  expired: (story) => story.tick(endOfDay(addBusinessDays(localDateOf(story.now), 20))),
  returned: (story, id) => { situations.accepted(story, id); perform.return(story, actors.recipient, id); },
  cancelled: (story, id) => { situations.accepted(story, id); perform.cancel(story, coordinator, id); },
  entered_in_error: (story, id) => perform.void(story, coordinator, id),
};

function given(situation: Situation): { story: Story; id: string } {
  const story = new Story();
  const parentReferralId = story.accepted(who(departement), afpa, { onwardAllowed: true });
  story.session(afpa);
  // Not answered either, and expires before the one in question would matter.
  story.create(who(departement), mediatheque);
  if (situation === 'held') story.structure(laPoste, 'awaiting_state_validation');
  const id = story.create(actors.sender, laPoste, { parentReferralId, send: situation !== 'draft' });
  situations[situation](story, id);
  expect(story.status(id)).toBe(situation === 'requested' ? 'accepted' : situation);
  return { story, id };
}

// docs/domain.md, retyped here by hand: state → action → who.
const underWay = {
  complete: ['recipient'], return: ['recipient'], cancel: ['coordinator'], void: ['coordinator'],
} as const;
const unanswered = { accept: ['recipient'], decline: ['recipient'], withdraw: ['sender', 'lead', 'coordinator'], void: ['coordinator'] } as const;
const over = { void: ['coordinator'] } as const;
const law: Record<Situation, Partial<Record<ReferralAction, readonly Who[]>>> = {
  draft: { send: ['sender'], withdraw: ['sender', 'lead'], void: ['coordinator'] },
  held: { withdraw: ['sender', 'lead'], void: ['coordinator'] },
  sent: { acknowledge: ['recipient'], ...unanswered },
  under_review: unanswered,
  accepted: { ...underWay, hold: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  in_progress: { ...underWay, hold: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  on_hold: { ...underWay, resume: ['recipient'], 'request-cancellation': ['lead', 'sender'] },
  requested: { ...underWay, hold: ['recipient'], 'agree-cancellation': ['recipient'] },
  completed: over, declined: over, withdrawn: over, expired: over, returned: over, cancelled: over,
  entered_in_error: {},
};
const theirs: Partial<Record<Who, readonly ReferralAction[]>> = {
  sender: ['send', 'withdraw', 'request-cancellation'],
  lead: ['withdraw', 'request-cancellation'],
  recipient: ['acknowledge', 'accept', 'decline', 'hold', 'resume', 'complete', 'return', 'agree-cancellation'],
  coordinator: ['withdraw', 'cancel', 'void'],
};
const hidden: readonly Who[] = ['a coordinator elsewhere', 'a candidate of another referral', 'a structure without any part'];
const undisclosed: readonly Situation[] = ['draft', 'held'];

function expected(situation: Situation, action: ReferralAction, name: Who): string {
  if (hidden.includes(name) || (name === 'recipient' && undisclosed.includes(situation))) return 'not-found';
  if (!theirs[name]?.includes(action)) return 'forbidden';
  return law[situation][action]?.includes(name) ? 'ok' : 'wrong-state';
}

describe.each(Object.keys(situations) as Situation[])('a referral that is %s', (situation) => {
  it.each(Object.keys(actors) as Who[])('for %s: what the table says, and the present state with what is possible when it is too late', (name) => {
    const outcome = actions.map((action) => {
      const { story, id } = given(situation);
      const before = story.events.length;
      const code = codeOf(() => perform[action](story, actors[name], id));
      if (code !== 'ok') expect(story.events.length).toBe(before);
      return [action, code];
    });
    expect(outcome).toEqual(actions.map((action) => [action, expected(situation, action, name)]));
  });

  it('a refusal names the state and what the caller may do', () => {
    const { story, id } = given(situation);
    for (const name of ['sender', 'recipient', 'lead', 'coordinator'] as const) {
      const possible = actions.filter((action) => law[situation][action]?.includes(name));
      const tooLate = theirs[name]!.find((action) => expected(situation, action, name) === 'wrong-state');
      if (!tooLate) continue;
      try {
        perform[tooLate](story, actors[name], id);
        throw new Error('was not refused');
      } catch (error) {
        expect((error as Problem).members).toEqual({ status: story.status(id), actions: expect.arrayContaining(possible) });
        expect((error as Problem).members.actions).toHaveLength(possible.length);
      }
    }
  });

  it('a stale If-Match is refused before the state is looked at, and after the rights', () => {
    for (const action of actions) {
      for (const name of ['sender', 'recipient', 'lead', 'coordinator', 'a structure without any part'] as const) {
        const { story, id } = given(situation);
        const code = expected(situation, action, name);
        expect(codeOf(() => perform[action](story, actors[name], id, 999))).toBe(code === 'ok' || code === 'wrong-state' ? 'stale' : code);
      }
    }
  });
});

describe('sending', () => {
  const refused = (change: Partial<rule.NewReferral>, prepare: (story: Story) => void = () => {}, to: string = laPoste, actor = who(departement)): string => {
    const story = new Story();
    prepare(story);
    return codeOf(() => story.create(actor, to, change));
  };

  it('shows the recipient first name, commune and age bracket, and makes it a candidate', () => {
    const story = new Story();
    const [drafted, sent] = story.do(who(departement), rule.create, asked(laPoste));
    expect(types([drafted!, sent!])).toEqual(['ReferralDrafted', 'ReferralSent']);
    expect(drafted!.pieces).toEqual([{ kind: 'shared_text', value: { needs: ['email'], contact: 'phone', message: 'Bonjour', informed: { on: '2026-11-23', how: 'oral' } }, sharedBy: drafted!.about }]);
    expect(sent!.pieces).toEqual([
      { kind: 'first_name', value: { firstName: 'Odile' }, sharedBy: sent!.about },
      { kind: 'shared_text', value: { commune: '72181', ageBracket: 'soixante_dix_plus' }, sharedBy: sent!.about },
    ]);
    expect([drafted!, sent!].every(({ audience }) => audience === 'about')).toBe(true);
    expect(JSON.stringify([drafted!.data, sent!.data])).not.toMatch(/Odile|email|Bonjour|72181/);
    expect(participationOf(story.record.case, laPoste)).toBe('candidate');
  });

  it.each<[code: string, change: Partial<rule.NewReferral>, prepare: ((story: Story) => void) | undefined, to: string]>([
    ['not-informed', { informed: undefined }, undefined, laPoste],
    ['not-informed', { informed: { on: '2026-11-24', how: 'oral' } }, undefined, laPoste],
    ['objection', {}, (story) => story.happen(who(departement), [{ type: 'ObjectionRecorded', data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' } }]), laPoste],
    ['objection', {}, (story) => story.happen(who(departement), [{ type: 'ObjectionRecorded', data: { objectionId: 'o', against: 'all', on: '2026-11-23', how: 'oral' } }]), laPoste],
    ['recipient-not-active', {}, undefined, 'nobody'],
    ['recipient-not-active', {}, (story) => story.structure(laPoste, 'suspended'), laPoste],
    ['recipient-not-active', {}, (story) => story.structure(laPoste, 'refused'), laPoste],
    ['recipient-unavailable', {}, (story) => story.structure(laPoste, 'active', { acceptsReferrals: false }), laPoste],
    ['out-of-area', {}, (story) => story.structure(laPoste, 'active', { communes: ['72003'] }), laPoste],
    ['duplicate-referral', { needs: ['email', 'bureautique'] }, (story) => story.create(who(departement), laPoste, { needs: ['bureautique', 'email'] }), laPoste],
    ['cycle', {}, undefined, departement],
    ['forbidden', {}, (story) => story.structure(departement, 'suspended'), laPoste],
    ['wrong-state', {}, (story) => story.happen(who(departement), [{ type: 'CaseClosed', data: { reason: 'need_met' } }]), laPoste],
    ['invalid', { needs: ['logement'] }, undefined, laPoste],
    ['invalid', { previousReferralId: 'unknown' }, undefined, laPoste],
    ['invalid', { parentReferralId: 'unknown' }, undefined, laPoste],
  ])('%s %#', (code, change, prepare, to) => {
    expect(refused(change, prepare, to)).toBe(code);
  });

  it('asks in the order of the contract: the resident first', () => {
    expect(refused({ informed: undefined }, (story) => story.structure(laPoste, 'suspended', { acceptsReferrals: false, communes: [] }))).toBe('not-informed');
    expect(refused({}, (story) => story.structure(laPoste, 'active', { acceptsReferrals: false, communes: [] }))).toBe('recipient-unavailable');
  });

  it('other needs to the same structure are no duplicate, a draft is none, an ended one is none', () => {
    const story = new Story();
    const first = story.create(who(departement), laPoste);
    expect(codeOf(() => story.create(who(departement), laPoste, { needs: ['bureautique'] }))).toBe('ok');
    const draft = story.create(who(departement), laPoste, { send: false });
    expect(codeOf(() => perform.send(story, who(departement), draft))).toBe('duplicate-referral');
    perform.decline(story, who(laPoste), first);
    expect(types(perform.send(story, who(departement), draft))).toEqual(['ReferralSent']);
  });

  it('a draft without word of the resident is sent once that is said', () => {
    const story = new Story();
    const referralId = story.create(who(departement), laPoste, { send: false, informed: undefined });
    expect(codeOf(() => perform.send(story, who(departement), referralId))).toBe('not-informed');
    expect(types(story.do(who(departement), rule.send, { referralId, informed: { on: '2026-11-23', how: 'phone' } }))).toEqual(['ReferralSent']);
  });

  it('only who takes part in the case refers: a candidate and a stranger do not know of it, a former contributor knows and may not', () => {
    const story = new Story();
    story.create(who(departement), laPoste);
    const done = story.accepted(who(departement), afpa);
    perform.complete(story, who(afpa), done);
    expect([laPoste, mairie, afpa].map((structure) => codeOf(() => story.create(who(structure), mediatheque)))).toEqual(['not-found', 'not-found', 'forbidden']);
  });

  it('20 at once and no more', () => {
    const story = new Story();
    for (let count = 0; count < 20; count++) story.create(who(departement), laPoste, { send: false });
    expect(codeOf(() => story.create(who(departement), laPoste, { send: false }))).toBe('invalid');
  });
});

describe('after a handover', () => {
  const handedOver = () => {
    const story = new Story();
    const [sent, draft] = [story.create(who(departement), laPoste), story.create(who(departement), laPoste, { needs: ['sante'], send: false })];
    story.happen(who(afpa), [{
      type: 'HandoverTookEffect', data: { opened: [{ id: 'new', structureId: afpa, kind: 'lead', source: 'h' }], ended: ['opening'], lead: { structureId: afpa, counsellorId: null } },
    }]);
    return { story, sent, draft };
  };

  it.each([departement, afpa])('%s may take back what was sent: the new lead, and the structure that sent it', (structure) => {
    const { story, sent } = handedOver();
    expect(types(perform.withdraw(story, who(structure), sent))).toEqual(['ReferralWithdrawn']);
  });

  it('the structure that has left sends nothing more, and nobody sends for it', () => {
    const { story, draft } = handedOver();
    expect([departement, afpa].map((structure) => codeOf(() => perform.send(story, who(structure), draft)))).toEqual(['forbidden', 'forbidden']);
  });
});

describe('referring on', () => {
  it('A→B→C→D when allowed, the parent named; no further, never back, never without leave', () => {
    const story = new Story();
    const ab = story.accepted(who(departement), afpa, { onwardAllowed: true });
    expect(codeOf(() => story.create(who(afpa), laPoste))).toBe('invalid');
    const bc = story.accepted(who(afpa), laPoste, { parentReferralId: ab, onwardAllowed: true });
    const cd = story.accepted(who(laPoste), mediatheque, { parentReferralId: bc, onwardAllowed: true });
    expect(codeOf(() => story.create(who(mediatheque), mairie, { parentReferralId: cd }))).toBe('too-deep');
    expect(codeOf(() => story.create(who(laPoste), afpa, { parentReferralId: bc }))).toBe('cycle');
    expect(codeOf(() => story.create(who(laPoste), departement, { parentReferralId: bc }))).toBe('cycle');
    expect(codeOf(() => story.create(who(laPoste), laPoste, { parentReferralId: bc }))).toBe('cycle');
    expect(codeOf(() => story.create(who(laPoste), mairie, { parentReferralId: ab }))).toBe('invalid');
    const closed = story.accepted(who(departement), mairie);
    expect(codeOf(() => story.create(who(mairie), association, { parentReferralId: closed }))).toBe('forbidden');
    expect(story.referral(cd)).toMatchObject({ parentId: bc, parentFrom: afpa, chain: [departement, afpa, laPoste] });
  });
});

describe('a broadcast', () => {
  const several = (story: Story, to: string[], change: Partial<rule.NewBroadcast> = {}): string[] => {
    const { toStructureId: _, ...one } = asked('');
    const events = story.do(who(departement), rule.broadcast, { ...one, toStructureIds: to, ...change });
    return events.filter(({ type }) => type === 'ReferralDrafted').map(({ about }) => about!);
  };

  it('is one referral per recipient under one number, and the first acceptance cancels the others with itself', () => {
    const story = new Story();
    const [first, second, third] = several(story, [laPoste, afpa, mediatheque]);
    const other = story.create(who(departement), mairie);
    expect(new Set([first, second, third].map((id) => story.referral(id!).broadcastId)).size).toBe(1);
    expect(types(story.do(who(afpa), rule.accept, { referralId: second! }))).toEqual(['ReferralAccepted', 'ReferralCancelled', 'ReferralCancelled']);
    expect([first, second, third, other].map((id) => story.status(id!))).toEqual(['cancelled', 'accepted', 'cancelled', 'sent']);
    expect([laPoste, mediatheque].map((structure) => participationOf(story.record.case, structure))).toEqual([null, null]);
    expect(codeOf(() => perform.accept(story, who(laPoste), first!))).toBe('wrong-state');
  });

  it('a decline leaves the others as they are', () => {
    const story = new Story();
    const [first, second] = several(story, [laPoste, afpa]);
    perform.decline(story, who(laPoste), first!);
    expect(story.status(second!)).toBe('sent');
  });

  it('one recipient that cannot be asked refuses all, by its place', () => {
    const story = new Story();
    story.structure(mediatheque, 'active', { acceptsReferrals: false });
    expect(() => several(story, [laPoste, mediatheque])).toThrow(expect.objectContaining({
      code: 'recipient-unavailable', members: { errors: [expect.objectContaining({ pointer: '/toStructureIds/1' })] },
    }));
    expect(story.record.referrals.open).toEqual([]);
  });

  it('counts against the 20 of a case with all of them', () => {
    const story = new Story();
    for (let nth = 0; nth < 18; nth++) story.create(who(departement), laPoste, { send: false });
    expect(codeOf(() => several(story, [laPoste, afpa, mairie]))).toBe('invalid');
    expect(codeOf(() => several(story, [laPoste, afpa]))).toBe('ok');
  });
});

describe('held until the State has decided', () => {
  const held = (waiting: string = laPoste) => {
    const story = new Story();
    story.structure(waiting, 'awaiting_state_validation');
    const id = story.create(who(departement), laPoste);
    return { story, id };
  };
  const decided = (story: Story, structureId: string, status: string, more = {}): RecordEvent[] => {
    story.structure(structureId, status, more);
    return story.do(clock, rule.structureDecided, { structureId });
  };

  it.each([laPoste, departement])('nothing is disclosed while %s waits', (waiting) => {
    const { story, id } = held(waiting);
    expect(story.status(id)).toBe('held');
    expect(story.record.case.grants.map(({ structureId }) => structureId)).toEqual([departement]);
    expect(story.events.flatMap(({ pieces }) => pieces).filter(({ kind, sharedBy }) => kind === 'first_name' && sharedBy)).toEqual([]);
  });

  it('validated: sent, and the clock starts that day', () => {
    const { story, id } = held();
    story.now = '2026-12-07T09:00:00.000Z';
    expect(types(decided(story, laPoste, 'active'))).toEqual(['ReferralSent']);
    expect(story.referral(id).sentAt).toBe('2026-12-07T09:00:00.000Z');
  });

  it('validated, but a guard no longer holds: cancelled with that reason', () => {
    const { story, id } = held();
    expect(decided(story, laPoste, 'active', { communes: ['72003'] })[0]!.data).toMatchObject({ reason: 'out_of_area', referralId: id });
  });

  it('validated, but the referral that it continues has ended meanwhile: cancelled', () => {
    const story = new Story();
    const parentReferralId = story.accepted(who(departement), afpa, { onwardAllowed: true });
    story.structure(laPoste, 'declared');
    const id = story.create(who(afpa), laPoste, { parentReferralId });
    perform.complete(story, who(afpa), parentReferralId);
    expect(decided(story, laPoste, 'active')[0]!.data).toMatchObject({ reason: 'parent_ended', referralId: id });
  });

  it.each(['refused', 'closed'])('%s: cancelled', (status) => {
    const { story } = held();
    expect(decided(story, laPoste, status)[0]).toMatchObject({ type: 'ReferralCancelled', data: { reason: status === 'closed' ? 'structure_closed' : 'structure_not_validated' } });
  });

  it('one of the two validated, the other still waiting: held on', () => {
    const { story } = held(departement);
    story.structure(laPoste, 'declared');
    expect(decided(story, departement, 'active')).toEqual([]);
  });

  it('after 60 calendar days the clock gives up', () => {
    const { story, id } = held();
    const last = endOfDay(addCalendarDays('2026-11-23', 60));
    expect(story.tick(new Date(Date.parse(last) - 1).toISOString())).toEqual([]);
    expect(story.tick(last)[0]).toMatchObject({ type: 'ReferralCancelled', data: { reason: 'structure_not_validated', referralId: id } });
  });
});

describe('the clock', () => {
  const nine = (day: number): Instant => atParis(addBusinessDays('2026-11-23', day), '09:00');
  const lastMoment = (day: number): Instant => endOfDay(addBusinessDays('2026-11-23', day));
  const said = (events: RecordEvent[]) => events.map(({ type, data: { day, coordinator: alerted } }) => [type, day, alerted]);

  it('reminds on day 3, 7 and 12 at nine, alerts the coordinator on 12, expires at the end of day 20; each once', () => {
    const story = new Story();
    const id = story.create(who(departement), laPoste);
    expect(story.tick(new Date(Date.parse(nine(3)) - 1).toISOString())).toEqual([]);
    expect(said(story.tick(nine(3)))).toEqual([['ReferralReminded', 3, undefined]]);
    expect(story.tick(nine(3))).toEqual([]);
    expect(said(story.tick(nine(7)))).toEqual([['ReferralReminded', 7, undefined]]);
    expect(said(story.tick(nine(12)))).toEqual([['ReferralReminded', 12, true]]);
    expect(story.tick(new Date(Date.parse(lastMoment(20)) - 1).toISOString())).toEqual([]);
    expect(types(story.tick(lastMoment(20)))).toEqual(['ReferralExpired']);
    expect(story.status(id)).toBe('expired');
    expect(participationOf(story.record.case, laPoste)).toBeNull();
  });

  it('30 days when under review', () => {
    const story = new Story();
    perform.acknowledge(story, who(laPoste), story.create(who(departement), laPoste));
    expect(types(story.tick(lastMoment(29)))).toEqual(['ReferralReminded', 'ReferralReminded', 'ReferralReminded']);
    expect(types(story.tick(lastMoment(30)))).toEqual(['ReferralExpired']);
  });

  it('a late worker loses no reminder and does not remind of what is over', () => {
    const late = new Story();
    late.create(who(departement), laPoste);
    expect(said(late.tick(nine(8)))).toEqual([['ReferralReminded', 3, undefined], ['ReferralReminded', 7, undefined]]);
    const tooLate = new Story();
    tooLate.create(who(departement), laPoste);
    expect(types(tooLate.tick(lastMoment(40)))).toEqual(['ReferralExpired']);
  });

  it('an answer after the last day is too late even when no worker has run', () => {
    const story = new Story();
    const id = story.create(who(departement), laPoste);
    story.now = lastMoment(20);
    expect(codeOf(() => perform.accept(story, who(laPoste), id))).toBe('wrong-state');
    story.tick(lastMoment(21));
    story.session(departement);
    expect(story.record.referrals).toEqual({ open: [], justEnded: [] });
    expect(codeOf(() => perform.accept(story, who(laPoste), id))).toBe('wrong-state');
  });

  it('alerts after 15 business days without a first session, once; on hold freezes the days left', () => {
    const story = new Story();
    const id = story.accepted(who(departement), laPoste);
    story.now = atParis(addBusinessDays('2026-11-23', 10), '12:00');
    perform.hold(story, who(laPoste), id);
    expect(agendaOf(story.referral(id), defaultDelays)).toEqual([]);
    story.now = atParis(addBusinessDays('2026-11-23', 40), '12:00');
    perform.resume(story, who(laPoste), id);
    expect(story.tick(atParis(addBusinessDays('2026-11-23', 45), '08:59'))).toEqual([]);
    expect(story.tick(nine(45))[0]).toMatchObject({ type: 'ReferralReminded', data: { awaiting: 'first_session', day: 15 } });
    expect(story.tick(nine(60))).toEqual([]);
  });
});

describe('what follows from other events', () => {
  it('the first session by the recipient starts its accepted referrals, only the named one when one is named', () => {
    const story = new Story();
    const [one, two] = [story.accepted(who(departement), laPoste), story.accepted(who(departement), laPoste, { needs: ['sante'] })];
    expect(types(story.session(departement))).toEqual(['SessionRecorded']);
    expect(types(story.session(laPoste, two))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect([one, two].map((id) => story.status(id))).toEqual(['accepted', 'in_progress']);
    expect(types(story.session(laPoste))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect(types(story.session(laPoste))).toEqual(['SessionRecorded']);
  });

  it('a session while it is on hold is the first one: resumed, it is in progress, and nobody is alerted', () => {
    const story = new Story();
    const id = story.accepted(who(departement), laPoste);
    perform.hold(story, who(laPoste), id);
    expect(types(story.session(laPoste, id))).toEqual(['SessionRecorded', 'ReferralStarted']);
    expect(story.status(id)).toBe('on_hold');
    expect(types(story.session(laPoste, id))).toEqual(['SessionRecorded']);
    perform.resume(story, who(laPoste), id);
    expect(story.status(id)).toBe('in_progress');
    expect(agendaOf(story.referral(id), defaultDelays)).toEqual([]);
  });

  it('an objection cancels the open referrals to that structure', () => {
    const story = new Story();
    const [one, other] = [story.create(who(departement), laPoste), story.create(who(departement), afpa)];
    story.happen(who(departement), [{ type: 'ObjectionRecorded', data: { objectionId: 'o', against: laPoste, on: '2026-11-23', how: 'oral' } }]);
    expect(story.rows.get(one)).toMatchObject({ status: 'cancelled', reason: 'objection' });
    expect(story.status(other)).toBe('sent');
    expect(participationOf(story.record.case, laPoste)).toBeNull();
  });

  it.each([['deceased', undefined, 'deceased'], ['moved_out', true, 'case_closed']] as const)('a case closed (%s, cancelReferrals %s) cancels all', (reason, cancelReferrals, because) => {
    const story = new Story();
    const ids = [story.accepted(who(departement), laPoste), story.create(who(departement), afpa, { send: false })];
    story.happen(who(departement), [{ type: 'CaseClosed', data: { reason, cancelReferrals } }]);
    expect(ids.map((id) => [story.status(id), story.rows.get(id)!['reason']])).toEqual([['cancelled', because], ['cancelled', because]]);
    expect(story.record.referrals.open).toEqual([]);
  });

  it('a recipient that is closed: unanswered ones are cancelled, accepted ones returned; a suspension changes nothing open', () => {
    const story = new Story();
    const [sent, accepted] = [story.create(who(departement), laPoste), story.accepted(who(departement), laPoste, { needs: ['sante'] })];
    story.structure(laPoste, 'suspended');
    expect(story.do(clock, rule.structureDecided, { structureId: laPoste })).toEqual([]);
    expect(codeOf(() => perform.accept(story, who(laPoste), sent))).toBe('forbidden');
    story.structure(laPoste, 'closed');
    story.do(clock, rule.structureDecided, { structureId: laPoste });
    expect([sent, accepted].map((id) => [story.status(id), story.rows.get(id)!['reason']])).toEqual([['cancelled', 'structure_closed'], ['returned', 'structure_closed']]);
    expect(participationOf(story.record.case, laPoste)).toBe('former_contributor');
  });
});

describe('answers', () => {
  it('accepting makes the candidate a contributor; who helps must work there', () => {
    const story = new Story();
    const referralId = story.create(who(departement), laPoste);
    expect(codeOf(() => story.do(who(laPoste), rule.accept, { referralId, contactUserId: `counsellor@${afpa}` }))).toBe('invalid');
    story.do(who(laPoste), rule.accept, { referralId, contactUserId: `counsellor@${laPoste}` });
    expect(story.record.case.grants.filter(({ structureId }) => structureId === laPoste).map(({ kind }) => kind)).toEqual(['contributor']);
    expect(story.referral(referralId).contactUserId).toBe(`counsellor@${laPoste}`);
  });

  it('declining for another reason takes a word; a better structure must exist, and be another', () => {
    const story = new Story();
    const referralId = story.create(who(departement), laPoste);
    expect(codeOf(() => story.do(who(laPoste), rule.decline, { referralId, reason: 'other' }))).toBe('invalid');
    for (const betterStructureId of ['nobody', laPoste]) {
      expect(codeOf(() => story.do(who(laPoste), rule.decline, { referralId, reason: 'no_capacity', betterStructureId }))).toBe('invalid');
    }
    expect(codeOf(() => story.do(who(laPoste), rule.decline, { referralId, reason: 'no_capacity', betterStructureId: afpa }))).toBe('ok');
  });

  it('on hold until a day that is not past', () => {
    const story = new Story();
    const referralId = story.accepted(who(departement), laPoste);
    expect(codeOf(() => story.do(who(laPoste), rule.hold, { referralId, reason: 'other', until: '2026-11-22' }))).toBe('invalid');
  });

  it('helped in part: what remains becomes a draft of the sender, the resident yet to be informed', () => {
    const story = new Story();
    const referralId = story.accepted(who(departement), laPoste);
    expect(codeOf(() => story.do(who(laPoste), rule.complete, { referralId, outcome: 'helped', remainingNeeds: ['sante'] }))).toBe('invalid');
    const [completed, draft] = story.do(who(laPoste), rule.complete, { referralId, outcome: 'helped_partially', remainingNeeds: ['sante'] });
    expect([completed!.type, draft!.type]).toEqual(['ReferralCompleted', 'ReferralDrafted']);
    expect(story.referral(draft!.about!)).toMatchObject({ status: 'draft', from: departement, to: laPoste, needs: ['sante'], previousId: referralId });
    expect(codeOf(() => perform.send(story, who(departement), draft!.about!))).toBe('not-informed');
  });

  it('an open one keeps its state small, an ended one leaves it', () => {
    const story = new Story();
    const id = story.accepted(who(departement), laPoste);
    expect(JSON.stringify(story.referral(id)).length).toBeLessThan(650);
    perform.complete(story, who(laPoste), id);
    expect(story.record.referrals).toEqual({ open: [], justEnded: [expect.objectContaining({ id, status: 'completed' })] });
  });

  it('counts its own events as its version', () => {
    const story = new Story();
    const id = story.accepted(who(departement), laPoste);
    story.create(who(departement), afpa);
    expect(story.referral(id).version).toBe(3);
    expect(types(perform.complete(story, who(laPoste), id, 3))).toEqual(['ReferralCompleted']);
  });
});

import {
  localDateOf, Problem, type Actor, type Context, type Decided, type Fact, type Instant, type JsonObject, type RecordEvent, type Role,
} from '@fil-rouge/kernel';
import { evolveCase, initialCase, type CaseState } from './case';
import { assign, close, correct, open, reopen, type Opening } from './case.decider';
import { endObjection, object } from './objection.decider';
import { correctSession, recordSession, type Recording, type SessionCorrection, type SessionRow } from './session.decider';
import { attend, hold, type Holding } from './workshop.decider';

const departement = 'departement';
const laPoste = 'la-poste';
const start = '2026-11-23T09:00:00.000Z';
const who = (structureId: string, role: Role = 'counsellor', name: string = role): Actor => ({ userId: `${name}@${structureId}`, structureId, role, territory: null });

const opening: Opening = {
  caseId: 'case', themes: ['email'], informed: { on: '2026-11-23', how: 'oral' },
  resident: { firstName: 'Nadia', lastName: 'Ferrand', birthYear: 1984, phone: '06 12 34 56 78', commune: '72264' },
};

/** One record and the way of a command: decide, then evolve. */
class Scene {
  state: CaseState = initialCase;
  events: RecordEvent[] = [];
  now: Instant = start;
  status: Record<string, string> = {};
  row: SessionRow | undefined;
  private ids = 0;

  do(actor: Actor, rule: (state: CaseState, context: Context) => Decided[]): this {
    for (const { type, data, pieces = [], about = null, audience = 'record' } of rule(this.state, this.context(actor))) {
      const event: RecordEvent = {
        id: `event-${++this.ids}`, stream: 'case', seq: this.events.length + 1, type, schema: 1, at: this.now, recordedAt: this.now, actor: actor.userId,
        structure: actor.structureId, data: data, pieces, about, audience,
      };
      this.events.push(event);
      this.state = evolveCase(this.state, event);
    }
    return this;
  }

  context = (actor: Actor): Context => ({
    now: this.now, today: localDateOf(this.now), actor, seq: this.events.length,
    newId: () => `id-${++this.ids}`,
    fact: (id) => this.fact(id ?? ''),
    row: <R>() => this.row as R | undefined,
    piece: (kind) => this.events.flatMap(({ pieces }) => pieces).findLast((piece) => piece.kind === kind)?.value,
  });

  private fact(id: string): Fact | undefined {
    if (id === departement || id === laPoste) return { id, kind: 'structure', version: 1, state: { structure: { status: this.status[id] ?? 'active' } } };
    const [role, structureId] = id.split('@');
    const employments = [{ id: 'e', structureId, role: 'counsellor', from: '2026-01-01', until: role === 'gone' ? '2026-11-22' : null, ended: false }];
    return structureId ? { id, kind: 'person', version: 1, state: { person: { employments } } } : undefined;
  }

  opened = (): this => this.do(who(departement), (state, context) => open(state, opening, context));
  closed = (): this => this.do(who(departement), (state, context) => close(state, { reason: 'need_met' }, context));
  grant = (structureId: string): this => this.do(who(structureId), () => [{
    type: 'ReferralAccepted', data: { opened: [{ id: `grant-${structureId}`, structureId, kind: 'contributor', source: 'referral' }] } as object as JsonObject,
  }]);
  /** The lead moves on. */
  handover = (structureId: string): this => this.do(who(structureId), () => [{
    type: 'HandoverTookEffect',
    data: {
      ended: this.state.grants.filter(({ kind }) => kind === 'lead').map(({ id }) => id),
      opened: [{ id: `lead-${structureId}`, structureId, kind: 'lead', source: 'handover' }], lead: { structureId, counsellorId: null },
    } as object as JsonObject,
  }]);
  last = (): RecordEvent => this.events.at(-1)!;
}

/** A problem's code, with the pointer when a value is wrong; `done`. */
const refused = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error.code === 'invalid' ? `invalid ${error.members.errors?.[0]?.pointer}` : error.code;
    throw error;
  }
  return 'done';
};

const session: Omit<Recording, 'sessionId'> = {
  fields: { date: '2026-11-23', minutes: 45, place: 'domicile', themes: ['email'], equipment: ['telephone'], summary: 'Premier message.' }, privateNote: 'à rappeler',
};
const record = (scene: Scene, actor: Actor, changes: Partial<Recording> = {}) => scene.do(actor, (state, context) => recordSession(state, { ...session, sessionId: 's1', ...changes }, context));

describe('opening', () => {
  it('makes the structure lead and the opener its named counsellor, with everything personal in pieces', () => {
    const { state, events } = new Scene().opened();
    expect(state).toMatchObject({ status: 'open', version: 1, commune: '72264', themes: ['email'], lead: { structureId: departement, counsellorId: 'counsellor@departement' } });
    expect(JSON.stringify(events[0]!.data)).not.toMatch(/Nadia|Ferrand|72264|1984|email/);
    expect(events[0]!.pieces.map(({ kind }) => kind)).toEqual(['first_name', 'identity', 'profile', 'shared_text']);
  });

  it.each([
    ['the resident is told tomorrow', { informed: { on: '2026-11-24', how: 'oral' } }, 'not-informed'],
    ['born next year', { resident: { ...opening.resident, birthYear: 2027 } }, 'invalid /resident/birthYear'],
    ['a name without a letter', { resident: { ...opening.resident, lastName: '- \'' } }, 'invalid /resident/lastName'],
    ['not a telephone number', { resident: { ...opening.resident, phone: '123' } }, 'invalid /resident/phone'],
  ])('is refused: %s', (_, changes, problem) => {
    expect(refused(() => new Scene().do(who(departement), (state, context) => open(state, { ...opening, ...changes }, context)))).toBe(problem);
  });

  it.each([['declared', 'done'], ['awaiting_state_validation', 'done'], ['active', 'done'], ['suspended', 'forbidden'], ['closed', 'forbidden']])('by a structure that is %s: %s', (status, result) => {
    const scene = new Scene();
    scene.status[departement] = status;
    expect(refused(() => scene.opened())).toBe(result);
  });
});

describe('what the lead decides', () => {
  it('corrects what differs, keeps the rest, takes away what is null', () => {
    const scene = new Scene().opened();
    scene.do(who(departement), (state, context) => correct(state, { resident: { lastName: 'Ferrant', phone: null, commune: '72264' } }, context));
    expect(scene.last()).toMatchObject({ type: 'ResidentCorrected', data: { changed: ['lastName', 'phone'] } });
    expect(scene.last().pieces).toContainEqual({ kind: 'identity', value: { lastName: 'Ferrant' } });
    scene.do(who(departement), (state, context) => correct(state, { resident: { lastName: 'Ferrant' } }, context));
    expect(scene.events).toHaveLength(2);
  });

  it('names a counsellor: a manager anybody who is employed, a counsellor only himself', () => {
    const scene = new Scene().opened();
    const by = (actor: Actor, counsellorId: string) => refused(() => scene.do(actor, (state, context) => assign(state, { counsellorId }, context)));
    expect(by(who(departement), 'other@departement')).toBe('forbidden');
    expect(by(who(departement, 'manager'), 'other@la-poste')).toBe('invalid /counsellorId');
    expect(by(who(departement, 'manager'), 'gone@departement')).toBe('invalid /counsellorId');
    expect(by(who(departement, 'manager'), 'other@departement')).toBe('done');
    expect(scene.state.lead?.counsellorId).toBe('other@departement');
    expect(by(who(departement), 'counsellor@departement')).toBe('done');
    expect(scene.events).toHaveLength(3);
  });

  it('closes: the lead period ends, the access stays, nothing but reopening is possible', () => {
    const scene = new Scene().opened().closed();
    expect(scene.state).toMatchObject({ status: 'closed', lead: null, closedFor: 'need_met', grants: [{ structureId: departement }] });
    expect(refused(() => scene.closed())).toBe('wrong-state');
    expect(refused(() => record(scene, who(departement)))).toBe('wrong-state');
    scene.do(who(departement, 'manager'), (state, context) => reopen(state, { reason: 'Il revient.' }, context));
    expect(scene.state).toMatchObject({ status: 'open', closedAt: null, lead: { structureId: departement, counsellorId: 'manager@departement' } });
    expect(JSON.stringify(scene.last().data)).not.toContain('revient');
  });

  it('answers in the order of the contract: hidden, not for you, stale, state', () => {
    const scene = new Scene().opened().grant(laPoste).closed();
    const by = (actor: Actor, ifMatch?: number) => refused(() => scene.do(actor, (state, context) => close(state, { reason: 'need_met', ifMatch }, context)));
    expect(by(who('stranger'), 99)).toBe('not-found');
    expect(by(who(laPoste), 99)).toBe('forbidden');
    expect(by(who(departement, 'auditor'), 99)).toBe('forbidden');
    expect(by(who(departement), 99)).toBe('stale');
    expect(by(who(departement), scene.state.version)).toBe('wrong-state');
  });

  it('records an objection once, of a contributor too, and ends it', () => {
    const scene = new Scene().opened().grant(laPoste);
    const objecting = (against: string, on = '2026-11-23') => refused(() => scene.do(who(laPoste), (state, context) => object(state, { against, on, how: 'oral' }, context)));
    expect(objecting('nobody')).toBe('invalid /against');
    expect(objecting('all', '2026-11-24')).toBe('invalid /on');
    expect([objecting('all'), objecting('all')]).toEqual(['done', 'invalid /against']);
    scene.do(who(departement), (state, context) => endObjection(state, { objectionId: scene.state.objections[0]!.id }, context));
    expect(scene.state.objections).toEqual([]);
    expect(refused(() => scene.do(who(departement), (state, context) => endObjection(state, { objectionId: 'none' }, context)))).toBe('not-found');
  });
});

describe('sessions', () => {
  it('are recorded by lead and contributor, with the texts sealed; a suspended structure goes on recording', () => {
    const scene = new Scene().opened().grant(laPoste);
    scene.status[laPoste] = 'suspended';
    record(scene, who(laPoste), { referralId: 'referral' });
    expect(scene.last()).toMatchObject({ type: 'SessionRecorded', about: 's1', data: { sessionId: 's1', referralId: 'referral' }, pieces: [{ kind: 'shared_text' }, { kind: 'private_note', value: { note: 'à rappeler' } }] });
    expect(scene.state.version).toBe(1);
    expect(refused(() => record(scene, who(laPoste), { referralId: 'another' }))).toBe('invalid /referralId');
    expect(refused(() => record(scene, who('stranger')))).toBe('not-found');
  });

  it.each([['2026-11-24', 'invalid /date'], ['2024-11-23', 'done'], ['2024-11-22', 'invalid /date']])('on %s: %s', (date, result) => {
    expect(refused(() => record(new Scene().opened(), who(departement), { fields: { ...session.fields, date } }))).toBe(result);
  });

  it('of a former lead: for 30 calendar days', () => {
    const scene = new Scene().opened().handover(laPoste);
    scene.now = '2026-12-23T22:30:00.000Z';
    expect(refused(() => record(scene, who(departement)))).toBe('done');
    scene.now = '2026-12-23T23:00:00.000Z'; // midnight in Paris
    expect(refused(() => record(scene, who(departement)))).toBe('forbidden');
  });

  it('are corrected by who recorded them, as a whole image, unless another correction came first', () => {
    const scene = record(new Scene().opened().grant(laPoste), who(laPoste));
    scene.row = { id: 's1', case_id: 'case', structure_id: laPoste, text_event: scene.last().id, corrections: 0 };
    const present = { event: scene.last().id, fields: session.fields };
    const by = (actor: Actor, input: Partial<SessionCorrection>) =>
      refused(() => scene.do(actor, (state, context) => correctSession(state, { caseId: 'case', sessionId: 's1', present, changes: {}, ...input }, context)));
    expect(by(who(departement), { changes: { minutes: 60 } })).toBe('forbidden');
    expect(by(who('stranger'), { changes: { minutes: 60 }, present: null })).toBe('not-found');
    expect(by(who(laPoste), { changes: { minutes: 60 }, caseId: 'another' })).toBe('not-found');
    expect(by(who(laPoste), { changes: { minutes: 60 }, present: { ...present, event: 'older' } })).toBe('stale');
    expect(by(who(laPoste), { changes: { minutes: 45 } })).toBe('done');
    expect(scene.last().type).toBe('SessionRecorded');
    expect(by(who(laPoste), { changes: { minutes: 60, summary: null }, reason: 'erreur' })).toBe('done');
    const { summary: _, ...kept } = session.fields;
    expect(scene.last()).toMatchObject({ data: { changed: ['minutes', 'summary'], nth: 1 }, pieces: [{ value: { ...kept, minutes: 60, reason: 'erreur' } }] });
    expect(scene.last().pieces[0]!.value).not.toHaveProperty('summary');
  });
});

describe('workshops', () => {
  const holding: Holding = {
    workshopId: 'w1', participants: ['a', 'b'], anonymous: { total: 3, byAge: { soixante_dix_plus: 2 } },
    fields: { title: 'Premiers clics', date: '2026-11-20', minutes: 90, place: 'lieu_activite', themes: ['email'] },
  };
  const held = (changes: Partial<Holding>) => refused(() => hold({ ...holding, ...changes }, new Scene().context(who(departement))));

  it('count what they count', () => {
    expect(held({})).toBe('done');
    expect(held({ anonymous: { total: 3, byAge: { soixante_dix_plus: 2, non_communique: 2 } } })).toBe('invalid /anonymous/byAge');
    expect(held({ participants: ['a', 'b', 'a'] })).toBe('invalid /participants/2');
    expect(held({ participants: [], anonymous: { total: 0 } })).toBe('invalid /participants');
  });

  it('name the participant whose case refuses', () => {
    const scene = new Scene().opened().closed();
    const come = (actor: Actor) => () => attend(scene.state, holding, 1, scene.context(actor));
    expect(come(who(departement))).toThrow(expect.objectContaining({ code: 'wrong-state', members: expect.objectContaining({ errors: [{ pointer: '/participants/1', code: 'wrong-state' }] }) }));
    expect(refused(come(who('stranger')))).toBe('not-found');
  });
});

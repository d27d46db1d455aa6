import type { Actor } from '@fil-rouge/kernel';
import { assign, close, correct, reopen } from './case.decider';
import { endObjection, object } from './objection.decider';
import { departement, laPoste, opening, record, Scene, session, who } from './case.story';

describe('opening', () => {
  it('makes the structure lead and the opener its named counsellor, with everything personal in pieces', () => {
    const { state, events } = new Scene().opened();
    expect(state).toMatchObject({
      status: 'open',
      version: 1,
      commune: '72264',
      themes: ['email'],
      lead: { structureId: departement, counsellorId: 'counsellor@departement' },
    });
    expect(JSON.stringify(events[0]!.data)).not.toMatch(/Nadia|Ferrand|72264|1984|email/);
    expect(events[0]!.pieces.map(({ kind }) => kind)).toEqual(['first_name', 'identity', 'profile', 'shared_text']);
  });

  it.each([
    [
      'the resident is told tomorrow',
      { informed: { on: '2026-11-24', how: 'oral' } },
      'not-informed /informed/on future',
    ],
    ['born next year', { resident: { ...opening.resident, birthYear: 2027 } }, 'invalid /resident/birthYear range'],
    [
      'a name without a letter',
      { resident: { ...opening.resident, lastName: "- '" } },
      'invalid /resident/lastName letters',
    ],
    ['not a telephone number', { resident: { ...opening.resident, phone: '123' } }, 'invalid /resident/phone phone'],
  ])('is refused: %s', (_, changes, problem) => {
    expect(new Scene().open(changes).outcome).toBe(problem);
  });

  it.each([
    ['declared', 'done'],
    ['awaiting_state_validation', 'done'],
    ['active', 'done'],
    ['suspended', 'forbidden'],
    ['closed', 'forbidden'],
  ])('by a structure that is %s: %s', (status, result) => {
    const scene = new Scene();
    scene.status[departement] = status;
    expect(scene.open().outcome).toBe(result);
  });
});

describe('what the lead decides', () => {
  it('corrects what differs, keeps the rest, takes away what is null', () => {
    const scene = new Scene().opened();
    scene
      .by(who(departement), (state, context) =>
        correct(state, { resident: { lastName: 'Ferrant', phone: null, commune: '72264' } }, context),
      )
      .then({ events: ['ResidentCorrected'] });
    expect(scene.last()).toMatchObject({ type: 'ResidentCorrected', data: { changed: ['lastName', 'phone'] } });
    expect(scene.last().pieces).toContainEqual({ kind: 'identity', value: { lastName: 'Ferrant' } });
    scene
      .by(who(departement), (state, context) => correct(state, { resident: { lastName: 'Ferrant' } }, context))
      .then({ events: [] });
    expect(scene.events).toHaveLength(2);
  });

  it('names a counsellor: a manager anybody who is employed, a counsellor only himself', () => {
    const scene = new Scene().opened();
    const by = (actor: Actor, counsellorId: string) =>
      scene.by(actor, (state, context) => assign(state, { counsellorId }, context)).outcome;
    expect(by(who(departement), 'other@departement')).toBe('forbidden');
    expect(by(who(departement, 'manager'), 'other@la-poste')).toBe('invalid /counsellorId not-employed');
    expect(by(who(departement, 'manager'), 'gone@departement')).toBe('invalid /counsellorId not-employed');
    expect(by(who(departement, 'manager'), 'other@departement')).toBe('done');
    expect(scene.state.lead?.counsellorId).toBe('other@departement');
    expect(by(who(departement), 'counsellor@departement')).toBe('done');
    expect(scene.events).toHaveLength(3);
  });

  it('closes: the lead period ends, the access stays, nothing but reopening is possible', () => {
    const scene = new Scene().opened().closed();
    expect(scene.state).toMatchObject({
      status: 'closed',
      lead: null,
      closedFor: 'need_met',
      grants: [{ structureId: departement }],
    });
    expect(scene.close().outcome).toBe('wrong-state closed');
    expect(
      scene.by(who(departement, 'manager'), (state, context) =>
        assign(state, { counsellorId: 'other@departement' }, context),
      ).outcome,
    ).toBe('wrong-state closed');
    scene
      .by(who(departement, 'manager'), (state, context) => reopen(state, { reason: 'Il revient.' }, context))
      .then({ events: ['CaseReopened'] });
    expect(scene.state).toMatchObject({
      status: 'open',
      closedAt: null,
      lead: { structureId: departement, counsellorId: 'manager@departement' },
    });
    expect(JSON.stringify(scene.last().data)).not.toContain('revient');
  });

  it('closed, it takes what happened up to that day, and details, for 30 calendar days', () => {
    const scene = new Scene().opened().closed();
    scene.now = '2026-12-23T22:30:00.000Z';
    const detail = () =>
      scene.by(who(departement), (state, context) => correct(state, { resident: { phone: '0639980102' } }, context))
        .outcome;
    expect([record(scene, who(departement)).outcome, detail()]).toEqual(['done', 'done']);
    expect(record(scene, who(departement), { fields: { ...session.fields, date: '2026-11-24' } }).outcome).toBe(
      'invalid /date after-the-end',
    );
    scene.now = '2026-12-23T23:00:00.000Z';
    expect([record(scene, who(departement)).outcome, detail()]).toEqual(['wrong-state closed', 'wrong-state closed']);
  });

  it('answers in the order of the contract: hidden, not for you, stale, state', () => {
    const scene = new Scene().opened().grant(laPoste).closed();
    const by = (actor: Actor, ifMatch?: number) =>
      scene.by(actor, (state, context) => close(state, { reason: 'need_met', ifMatch }, context)).outcome;
    expect(by(who('stranger'), 99)).toBe('not-found');
    expect(by(who(laPoste), 99)).toBe('forbidden');
    expect(by(who(departement, 'auditor'), 99)).toBe('forbidden');
    expect(by(who(departement), 99)).toBe('stale');
    expect(by(who(departement), scene.state.version)).toBe('wrong-state closed');
  });

  it('records an objection once, of a contributor too, and ends it', () => {
    const scene = new Scene().opened().grant(laPoste);
    const objecting = (against: string, on = '2026-11-23') =>
      scene.by(who(laPoste), (state, context) => object(state, { against, on, how: 'oral' }, context)).outcome;
    expect(objecting('nobody')).toBe('invalid /against unknown');
    expect(objecting('all', '2026-11-24')).toBe('invalid /on future');
    expect([objecting('all'), objecting('all')]).toEqual(['done', 'invalid /against already-recorded']);
    scene
      .by(who(departement), (state, context) =>
        endObjection(state, { objectionId: scene.state.objections[0]!.id }, context),
      )
      .then({ events: ['ObjectionEnded'] });
    expect(scene.state.objections).toEqual([]);
    expect(
      scene.by(who(departement), (state, context) => endObjection(state, { objectionId: 'none' }, context)).outcome,
    ).toBe('not-found');
  });
});

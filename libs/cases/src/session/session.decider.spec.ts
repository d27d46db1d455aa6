import type { Actor } from '@fil-rouge/kernel';
import { object } from '../case/objection.decider';
import { correctSession, type SessionCorrection } from './session.decider';
import { departement, laPoste, record, Scene, session, who } from '../case/case.story';

describe('sessions', () => {
  it('are recorded by lead and contributor, with the texts sealed; a suspended structure goes on recording', () => {
    const scene = new Scene().opened().grant(laPoste);
    scene.status[laPoste] = 'suspended';
    record(scene, who(laPoste), { referralId: 'referral' }).then({ events: ['SessionRecorded'] });
    expect(scene.last()).toMatchObject({
      type: 'SessionRecorded',
      about: 's1',
      data: { sessionId: 's1', referralId: 'referral' },
      pieces: [{ kind: 'shared_text' }, { kind: 'private_note', value: { note: 'à rappeler' } }],
    });
    expect(scene.state.version).toBe(1);
    expect(record(scene, who(laPoste), { referralId: 'another' }).outcome).toBe('invalid /referralId unknown');
    expect(record(scene, who('stranger')).outcome).toBe('not-found');
  });

  it.each([
    ['2026-11-24', 'invalid /date future'],
    ['2024-11-23', 'done'],
    ['2024-11-22', 'invalid /date too-old'],
  ])('on %s: %s', (date, result) => {
    expect(record(new Scene().opened(), who(departement), { fields: { ...session.fields, date } }).outcome).toBe(
      result,
    );
  });

  it('of a former lead: for 30 calendar days', () => {
    const scene = new Scene().opened().handover(laPoste);
    scene.now = '2026-12-23T22:30:00.000Z';
    expect(record(scene, who(departement)).outcome).toBe('done');
    scene.now = '2026-12-23T23:00:00.000Z'; // midnight in Paris
    expect(record(scene, who(departement)).outcome).toBe('forbidden');
  });

  it.each([
    ['has completed its referral', { finished: true }, 'done'],
    ['was objected to', {}, 'forbidden'],
  ] as const)('of a contributor that %s: %s', (_, more, result) => {
    const scene = new Scene().opened().grant(laPoste).left(laPoste, more);
    scene.now = '2026-12-23T22:30:00.000Z';
    expect(record(scene, who(laPoste)).outcome).toBe(result);
    if (result !== 'done') return;
    expect(record(scene, who(laPoste), { fields: { ...session.fields, date: '2026-11-24' } }).outcome).toBe(
      'invalid /date after-the-end',
    );
    expect(record(scene.closed(), who(laPoste)).outcome).toBe('done');
    scene.now = '2026-12-23T23:00:00.000Z';
    expect(record(scene, who(laPoste)).outcome).toBe('forbidden');
  });

  it('of a contributor that has completed: not once the resident objects; of a former lead that has contributed again, from that end on', () => {
    const scene = new Scene().opened().grant(laPoste).left(laPoste, { finished: true });
    scene
      .by(who(departement), (state, context) =>
        object(state, { against: laPoste, on: '2026-11-23', how: 'oral' }, context),
      )
      .then({ events: ['ObjectionRecorded'] });
    expect(record(scene, who(laPoste)).outcome).toBe('forbidden');
    const back = new Scene().opened().handover(laPoste).grant(departement);
    back.now = '2027-03-01T10:00:00.000Z';
    back.left(departement, { finished: true });
    expect(record(back, who(departement), { fields: { ...session.fields, date: '2027-02-26' } }).outcome).toBe('done');
  });

  it('are corrected by who recorded them, as a whole image, unless another correction came first', () => {
    const scene = new Scene().opened().grant(laPoste);
    record(scene, who(laPoste)).then({ events: ['SessionRecorded'] });
    scene.session = {
      id: 's1',
      case_id: 'case',
      structure_id: laPoste,
      referral_id: null,
      status: 'recorded',
      text_event: scene.last().id,
      corrections: 0,
    };
    const present = { event: scene.last().id, fields: session.fields };
    const by = (actor: Actor, input: Partial<SessionCorrection>) =>
      scene.by(actor, (state, context) =>
        correctSession(state, { caseId: 'case', entryId: 's1', present, changes: {}, ...input }, context),
      ).outcome;
    expect(by(who(departement), { changes: { minutes: 60 } })).toBe('forbidden');
    expect(by(who('stranger'), { changes: { minutes: 60 }, present: null })).toBe('not-found');
    expect(by(who(laPoste), { changes: { minutes: 60 }, caseId: 'another' })).toBe('not-found');
    expect(by(who(laPoste), { changes: { minutes: 60 }, present: { ...present, event: 'older' } })).toBe('stale');
    expect(by(who(laPoste), { changes: { minutes: 45 } })).toBe('done');
    expect(scene.last().type).toBe('SessionRecorded');
    expect(by(who(laPoste), { changes: { minutes: 60, summary: null }, reason: 'erreur' })).toBe('done');
    const { summary: _, ...kept } = session.fields;
    expect(scene.last()).toMatchObject({
      data: { changed: ['minutes', 'summary'], nth: 1 },
      pieces: [{ value: { ...kept, minutes: 60, reason: 'erreur' } }],
    });
    expect(scene.last().pieces[0]!.value).not.toHaveProperty('summary');
  });
});

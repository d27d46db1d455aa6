import type { Context } from '@fil-rouge/kernel';
import { participationOf } from '@fil-rouge/cases';
import { handoverTimers, type HandoverRecord } from './handover';
import type { Opening } from './handover.conditions.decider';
import { join, reassignByDecision, reassignInside } from './handover.decider';
import {
  afpa,
  day,
  departement,
  FollowUp,
  laPoste,
  later,
  mediatheque,
  monday,
  pull,
  push,
  says,
  structures,
  who,
} from './handover.story';

describe('a push', () => {
  test('makes the recipient a candidate that reads the minimal sheet and nothing else', () => {
    const scene = new FollowUp();
    const [event] = scene.do(who(departement), monday, push({ toCounsellorId: 'counsellor@afpa' }));
    expect(event).toMatchObject({
      type: 'HandoverProposed',
      about: 'h1',
      audience: 'about',
      data: { handoverId: 'h1', kind: 'push', fromStructureId: departement, toStructureId: afpa },
    });
    expect(event?.pieces).toEqual([
      { kind: 'first_name', value: { firstName: 'Odile' }, sharedBy: 'h1' },
      {
        kind: 'shared_text',
        value: {
          note: 'Elle cherche un emploi.',
          commune: '72181',
          ageBracket: 'soixante_dix_plus',
          themes: ['email'],
        },
        sharedBy: 'h1',
      },
    ]);
    expect(participationOf(scene.record.case, afpa)).toBe('candidate');
    expect(scene.record.case.lead?.structureId).toBe(departement);
    expect(handoverTimers(scene.record.handover)).toEqual({
      'handover-expiry': day('2026-12-07', '22:59:59.999'),
      'handover-reminder': day('2026-11-26', '08:00:00.000'),
    });
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
    [
      'the lead, to a structure that does not exist',
      who(departement),
      { toStructureId: 'nowhere' },
      'invalid /toStructureId unknown',
    ],
    ['the lead, to a suspended structure', who(departement), { toStructureId: mediatheque }, 'recipient-not-active'],
    [
      'the lead, to a structure in which nobody works',
      who(departement),
      { toStructureId: 'mairie' },
      'recipient-unavailable',
    ],
    [
      'the lead, naming somebody of another structure',
      who(departement),
      { toCounsellorId: 'counsellor@la-poste' },
      'invalid /toCounsellorId not-employed',
    ],
    [
      'the lead, naming somebody who will have left',
      who(departement),
      { toCounsellorId: 'counsellor@afpa', effectiveAt: day('2027-01-16') },
      'invalid /toCounsellorId not-employed',
    ],
    ['the lead, for yesterday', who(departement), { effectiveAt: day('2026-11-22') }, 'invalid /effectiveAt past'],
    ['the lead, 91 days ahead', who(departement), { effectiveAt: day('2027-02-22') }, 'invalid /effectiveAt too-far'],
    ['the lead, 90 days ahead', who(departement), { effectiveAt: day('2027-02-21') }, 'HandoverProposed'],
    [
      'the lead, with a clock four minutes late',
      who(departement),
      { effectiveAt: day('2026-11-23', '08:56:00.000') },
      'HandoverProposed',
    ],
  ])('by %s', (_, actor, more, expected) => {
    const scene = new FollowUp().contributor(laPoste);
    scene.suspended.add(mediatheque);
    scene.empty.add('mairie');
    expect(scene.ask(actor, monday, push(more)).said).toBe(expected);
  });

  test('is refused where the resident objects, where the lead is suspended, where the case is closed, and beside another', () => {
    const objected = new FollowUp();
    objected.happened(who(departement), {
      type: 'ObjectionRecorded',
      data: { objectionId: 'o', against: afpa, on: '2026-11-23', how: 'oral' },
    });
    expect(objected.ask(who(departement), monday, push()).said).toBe('objection');
    const suspended = new FollowUp();
    suspended.suspended.add(departement);
    expect(suspended.ask(who(departement), monday, push()).said).toBe('forbidden');
    const closed = new FollowUp();
    closed.happened(who(departement), { type: 'CaseClosed', data: { reason: 'need_met' } });
    expect(closed.ask(who(departement), monday, push()).said).toBe('wrong-state closed');
    const busy = new FollowUp();
    busy.do(who(departement), monday, push());
    expect(busy.ask(who(departement), monday, push({ handoverId: 'h2' })).said).toBe('open-handover');
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
    expect(new FollowUp().contributor(laPoste).ask(actor, monday, pull(more)).said).toBe(expected);
  });

  test('a former lead may ask for its case again, and silence escalates without moving the lead', () => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push());
    scene.do(who(afpa), monday, says('accept'));
    scene.do(who(departement), monday, pull({ handoverId: 'h2' }));
    expect(scene.record.handover.open).toMatchObject({ id: 'h2', kind: 'pull', from: afpa, to: departement });
    expect(scene.passes(day('2026-12-08'))).toMatchObject([{ type: 'HandoverExpired', data: { escalate: true } }]);
    expect(scene.record.case.lead?.structureId).toBe(afpa);
  });

  test('by a stranger who was told of a possible duplicate says nothing of the lead until it has accepted', () => {
    const scene = new FollowUp();
    const [event] = scene.do(who(mediatheque), monday, (record, context) =>
      join(record, { handoverId: 'h1', note: 'Même personne ?' }, context),
    );
    expect(event?.data['fromStructureId']).toBeUndefined();
    expect(scene.record.handover.open).toMatchObject({ blind: true, from: departement });
    expect(participationOf(scene.record.case, mediatheque)).toBeNull();
    scene.do(who(departement), monday, says('accept', later));
    expect(scene.record.handover.open).toMatchObject({ blind: false, status: 'accepted' });
    expect(
      new FollowUp().ask(who(departement), monday, (record, context) => join(record, { handoverId: 'h1' }, context))
        .said,
    ).toBe('invalid cannot-be-asked');
  });
});

describe('a request to contribute', () => {
  const beside = (more: Partial<Opening> = {}) => pull({ kind: 'beside', ...more });

  test.each([
    ['who contributed once', who(afpa), {}, 'HandoverRequested'],
    ['who contributes already', who(laPoste), {}, 'forbidden'],
    ['the lead', who(departement), {}, 'forbidden'],
    ['a stranger', who(mediatheque), {}, 'not-found'],
    ['who contributed once, for a day', who(afpa), later, 'invalid cannot-be-asked'],
  ])('by %s', (_, actor, more, expected) => {
    const scene = new FollowUp().contributor(laPoste).contributor(afpa);
    scene.happened(who(afpa), { type: 'ReferralCompleted', data: { ended: ['referral-afpa'] } });
    expect(scene.ask(actor, monday, beside(more)).said).toBe(expected);
  });

  test('accepted, the structure contributes from that event on and the lead stays; nothing is open any more', () => {
    const scene = new FollowUp();
    const [asked] = scene.do(who(mediatheque), monday, (record, context) =>
      join(record, { handoverId: 'h1', kind: 'beside', note: 'Vient à nos ateliers.' }, context),
    );
    expect(asked?.data).toEqual({
      handoverId: 'h1',
      toStructureId: mediatheque,
      kind: 'beside',
      toCounsellorId: null,
      effectiveAt: null,
      blind: true,
    });
    expect(participationOf(scene.record.case, mediatheque)).toBeNull();
    expect(scene.ask(who(departement), monday, says('accept', later)).said).toBe('invalid /effectiveAt at-once');
    expect(scene.do(who(departement), monday, says('accept')).map(({ type }) => type)).toEqual(['HandoverAccepted']);
    expect(participationOf(scene.record.case, mediatheque)).toBe('contributor');
    expect(scene.record.case.lead?.structureId).toBe(departement);
    expect(scene.record.handover).toMatchObject({ open: null, last: { id: 'h1', status: 'effective', blind: false } });
    expect(scene.ask(who(mediatheque), monday, says('cancel')).said).toBe('wrong-state effective');
  });

  test('silence ends it without a word to the coordinator, and the structure may ask again', () => {
    const scene = new FollowUp();
    const joins = (handoverId: string) => (record: HandoverRecord, context: Context) =>
      join(record, { handoverId, kind: 'beside' as const }, context);
    scene.do(who(mediatheque), monday, joins('h1'));
    expect(scene.passes(day('2026-12-08'))).toMatchObject([{ type: 'HandoverExpired', data: { escalate: false } }]);
    expect(scene.ask(who(mediatheque), day('2026-12-08'), joins('h2')).said).toBe('HandoverRequested');
  });
});

describe('internal', () => {
  const inside =
    (more: Partial<Opening> = {}) =>
    (record: HandoverRecord, context: Context) =>
      reassignInside(record, { handoverId: 'h1', toCounsellorId: 'counsellor@departement', ...more }, context);

  test('moves the named counsellor at once and leaves access and an open handover as they are', () => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push({ handoverId: 'h0' }));
    const before = scene.record;
    const [event] = scene.do(who(departement, 'manager'), monday, inside());
    expect(event).toMatchObject({
      type: 'HandoverTookEffect',
      audience: 'record',
      data: { kind: 'internal', lead: { structureId: departement, counsellorId: 'counsellor@departement' } },
    });
    expect(scene.record.case.grants).toEqual(before.case.grants);
    expect(scene.record.handover).toMatchObject({
      open: before.handover.open,
      last: { id: 'h1', status: 'effective' },
    });
  });

  test.each([
    ['a counsellor', who(departement), {}, 'forbidden'],
    ['a manager of another structure', who(laPoste, 'manager'), {}, 'forbidden'],
    [
      'the manager, naming nobody',
      who(departement, 'manager'),
      { toCounsellorId: undefined },
      'invalid /toCounsellorId required',
    ],
    [
      'the manager, naming an outsider',
      who(departement, 'manager'),
      { toCounsellorId: 'counsellor@afpa' },
      'invalid /toCounsellorId not-employed',
    ],
    [
      'the manager, for another structure',
      who(departement, 'manager'),
      { toStructureId: afpa },
      'invalid /toStructureId not-yours',
    ],
    ['the manager, for a date', who(departement, 'manager'), later, 'invalid /effectiveAt at-once'],
  ])('by %s', (_, actor, more, expected) => {
    expect(new FollowUp().contributor(laPoste).ask(actor, monday, inside(more)).said).toBe(expected);
  });
});

describe('administrative', () => {
  const decision =
    (more: Partial<Opening> = {}) =>
    (record: HandoverRecord, context: Context) =>
      reassignByDecision(
        record,
        { handoverId: 'h2', toStructureId: laPoste, reason: 'Structure fermée', ...more },
        context,
      );

  test('ends the open handover first and moves the lead at once', () => {
    const scene = new FollowUp();
    scene.do(who(departement), monday, push());
    scene.do(who(departement, 'coordinator', ['72181']), monday, decision());
    expect(scene.events.slice(-2).map(({ type, data }) => [type, data['handoverId'], data['because']])).toEqual([
      ['HandoverCancelled', 'h1', 'administrative'],
      ['HandoverTookEffect', 'h2', undefined],
    ]);
    expect(structures.map((id) => participationOf(scene.record.case, id))).toEqual(['former_lead', 'lead', null, null]);
  });

  test.each([
    ['a manager of the lead', who(departement, 'manager'), {}, 'forbidden'],
    ['a coordinator elsewhere', who(departement, 'coordinator', ['72001']), {}, 'not-found'],
    ['an administrator', who(departement, 'administrator'), {}, 'HandoverTookEffect'],
    [
      'an administrator, without a reason',
      who(departement, 'administrator'),
      { reason: undefined },
      'invalid /reason required',
    ],
    [
      'an administrator, to who leads already',
      who(departement, 'administrator'),
      { toStructureId: departement },
      'invalid /toStructureId already-leads',
    ],
  ])('by %s', (_, actor, more, expected) => {
    expect(new FollowUp().ask(actor, monday, decision(more)).said).toBe(expected);
  });
});

import {
  endless,
  extentOf,
  graceDays,
  horizonsOf,
  isWorkflow,
  maySee,
  maySeeEvent,
  viewOf,
  type Subject,
  type View,
} from './case.policy';

const views: View[] = ['contributor', 'lead', 'former_lead', 'former_contributor', 'coordinator', 'auditor'];

// Who sees what, retyped here by hand: the rows that a case decides.
it.each<[Subject, string[]]>([
  ['first_name', ['all', 'all', 'end', 'no', 'no', 'reason']],
  ['details', ['all', 'all', 'end', 'no', 'no', 'reason']],
  ['name_beside', ['all', 'all', 'no', 'no', 'no', 'no']],
  ['shared_entries', ['all', 'all', 'end', 'own', 'no', 'reason']],
  ['private_notes', ['own', 'own', 'own', 'own', 'no', 'no']],
  ['lead', ['all', 'all', 'end', 'no', 'all', 'all']],
  ['readers', ['no', 'all', 'no', 'no', 'all', 'all']],
])('%s', (subject, extents) => {
  expect(views.map((view) => extentOf(view, subject))).toEqual(extents);
});

it('an auditor sees the resident only in a reading, and private notes never', () => {
  expect([
    maySee('auditor', 'details'),
    maySee('auditor', 'details', true),
    maySee('auditor', 'private_notes', true),
  ]).toEqual([false, true, false]);
});

it('a candidate has no view of the case; those who watch have theirs whatever their structure takes part in', () => {
  expect(viewOf('counsellor', 'candidate')).toBeNull();
  expect(viewOf('counsellor', null)).toBeNull();
  expect(viewOf('manager', 'former_lead')).toBe('former_lead');
  expect([viewOf('coordinator', 'lead'), viewOf('administrator', null), viewOf('auditor', 'contributor')]).toEqual([
    'coordinator',
    'auditor',
    'auditor',
  ]);
});

describe('how far a structure reads', () => {
  const grant = (kind: 'lead' | 'contributor' | 'candidate', to_seq: number | null, structure_id = 'us') => ({
    structure_id,
    kind,
    to_seq,
  });

  it('is the union of its grants', () => {
    expect(horizonsOf('us', [grant('contributor', null, 'them'), grant('candidate', null)])).toMatchObject({
      record: 0,
      lead: 0,
    });
    expect(horizonsOf('us', [grant('contributor', 9)])).toMatchObject({ record: 0, lead: 0 });
    expect(horizonsOf('us', [grant('lead', 5), grant('lead', 12), grant('contributor', 20)])).toMatchObject({
      record: 12,
      lead: 12,
    });
    expect(horizonsOf('us', [grant('lead', 5), grant('contributor', null)])).toMatchObject({
      record: endless,
      lead: 5,
    });
    expect(horizonsOf('us', [grant('lead', null)])).toMatchObject({ record: endless, lead: endless });
  });

  const event = { seq: 7, structure_id: 'them', audience: 'record' as const, party_from: null, party_until: null };
  it.each([
    [
      'its own entry, whatever ended',
      { structureId: 'us', record: 0, lead: 0 },
      { ...event, structure_id: 'us' },
      true,
    ],
    ['the shared thread up to the end', { structureId: 'us', record: 7, lead: 7 }, event, true],
    ['nothing after the end', { structureId: 'us', record: 6, lead: 6 }, event, false],
    [
      'no conversation of others, as contributor',
      { structureId: 'us', record: endless, lead: 0 },
      { ...event, audience: 'about' as const },
      false,
    ],
    [
      'every conversation, as lead',
      { structureId: 'us', record: endless, lead: endless },
      { ...event, audience: 'about' as const },
      true,
    ],
    [
      'its own conversation, up to its end',
      { structureId: 'us', record: 0, lead: 0 },
      { ...event, audience: 'about' as const, party_until: 7 },
      true,
    ],
    [
      'its own conversation, from where its part begins',
      { structureId: 'us', record: 0, lead: 0 },
      { ...event, audience: 'about' as const, party_from: 7, party_until: 8 },
      true,
    ],
    [
      'its own conversation, not before its part begins',
      { structureId: 'us', record: 0, lead: 0 },
      { ...event, audience: 'about' as const, party_from: 8, party_until: 9 },
      false,
    ],
    [
      'its own conversation, not after it',
      { structureId: 'us', record: 0, lead: 0 },
      { ...event, audience: 'about' as const, party_until: 6 },
      false,
    ],
  ])('%s', (_, horizons, seen, sees) => {
    expect(maySeeEvent(horizons, seen)).toBe(sees);
  });
});

it('a coordinator sees what moves the case, never what was done', () => {
  expect(['CaseOpened', 'CaseClosed', 'LeadAssigned', 'ReferralSent', 'HandoverTookEffect'].every(isWorkflow)).toBe(
    true,
  );
  expect(
    ['SessionRecorded', 'SessionCorrected', 'WorkshopAttended', 'ResidentCorrected', 'ObjectionRecorded'].some(
      isWorkflow,
    ),
  ).toBe(false);
  expect(graceDays).toBe(30);
});

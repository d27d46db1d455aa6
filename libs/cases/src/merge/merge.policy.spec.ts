import { horizonsIn, viewIn, type GrantOnRecord } from './merge.policy';
import { endless } from '../case/case.policy';

describe('how far a structure reads in the record that ended', () => {
  const grant = (stream_id: string, kind: GrantOnRecord['kind'], to_seq: number | null): GrantOnRecord => ({
    stream_id,
    structure_id: 'us',
    kind,
    to_seq,
  });
  const merges = [
    { id: 'loser', into: 'survivor', seq: 5 },
    { id: 'survivor', into: 'third', seq: 9 },
  ];

  it.each<[string, GrantOnRecord[], { record: number; lead: number }]>([
    ['nothing without a part in either', [], { record: 0, lead: 0 }],
    ['what its grants there allowed', [grant('loser', 'lead', 3)], { record: 3, lead: 3 }],
    [
      'the shared thread, as contributor of the one that goes on',
      [grant('survivor', 'contributor', null)],
      { record: endless, lead: 0 },
    ],
    ['all of it, as its lead', [grant('survivor', 'lead', null)], { record: endless, lead: endless }],
    [
      'all of it, as a lead that left after the merge',
      [grant('survivor', 'lead', 5)],
      { record: endless, lead: endless },
    ],
    ['nothing, as a lead that left before it', [grant('survivor', 'lead', 4)], { record: 0, lead: 0 }],
    ['nothing, as a contributor that left', [grant('survivor', 'contributor', 8)], { record: 0, lead: 0 }],
    ['through two merges', [grant('third', 'contributor', null)], { record: endless, lead: 0 }],
  ])('%s', (_, grants, expected) => expect(horizonsIn('loser', 'us', grants, merges)).toMatchObject(expected));

  it('as whom: a former contributor of the one that goes on may have led this one', () => {
    expect(viewIn('former_contributor', horizonsIn('loser', 'us', [grant('loser', 'lead', 3)], merges))).toBe(
      'former_lead',
    );
    expect(viewIn('former_contributor', horizonsIn('loser', 'us', [], merges))).toBe('former_contributor');
    expect(viewIn('lead', horizonsIn('loser', 'us', [], merges))).toBe('lead');
  });
});

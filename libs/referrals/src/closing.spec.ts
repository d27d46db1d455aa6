import { Problem, type Decided } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { Slices } from '@fil-rouge/platform';
import type { Handover } from './handover/handover';
import { referralsLibrary } from './referrals.library';
import type { Referral } from './referral/referral';

const slices = new Slices();
for (const slice of [...casesLibrary.slices!, ...referralsLibrary.slices!]) slices.register(slice);

const initial = slices.initial('case');
const referrals = {
  referrals: { ...(initial['referrals'] as object), open: [{ id: 'r' } as Referral, { id: 's' } as Referral] },
};
const handover = { handover: { ...(initial['handover'] as object), open: { id: 'h' } as Handover } };
const closed = (data: object): Decided => ({ type: 'CaseClosed', data: { reason: 'need_met', ...data } });

function opposition(record: object, ...decided: Decided[]): unknown {
  try {
    slices.checkUnopposed('case', { ...initial, ...record }, decided);
    return null;
  } catch (error) {
    return error instanceof Problem ? [error.code, error.members] : error;
  }
}

describe('whoever decides that a case is closed, the parts of its record have their say', () => {
  it.each<[string, object, object, unknown]>([
    ['nothing is open', {}, {}, null],
    ['open referrals', referrals, {}, ['open-referrals', { openReferrals: 2 }]],
    ['open referrals, which it cancels', referrals, { cancelReferrals: true }, null],
    ['open referrals of who has died', referrals, { reason: 'deceased' }, null],
    ['an open handover', handover, {}, ['open-handover', { handoverId: 'h' }]],
    [
      'an open handover, when it cancels referrals alone',
      handover,
      { cancelReferrals: true },
      ['open-handover', { handoverId: 'h' }],
    ],
    ['an open handover, which it cancels', handover, { cancelHandover: true }, null],
    ['an open handover of who has died', handover, { reason: 'deceased' }, null],
    [
      'both: the referrals are named first',
      { ...referrals, ...handover },
      {},
      ['open-referrals', { openReferrals: 2 }],
    ],
    [
      'both, when it cancels the referrals',
      { ...referrals, ...handover },
      { cancelReferrals: true },
      ['open-handover', { handoverId: 'h' }],
    ],
  ])('%s', (_, record, said, expected) => expect(opposition(record, closed(said))).toEqual(expected));

  it('also after something else that was decided with it', () => {
    expect(opposition(referrals, { type: 'ResidentCorrected', data: {} }, closed({}))).toEqual([
      'open-referrals',
      { openReferrals: 2 },
    ]);
  });

  it('nothing else is opposed', () => {
    for (const type of slices.eventTypes().filter((one) => one !== 'CaseClosed'))
      expect(opposition({ ...referrals, ...handover }, { type, data: {} })).toBeNull();
  });
});

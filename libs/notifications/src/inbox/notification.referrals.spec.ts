import type { Happened, Scene, Side } from './notification.audience';
import { toldOf } from './notification.rules';
import { afpa, departement, happened, laPoste, referral, scene, side, told, who } from './notification.story';

describe('who is told of a referral', () => {
  const sentByLead = scene({ referral: referral() });
  const sentByAnother = scene({ contributors: [side(afpa)], referral: referral({ from: side(afpa) }) });

  it.each(['ReferralSent', 'ReferralWithdrawn', 'ReferralCancelled', 'ReferralCancellationRequested'])(
    '%s: the recipient',
    (type) => {
      expect(told(happened(type, { reason: 'objection' }, departement), sentByLead)).toEqual([`${type}>la-poste`]);
    },
  );

  it.each(['ReferralWithdrawn', 'ReferralCancelled'])(
    '%s of a draft: nobody, the structure never knew of it',
    (type) => {
      expect(told(happened(type, {}, departement), scene({ referral: referral({ sent: false }) }))).toEqual([]);
    },
  );

  it.each([
    'ReferralAcknowledged',
    'ReferralAccepted',
    'ReferralDeclined',
    'ReferralStarted',
    'ReferralPutOnHold',
    'ReferralResumed',
    'ReferralCompleted',
    'ReferralReturned',
  ])('%s: the sender and, if another, the lead', (type) => {
    expect(told(happened(type, {}, laPoste), sentByLead)).toEqual([`${type}>departement`]);
    expect(told(happened(type, {}, laPoste), sentByAnother)).toEqual([`${type}>afpa`, `${type}>departement`]);
  });

  it('expired: the recipient, whose access ends, the sender and, if another, the lead; from the third in 90 days also the coordinator', () => {
    expect(told(happened('ReferralExpired'), sentByAnother)).toEqual([
      'ReferralExpired>la-poste',
      'ReferralExpired>afpa',
      'ReferralExpired>departement',
    ]);
    expect(told(happened('ReferralExpired'), scene({ referral: referral({ expiries: 2 }) }))).toEqual([
      'ReferralExpired>la-poste',
      'ReferralExpired>departement',
    ]);
    expect(told(happened('ReferralExpired'), scene({ referral: referral({ expiries: 3 }) }))).toEqual([
      'ReferralExpired>la-poste',
      'ReferralExpired>departement',
      'RepeatedExpiries>coordinator',
    ]);
  });

  it('a reminder: the recipient, on day 12 the coordinator as well', () => {
    expect(told(happened('ReferralReminded', { day: 3, awaiting: 'answer' }), sentByLead)).toEqual([
      'ReferralReminded>la-poste',
    ]);
    expect(told(happened('ReferralReminded', { day: 12, awaiting: 'answer', coordinator: true }), sentByLead)).toEqual([
      'ReferralReminded>la-poste',
      'ReferralUnanswered>coordinator',
    ]);
    expect(told(happened('ReferralReminded', { day: 15, awaiting: 'first_session' }), sentByLead)).toEqual([
      'FirstSessionAwaited>la-poste',
    ]);
  });

  it('a held one released by a decision of the State: recipient and sender; cancelled by it: the sender only', () => {
    expect(told(happened('ReferralSent'), sentByLead)).toEqual([
      'ReferralSent>la-poste',
      'ReferralReleased>departement',
    ]);
    expect(
      told(
        happened('ReferralCancelled', { reason: 'structure_not_validated' }),
        scene({ referral: referral({ sent: false }) }),
      ),
    ).toEqual(['ReferralCancelled>departement']);
  });

  it.each(['agreed', 'forced'])(
    'a cancellation that was %s: whoever had sent it and the lead learn of it too',
    (reason) => {
      expect(told(happened('ReferralCancelled', { reason }, laPoste), sentByAnother)).toEqual([
        'ReferralCancelled>la-poste',
        'ReferralCancelled>afpa',
        'ReferralCancelled>departement',
      ]);
    },
  );

  it('by somebody outside, or by the lead: every side but the one that acted, and who it was', () => {
    const said = (event: Happened, given: Scene) =>
      toldOf(event, given).map(({ to, cause }) => `${(to as Side).structureId}: ${cause ?? '–'}`);
    const byCoordinator = (type: string, data: object = {}) => happened(type, data, null, 'cora');
    expect(said(byCoordinator('ReferralWithdrawn'), sentByLead)).toEqual([
      'la-poste: coordinator',
      'departement: coordinator',
    ]);
    expect(said(byCoordinator('ReferralWithdrawn'), sentByAnother)).toEqual([
      'la-poste: coordinator',
      'afpa: coordinator',
      'departement: coordinator',
    ]);
    expect(said(byCoordinator('ReferralCancelled', { reason: 'forced' }), sentByLead)).toEqual([
      'la-poste: forced',
      'departement: forced',
    ]);
    expect(said(happened('ReferralWithdrawn', {}, departement), sentByAnother)).toEqual([
      'la-poste: lead',
      'afpa: lead',
    ]);
    expect(said(happened('ReferralWithdrawn', {}, afpa), sentByAnother)).toEqual(['la-poste: –']);
    expect(said(happened('ReferralCancelled', { reason: 'case_closed' }, departement), sentByAnother)).toEqual([
      'la-poste: case_closed',
      'afpa: case_closed',
    ]);
    expect(said(happened('ReferralCancellationRequested', {}, departement), sentByAnother)).toEqual([
      'la-poste: –',
      'afpa: lead',
    ]);
    expect(
      said(
        happened('ReferralCancelled', { reason: 'sender_not_validated' }),
        scene({ referral: referral({ sent: false }) }),
      ),
    ).toEqual(['departement: sender_not_validated']);
    expect(said(happened('ReferralSent', {}, departement), scene({ referral: referral({ urgent: true }) }))).toEqual([
      'la-poste: urgent',
    ]);
  });

  it('voided while it was open: the recipient loses its access and is told, as are sender and lead; afterwards nobody', () => {
    expect(told(happened('ReferralVoided', { ended: ['g1'] }), sentByAnother)).toEqual([
      'ReferralVoided>la-poste',
      'ReferralVoided>afpa',
      'ReferralVoided>departement',
    ]);
    expect(told(happened('ReferralVoided', { ended: [] }), sentByAnother)).toEqual([]);
    expect(told(happened('ReferralVoided'), sentByAnother)).toEqual([]);
  });

  it('another structure of a broadcast has accepted: the recipient learns that, whoever asked has been told of the acceptance', () => {
    expect(told(happened('ReferralCancelled', { reason: 'filled_elsewhere' }), sentByAnother)).toEqual([
      'ReferralFilledElsewhere>la-poste',
    ]);
  });

  it('a case to which nobody adds an entry: its lead', () => {
    expect(told(happened('CaseFellSilent', { days: 60 }), scene())).toEqual(['CaseFellSilent>departement']);
  });

  it('a lead that receives the referral is not told of its own answer', () => {
    expect(
      told(
        happened('ReferralAccepted', {}, laPoste),
        scene({ lead: side(laPoste), contributors: [side(afpa)], referral: referral({ from: side(afpa) }) }),
      ),
    ).toEqual(['ReferralAccepted>afpa']);
  });

  it('a sender that takes no part any more learns nothing new: what it sent reports to the lead', () => {
    const left = scene({ referral: referral({ from: side(afpa) }) });
    expect(
      ['ReferralAccepted', 'ReferralDeclined', 'ReferralCompleted'].flatMap((type) =>
        told(happened(type, {}, laPoste), left),
      ),
    ).toEqual(['ReferralAccepted>departement', 'ReferralDeclined>departement', 'ReferralCompleted>departement']);
    expect(told(happened('ReferralExpired'), left)).toEqual([
      'ReferralExpired>la-poste',
      'ReferralExpired>departement',
    ]);
    expect(told(happened('ReferralSent'), left)).toEqual(['ReferralSent>la-poste', 'ReferralReleased>departement']);
    expect(
      told(happened('ReferralSent'), scene({ lead: side(laPoste), referral: referral({ from: side(afpa) }) })),
    ).toEqual(['ReferralSent>la-poste']);
  });

  it('the contact a colleague has named, on acceptance or since, and the one who helped until then', () => {
    const named = (type: string, data: object) =>
      toldOf(
        happened(type, { toStructureId: laPoste, fromStructureId: departement, ...data }, laPoste),
        sentByLead,
      ).map(({ type, to, cause }) => [type, who(to), cause]);
    expect(named('ReferralContactNamed', { contactUserId: 'anne' })).toEqual([
      ['ReferralContactNamed', 'anne', undefined],
    ]);
    expect(named('ReferralContactNamed', { contactUserId: 'anne', previousContactUserId: 'bob' })).toEqual([
      ['ReferralContactNamed', 'anne', undefined],
      ['ReferralContactNamed', 'bob', 'taken'],
    ]);
    expect(named('ReferralAccepted', { contactUserId: 'anne' })).toEqual([
      ['ReferralAccepted', 'lea', undefined],
      ['ReferralContactNamed', 'anne', undefined],
    ]);
  });
});

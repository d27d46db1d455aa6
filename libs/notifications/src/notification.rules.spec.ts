import { peopleOf, toldOf, toldEvents, whoIsTold, type Employee, type Happened, type Scene, type Side } from './notification.rules';
import { titledTypes } from './notification.titles';

const side = (structureId: string, counsellorId: string | null = null): Side => ({ structureId, counsellorId });
const [departement, laPoste, afpa, croixRouge] = ['departement', 'la-poste', 'afpa', 'croix-rouge'];

const scene = (change: Partial<Scene> = {}): Scene => ({ commune: '72181', lead: side(departement, 'lea'), contributors: [], ...change });
const referral = (change: Partial<NonNullable<Scene['referral']>> = {}) => ({ from: side(departement, 'lea'), to: side(laPoste), sent: true, expiries: 0, ...change });
const handover = (change: Partial<NonNullable<Scene['handover']>> = {}) => ({ from: side(departement, 'lea'), to: side(afpa, 'paul'), kind: 'push', blind: false, ...change });
const happened = (type: string, data: object = {}, structure: string | null = null, actor: string | null = structure && 'somebody'): Happened => ({ type, actor, structure, data });

/** `type>structure`, `type>coordinator` */
const told = (event: Happened, given: Scene) => toldOf(event, given).map(({ type, to }) => `${type}>${to === 'coordinator' ? to : to.structureId}`);

describe('who is told of a referral', () => {
  const sentByLead = scene({ referral: referral() });
  const sentByAnother = scene({ contributors: [side(afpa)], referral: referral({ from: side(afpa) }) });

  it.each(['ReferralSent', 'ReferralWithdrawn', 'ReferralCancelled', 'ReferralCancellationRequested'])('%s: the recipient', (type) => {
    expect(told(happened(type, { reason: 'objection' }, departement), sentByLead)).toEqual([`${type}>la-poste`]);
  });

  it.each(['ReferralWithdrawn', 'ReferralCancelled'])('%s of a draft: nobody, the structure never knew of it', (type) => {
    expect(told(happened(type, {}, departement), scene({ referral: referral({ sent: false }) }))).toEqual([]);
  });

  it.each([
    'ReferralAcknowledged', 'ReferralAccepted', 'ReferralDeclined', 'ReferralStarted', 'ReferralPutOnHold', 'ReferralCompleted', 'ReferralReturned',
  ])('%s: the sender and, if another, the lead', (type) => {
    expect(told(happened(type, {}, laPoste), sentByLead)).toEqual([`${type}>departement`]);
    expect(told(happened(type, {}, laPoste), sentByAnother)).toEqual([`${type}>afpa`, `${type}>departement`]);
  });

  it('expired: the sender and, if another, the lead; from the third in 90 days also the coordinator', () => {
    expect(told(happened('ReferralExpired'), sentByAnother)).toEqual(['ReferralExpired>afpa', 'ReferralExpired>departement']);
    expect(told(happened('ReferralExpired'), scene({ referral: referral({ expiries: 2 }) }))).toEqual(['ReferralExpired>departement']);
    expect(told(happened('ReferralExpired'), scene({ referral: referral({ expiries: 3 }) }))).toEqual(['ReferralExpired>departement', 'RepeatedExpiries>coordinator']);
  });

  it('a reminder: the recipient, on day 12 the coordinator as well', () => {
    expect(told(happened('ReferralReminded', { day: 3, awaiting: 'answer' }), sentByLead)).toEqual(['ReferralReminded>la-poste']);
    expect(told(happened('ReferralReminded', { day: 12, awaiting: 'answer', coordinator: true }), sentByLead)).toEqual(['ReferralReminded>la-poste', 'ReferralUnanswered>coordinator']);
    expect(told(happened('ReferralReminded', { day: 15, awaiting: 'first_session' }), sentByLead)).toEqual(['FirstSessionAwaited>la-poste']);
  });

  it('a held one released by a decision of the State: recipient and sender; cancelled by it: the sender only', () => {
    expect(told(happened('ReferralSent'), sentByLead)).toEqual(['ReferralSent>la-poste', 'ReferralReleased>departement']);
    expect(told(happened('ReferralCancelled', { reason: 'structure_not_validated' }), scene({ referral: referral({ sent: false }) }))).toEqual(['ReferralCancelled>departement']);
  });

  it.each(['agreed', 'forced'])('a cancellation that was %s: whoever had sent it and the lead learn of it too', (reason) => {
    expect(told(happened('ReferralCancelled', { reason }, laPoste), sentByAnother)).toEqual(['ReferralCancelled>la-poste', 'ReferralCancelled>afpa', 'ReferralCancelled>departement']);
  });

  it('voided while it was open: the recipient loses its access and is told, as are sender and lead; afterwards nobody', () => {
    expect(told(happened('ReferralVoided', { ended: ['g1'] }), sentByAnother)).toEqual(['ReferralVoided>la-poste', 'ReferralVoided>afpa', 'ReferralVoided>departement']);
    expect(told(happened('ReferralVoided', { ended: [] }), sentByAnother)).toEqual([]);
    expect(told(happened('ReferralVoided'), sentByAnother)).toEqual([]);
  });

  it('another structure of a broadcast has accepted: the recipient learns that, whoever asked has been told of the acceptance', () => {
    expect(told(happened('ReferralCancelled', { reason: 'filled_elsewhere' }), sentByAnother)).toEqual(['ReferralFilledElsewhere>la-poste']);
  });

  it('a case to which nobody adds an entry: its lead', () => {
    expect(told(happened('CaseFellSilent', { days: 60 }), scene())).toEqual(['CaseFellSilent>departement']);
  });

  it('a lead that receives the referral is not told of its own answer', () => {
    expect(told(happened('ReferralAccepted', {}, laPoste), scene({ lead: side(laPoste), contributors: [side(afpa)], referral: referral({ from: side(afpa) }) }))).toEqual(['ReferralAccepted>afpa']);
  });

  it('a sender that takes no part any more learns nothing new: what it sent reports to the lead', () => {
    const left = scene({ referral: referral({ from: side(afpa) }) });
    expect(['ReferralAccepted', 'ReferralDeclined', 'ReferralExpired'].flatMap((type) => told(happened(type, {}, laPoste), left)))
      .toEqual(['ReferralAccepted>departement', 'ReferralDeclined>departement', 'ReferralExpired>departement']);
    expect(told(happened('ReferralSent'), left)).toEqual(['ReferralSent>la-poste', 'ReferralReleased>departement']);
    expect(told(happened('ReferralSent'), scene({ lead: side(laPoste), referral: referral({ from: side(afpa) }) }))).toEqual(['ReferralSent>la-poste']);
  });

  it('the contact a colleague has named', () => {
    expect(told(happened('ReferralContactNamed', {}, laPoste), sentByLead)).toEqual(['ReferralContactNamed>la-poste']);
  });
});

describe('who is told of a handover', () => {
  const push = scene({ handover: handover() });

  it.each(['HandoverProposed', 'HandoverRequested', 'HandoverAccepted', 'HandoverDeclined', 'HandoverWithdrawn', 'HandoverCancelled'])('%s: the other side', (type) => {
    expect(told(happened(type, {}, departement), push)).toEqual([`${type}>afpa`]);
    expect(told(happened(type, {}, afpa), push)).toEqual([`${type}>departement`]);
  });

  it('expired: both, nobody acted; a request that the lead left unanswered goes to the coordinator', () => {
    expect(told(happened('HandoverExpired', { escalate: false }), push)).toEqual(['HandoverExpired>departement', 'HandoverExpired>afpa']);
    expect(told(happened('HandoverExpired', { escalate: true }), push)).toContain('HandoverUnanswered>coordinator');
  });

  it('a reminder: the side that has to answer', () => {
    expect(told(happened('HandoverReminded', { day: 3 }), push)).toEqual(['HandoverReminded>afpa']);
    expect(told(happened('HandoverReminded', { day: 3 }), scene({ handover: handover({ kind: 'pull' }) }))).toEqual(['HandoverReminded>departement']);
  });

  it('effective: both sides and the other contributors', () => {
    const contributors = [side(laPoste, 'anne'), side(afpa)];
    expect(told(happened('HandoverTookEffect'), scene({ handover: handover(), contributors })))
      .toEqual(['HandoverTookEffect>departement', 'HandoverTookEffect>afpa', 'HandoverTookEffect>la-poste']);
  });

  it('inside a structure: the old and the new counsellor', () => {
    const inside = scene({ handover: handover({ from: side(departement, 'lea'), to: side(departement, 'marc'), kind: 'internal' }) });
    expect(toldOf(happened('HandoverTookEffect', {}, departement), inside).map(({ to }) => to)).toEqual([side(departement, 'lea'), side(departement, 'marc')]);
  });

  it('cancelled by a decision from outside: both, also when a side employs the coordinator', () => {
    expect(told(happened('HandoverCancelled', { because: 'administrative' }, departement), push)).toEqual(['HandoverCancelled>departement', 'HandoverCancelled>afpa']);
  });
});

describe('who is told of entries', () => {
  it.each(['SessionRecorded', 'WorkshopAttended'])('%s by another structure: the lead, as a digest', (type) => {
    expect(told(happened(type, {}, croixRouge), scene())).toEqual(['EntriesAdded>departement']);
    expect(told(happened(type, {}, departement), scene())).toEqual([]);
  });
});

describe('which people', () => {
  const employee = (userId: string, role: Employee['role'], structureId = laPoste, territory: string[] | null = null): Employee => ({ userId, structureId, role, territory });
  const staff = [
    employee('anne', 'counsellor'), employee('bob', 'counsellor'), employee('rose', 'manager'), employee('remy', 'manager'),
    employee('cora', 'coordinator', departement, ['72181']), employee('colin', 'coordinator', departement, ['72264']), employee('celia', 'coordinator', departement),
  ];
  const people = (to: Side | 'coordinator', author: string | null = null, employed = staff) =>
    peopleOf({ type: 'ReferralSent', to }, employed, scene(), author).map(({ userId }) => userId);

  it('the named counsellor', () => expect(people(side(laPoste, 'bob'))).toEqual(['bob']));
  it('nobody named: the managers', () => expect(people(side(laPoste))).toEqual(['rose', 'remy']));
  it('the named one has left: the managers', () => expect(people(side(laPoste, 'gone'))).toEqual(['rose', 'remy']));
  it('no manager at all: the counsellors', () => expect(people(side(laPoste), null, staff.filter(({ role }) => role !== 'manager'))).toEqual(['anne', 'bob']));
  it('never the author, and nobody in the place of a named author', () => {
    expect(people(side(laPoste), 'rose')).toEqual(['remy']);
    expect(people(side(laPoste, 'bob'), 'bob')).toEqual([]);
  });
  it('coordinators of the territory or of the whole network', () => expect(people('coordinator')).toEqual(['cora', 'celia']));
  it('says for which structure', () => {
    expect(peopleOf({ type: 'ReferralUnanswered', to: 'coordinator' }, staff, scene(), null)[0]).toEqual({ userId: 'cora', structureId: departement });
  });
});

it('every event that is told and every name it is told under has a title', () => {
  const types = whoIsTold.flatMap(({ on, as }) => (as ? [as] : on));
  expect([...new Set(types)].filter((type) => !titledTypes.includes(type))).toEqual([]);
  // Told of a structure, not on a case: structures.consumer.ts.
  expect(titledTypes.filter((type) => !types.includes(type))).toEqual(['CasesLeftBehind']);
  expect(toldEvents).toContain('ReferralSent');
});

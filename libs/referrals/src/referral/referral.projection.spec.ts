import { system, type Actor, type Change, type Decided, type JsonObject } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { given, withoutRows } from '../../../../test/support/given';
import type { AccessImage } from './referral.projection';
import { referralsSlice } from './referral.slice';
import { handoverSlice } from '../handover/handover.slice';

const opens = (structureId: string, kind: 'lead' | 'contributor' | 'candidate') => ({
  opened: [{ id: `${kind}-${structureId}`, structureId, kind, source: 'r' }],
});
const happened = (type: string, data: JsonObject = {}, id = 'r'): Decided => ({
  type,
  about: id,
  audience: 'about',
  data: { referralId: id, fromStructureId: 'departement', toStructureId: 'la-poste', ...data },
});
const opened: Decided = {
  type: 'CaseOpened',
  data: { ...opens('departement', 'lead'), lead: { structureId: 'departement', counsellorId: null } },
  pieces: [{ kind: 'profile', value: { commune: '72181' } }],
};
const drafted = (data: JsonObject = {}, id = 'r'): Decided => ({
  ...happened('ReferralDrafted', { urgency: 'normal', onwardAllowed: false, chain: [], ...data }, id),
  pieces: [{ kind: 'shared_text', value: { needs: ['email'], contact: 'phone', message: 'secret' }, sharedBy: id }],
});
const sent: Decided = {
  ...happened('ReferralSent', opens('la-poste', 'candidate')),
  pieces: [{ kind: 'first_name', value: { firstName: 'Odile' }, sharedBy: 'r' }],
};
const accepted = happened('ReferralAccepted', { ...opens('la-poste', 'contributor'), ended: ['candidate-la-poste'] });
const handedOver = (ended: string[] = ['lead-departement'], to = 'afpa'): Decided => ({
  type: 'HandoverTookEffect',
  about: 'h',
  audience: 'about',
  data: { ...opens(to, 'lead'), ended, lead: { structureId: to, counsellorId: null } },
});

/** Changes of the last event of a record. */
const projected = (...story: Decided[]): Change[] => projectedBy(null, story);

/** The same, all done by one structure. */
function projectedBy(author: string | null, told: Decided[]): Change[] {
  const actor: Actor =
    author === null ? system : { userId: 'anne', structureId: author, role: 'counsellor', territory: null };
  const story = given(
    'case',
    [...casesLibrary.slices!.map(withoutRows), referralsSlice(), withoutRows(handoverSlice)],
    { id: 'case' },
  );
  told.forEach((decided, index) => {
    story.now = new Date(Date.UTC(2026, 10, 23, 9, index)).toISOString();
    story.happened(actor, decided);
  });
  return [...story.changes];
}
const rowsOf = (changes: Change[], call: string) =>
  changes.filter((change) => change.call === call).flatMap(({ rows }) => rows as JsonObject[]);
const images = (changes: Change[]) =>
  (rowsOf(changes, 'put_referral_access') as unknown as AccessImage[]).map(
    ({ structure_id, box, status, sheet_open, needs, until_seq, roles }) => [
      structure_id,
      box,
      status,
      sheet_open,
      needs,
      until_seq,
      roles,
    ],
  );
const parties = (changes: Change[]) =>
  rowsOf(changes, 'put_party').map(({ structure_id, until_seq, reads_sheet }) => [
    structure_id,
    until_seq,
    reads_sheet,
  ]);

describe('rows of a referral', () => {
  it('a draft is its sender’s; sent, it is the recipient’s too', () => {
    expect(images(projected(opened, drafted()))).toEqual([
      ['departement', 'sent', 'draft', true, ['email'], null, ['sender', 'lead']],
    ]);
    expect(images(projected(opened, drafted(), sent))).toEqual([
      ['departement', 'sent', 'sent', true, ['email'], null, ['sender', 'lead']],
      ['la-poste', 'received', 'sent', true, ['email'], null, ['recipient']],
    ]);
    expect(parties(projected(opened, drafted(), sent))).toEqual([
      ['departement', null, true],
      ['la-poste', null, true],
    ]);
  });

  it('a draft worded anew: its recipient reads from the wording that was sent on, its sender all of them', () => {
    const edited: Decided = { ...drafted({ toStructureId: 'la-poste' }), type: 'ReferralDraftEdited' };
    const changes = projected(opened, drafted({ toStructureId: 'afpa' }), edited, sent);
    expect(images(changes).map(([structure, box]) => [structure, box])).toEqual([
      ['departement', 'sent'],
      ['la-poste', 'received'],
    ]);
    expect(rowsOf(changes, 'put_party')).toMatchObject([
      { structure_id: 'departement', from_event: null },
      { structure_id: 'la-poste', from_event: 'event-3' },
    ]);
    expect(rowsOf(changes, 'put_referral')).toMatchObject([{ draft_event: 'event-3', seq: 2, version: 3 }]);
  });

  it('the global row has what is due and where the sealed texts are; nothing personal stands in any row but codes', () => {
    const changes = projected(opened, drafted(), sent);
    expect(rowsOf(changes, 'put_referral')[0]).toMatchObject({
      id: 'r',
      case_id: 'case',
      version: 2,
      seq: 2,
      draft_event: 'event-2',
      sheet_event: 'event-3',
      due_at: '2026-12-21T22:59:59.999Z',
      late_from: '2026-12-02T22:59:59.999Z',
    });
    expect(JSON.stringify(changes)).not.toMatch(/secret|Odile/);
  });

  it('declined: the recipient keeps the state without needs, and its events up to that one', () => {
    const changes = projected(
      opened,
      drafted(),
      sent,
      happened('ReferralDeclined', { reason: 'no_capacity', ended: ['candidate-la-poste'] }),
    );
    expect(images(changes)).toEqual([
      ['departement', 'sent', 'declined', true, ['email'], null, ['sender', 'lead']],
      ['la-poste', 'received', 'declined', false, null, 4, []],
    ]);
    expect(parties(changes)).toEqual([
      ['departement', null, true],
      ['la-poste', 4, false],
    ]);
  });

  it('entered in error while open: the recipient is told and sees no more', () => {
    expect(
      images(projected(opened, drafted(), sent, happened('ReferralVoided', { ended: ['candidate-la-poste'] })))[1],
    ).toEqual(['la-poste', 'received', 'entered_in_error', false, null, 4, []]);
  });

  it('entered in error after its end: changed where it stands', () => {
    const changes = projected(
      opened,
      drafted(),
      happened('ReferralWithdrawn', { reason: 'other' }),
      happened('ReferralVoided'),
    );
    expect(changes.map(({ call }) => call)).toEqual(['put_referral_void']);
    expect(changes[0]!.rows).toEqual([{ id: 'r', at: '2026-11-23T09:03:00.000Z' }]);
  });
});

describe('when the lead moves', () => {
  it('the new lead gets every open referral and a copy of the ended ones; the old one keeps them as of the end', () => {
    const changes = projected(opened, drafted(), sent, handedOver());
    expect(images(changes)).toEqual([
      ['departement', 'sent', 'sent', true, ['email'], 4, ['former_sender']],
      ['afpa', 'lead', 'sent', true, ['email'], null, ['lead']],
    ]);
    expect(parties(changes)).toEqual([['departement', 4, true]]);
    expect(rowsOf(changes, 'copy_referral_access')).toEqual([
      { $key: 'case/afpa', case_id: 'case', structure_id: 'afpa' },
    ]);
    expect(rowsOf(changes, 'put_referral_access_end')).toMatchObject([
      { structure_id: 'departement', until_seq: 4, boxes: ['lead', 'received', 'sent', 'child'], keeps_sheet: true },
    ]);
  });

  it('what happens afterwards is not told to the old lead', () => {
    expect(images(projected(opened, drafted(), sent, handedOver(), accepted)).map(([structure]) => structure)).toEqual([
      'la-poste',
      'afpa',
    ]);
  });

  it('but the old lead may take back what it sent, and sees that it did', () => {
    const withdrawn: Decided = happened('ReferralWithdrawn', { reason: 'other', ended: ['candidate-la-poste'] });
    const changes = projectedBy('departement', [opened, drafted(), sent, handedOver(), withdrawn]);
    expect(images(changes)[0]).toEqual(['departement', 'sent', 'withdrawn', true, ['email'], 4, ['former_sender']]);
    expect(parties(changes)[0]).toEqual(['departement', 4, true]);
  });

  it('or ask to cancel, and sees that it did, and nothing of what has come since', () => {
    const changes = projectedBy('departement', [
      opened,
      drafted(),
      sent,
      handedOver(),
      accepted,
      happened('ReferralCancellationRequested'),
    ]);
    expect(images(changes).map(([structure]) => structure)).toEqual(['la-poste', 'afpa']);
    expect(rowsOf(changes, 'put_referral_access_asked')).toEqual([
      { structure_id: 'departement', id: 'r', at: expect.any(String) },
    ]);
  });

  it('to a recipient: it keeps its box and now leads; the candidate of another keeps its own', () => {
    const other = drafted({ toStructureId: 'afpa' }, 'other');
    const sentOther: Decided = happened(
      'ReferralSent',
      { toStructureId: 'afpa', ...opens('afpa', 'candidate') },
      'other',
    );
    const changes = projected(
      opened,
      drafted(),
      sent,
      other,
      sentOther,
      accepted,
      handedOver(['lead-departement'], 'la-poste'),
    );
    expect(images(changes)).toEqual([
      ['departement', 'sent', 'sent', true, ['email'], 7, ['former_sender']],
      ['la-poste', 'lead', 'sent', true, ['email'], null, ['lead']],
      ['departement', 'sent', 'accepted', true, ['email'], 7, ['former_sender']],
      ['la-poste', 'received', 'accepted', true, ['email'], null, ['recipient', 'lead']],
    ]);
  });

  it('an old lead that still contributes keeps what it sent alive, and loses the rest', () => {
    const again: Decided = {
      type: 'RecordsMerged',
      data: { loserId: 'other', takenOver: { objections: [], mergedFrom: [] }, ...opens('departement', 'contributor') },
    };
    const changes = projected(opened, again, drafted(), sent, handedOver());
    expect(images(changes)[0]).toEqual(['departement', 'sent', 'sent', true, ['email'], null, ['sender']]);
    expect(rowsOf(changes, 'put_referral_access_end')).toMatchObject([{ boxes: ['lead', 'received'] }]);
  });
});

it('a contributor that leaves keeps what it had sent on, without the sheet', () => {
  const onward = drafted(
    { fromStructureId: 'la-poste', toStructureId: 'afpa', parentReferralId: 'r', parentFromId: 'departement' },
    'on',
  );
  const changes = projected(
    opened,
    drafted(),
    sent,
    accepted,
    onward,
    happened('ReferralCompleted', { outcome: 'helped', ended: ['contributor-la-poste'] }),
  );
  expect(images(changes)).toEqual([
    ['departement', 'sent', 'completed', true, ['email'], null, ['sender', 'lead']],
    ['la-poste', 'received', 'completed', false, null, 6, []],
    ['la-poste', 'sent', 'draft', false, null, 6, ['former_sender']],
  ]);
  expect(rowsOf(changes, 'put_referral_access_end')).toMatchObject([{ structure_id: 'la-poste', keeps_sheet: false }]);
});

it('events of others change no row', () => {
  expect(projected(opened, drafted(), sent, { type: 'SessionRecorded', data: { sessionId: 's' } })).toEqual([]);
  expect(projected(opened).map(({ call }) => call)).toEqual([]);
});

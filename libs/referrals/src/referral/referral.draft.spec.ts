import { type JsonObject, type RecordEvent } from '@fil-rouge/kernel';
import { typesOf } from '../../../../test/support/given';
import * as rule from './referral.decider';
import { afpa, departement, FollowUp, laPoste, mairie, perform, who } from './referral.story';

describe('a draft', () => {
  const draft = (change: Partial<rule.NewReferral> = {}): { story: FollowUp; referralId: string } => {
    const story = new FollowUp();
    return { story, referralId: story.create(who(departement), laPoste, { send: false, ...change }) };
  };
  const textOf = (event: RecordEvent): JsonObject | undefined =>
    event.pieces.find(({ kind }) => kind === 'shared_text')?.value;

  it('is worded anew as a whole: what is not said again stays, null takes away', () => {
    const { story, referralId } = draft({ onwardAllowed: true });
    const [edited] = story.do(who(departement), rule.edit, {
      referralId,
      needs: ['sante', 'email'],
      urgency: 'urgent',
      message: null,
    });
    expect(edited!.data).toEqual({
      referralId,
      fromStructureId: departement,
      toStructureId: laPoste,
      urgency: 'urgent',
      onwardAllowed: true,
      chain: [departement],
    });
    expect(textOf(edited!)).toEqual({
      needs: ['sante', 'email'],
      contact: 'phone',
      informed: { on: '2026-11-23', how: 'oral' },
    });
    expect(story.referral(referralId)).toMatchObject({
      status: 'draft',
      version: 2,
      draftEvent: edited!.id,
      needs: ['sante', 'email'],
      urgency: 'urgent',
    });
    story.do(who(departement), rule.edit, { referralId, contact: 'email' });
    expect(textOf(story.events.at(-1)!)).toEqual({
      needs: ['sante', 'email'],
      contact: 'email',
      informed: { on: '2026-11-23', how: 'oral' },
    });
  });

  it('says nothing new: nothing happens', () => {
    const { story, referralId } = draft();
    expect(story.do(who(departement), rule.edit, { referralId, message: 'Bonjour', toStructureId: laPoste })).toEqual(
      [],
    );
  });

  it('goes to another recipient: whoever was told of the first has yet to be told of this one', () => {
    const { story, referralId } = draft();
    story.do(who(departement), rule.edit, { referralId, toStructureId: afpa });
    expect(perform.send(story, who(departement), referralId).code).toBe('not-informed');
    story.do(who(departement), rule.edit, {
      referralId,
      toStructureId: mairie,
      informed: { on: '2026-11-22', how: 'written' },
    });
    expect(typesOf(perform.send(story, who(departement), referralId).done)).toEqual(['ReferralSent']);
  });

  it('needs no recipient until it is sent, and what was said of informing holds for the first one that is named', () => {
    const { story, referralId } = draft({ toStructureId: undefined });
    expect(perform.send(story, who(departement), referralId).code).toBe('invalid');
    story.do(who(departement), rule.edit, { referralId, toStructureId: afpa });
    story.do(who(departement), rule.edit, { referralId, toStructureId: null });
    expect(story.referral(referralId).to).toBeUndefined();
  });

  it('is for nobody who cannot be asked, continues nothing that was not accepted, and is checked as when it was made', () => {
    const { story, referralId } = draft();
    const refused = (said: rule.DraftChanges) => story.ask(who(departement), rule.edit, { referralId, ...said }).code;
    expect(
      [
        { toStructureId: departement },
        { toStructureId: 'nobody' },
        { parentReferralId: 'nothing' },
        { previousReferralId: 'nothing' },
        { informed: { on: '2026-11-24', how: 'oral' } },
      ].map(refused),
    ).toEqual(['invalid', 'recipient-not-active', 'invalid', 'invalid', 'not-informed']);
  });

  it('of a contributor may still be said to continue what it has accepted', () => {
    const story = new FollowUp();
    const parentReferralId = story.accepted(who(departement), afpa, { onwardAllowed: true });
    const referralId = story.create(who(afpa), laPoste, { send: false });
    expect(perform.send(story, who(afpa), referralId).code).toBe('invalid');
    story.do(who(afpa), rule.edit, { referralId, parentReferralId });
    expect(story.referral(referralId)).toMatchObject({
      parentId: parentReferralId,
      parentFrom: departement,
      chain: [departement, afpa],
    });
    expect(typesOf(perform.send(story, who(afpa), referralId).done)).toEqual(['ReferralSent']);
  });
});

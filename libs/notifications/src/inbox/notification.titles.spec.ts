import { titledTypes, titleOf, type TitleParts } from './notification.titles';

const departement = { id: 'a', name: 'Département de la Sarthe' };
const laPoste = { id: 'b', name: 'La Poste' };
const parts = (change: Partial<TitleParts> = {}): TitleParts => ({
  from: departement,
  to: laPoste,
  actor: null,
  readerId: departement.id,
  entries: 1,
  cause: null,
  ...change,
});
/** The space before a colon is a no-break space. */
const plain = (title: string) => title.replaceAll('\u00a0', ' ');
const title = (type: string, change: Partial<TitleParts> = {}) => plain(titleOf(type, parts(change)));

describe('titles', () => {
  it('name the other structure', () => {
    expect(title('ReferralSent', { readerId: laPoste.id })).toBe(
      'Département de la Sarthe : nouvelle orientation à examiner',
    );
    expect(title('ReferralAccepted')).toBe('La Poste : orientation acceptée');
    expect(title('HandoverProposed', { readerId: laPoste.id })).toBe(
      'Département de la Sarthe : passation d’un suivi proposée',
    );
  });

  it('name both to a coordinator, whoever employs it', () => {
    expect(title('ReferralUnanswered', { readerId: laPoste.id })).toBe(
      'Département de la Sarthe → La Poste : orientation toujours sans réponse',
    );
    expect(title('RepeatedExpiries', { readerId: laPoste.id })).toBe(
      'La Poste : au moins trois orientations restées sans réponse en 90 jours',
    );
  });

  it('say to each what a handover means for it', () => {
    expect(title('HandoverTookEffect', { readerId: laPoste.id })).toBe(
      'Département de la Sarthe : passation effective, votre structure mène désormais le suivi',
    );
    expect(title('HandoverTookEffect')).toBe('La Poste : passation effective, cette structure mène désormais le suivi');
    expect(title('HandoverTookEffect', { readerId: 'c' })).toBe(
      'La Poste : cette structure mène désormais un suivi auquel vous contribuez',
    );
    expect(title('HandoverTookEffect', { to: departement })).toBe('Passation effective dans votre structure');
  });

  it('say who it was that took it back or stopped it, and why', () => {
    expect(title('ReferralWithdrawn', { readerId: laPoste.id })).toBe('Département de la Sarthe : orientation retirée');
    expect(title('ReferralWithdrawn', { cause: 'coordinator' })).toBe(
      'La Poste : orientation retirée par la coordination',
    );
    expect(title('ReferralCancelled', { cause: 'forced' })).toBe('La Poste : orientation annulée par la coordination');
    expect(title('ReferralCancelled', { cause: 'agreed' })).toBe('La Poste : orientation annulée d’un commun accord');
    expect(title('ReferralCancelled', { cause: 'sender_not_validated' })).toBe(
      'La Poste : orientation annulée, la structure qui l’envoyait n’a pas été validée par l’État',
    );
    expect(title('ReferralExpired', { readerId: laPoste.id })).toBe(
      'Département de la Sarthe : orientation expirée, restée sans réponse de votre part',
    );
    expect(title('HandoverTookEffect', { cause: 'coordinator' })).toBe(
      'La Poste : passation effective par décision de la coordination, cette structure mène désormais le suivi',
    );
    expect(title('HandoverCancelled', { cause: 'case_closed' })).toBe(
      'La Poste : passation annulée, le suivi est clos',
    );
  });

  it('say that it is urgent', () => {
    expect(title('ReferralSent', { readerId: laPoste.id, cause: 'urgent' })).toBe(
      'Département de la Sarthe : nouvelle orientation urgente à examiner',
    );
  });

  it('say to whom a case is given and from whom it is taken', () => {
    const none = { from: null, to: null };
    expect(title('LeadAssigned', { ...none, actor: departement, cause: 'given' })).toBe('Un suivi vous est confié');
    expect(title('LeadAssigned', { ...none, actor: departement, cause: 'taken' })).toBe(
      'Un suivi que vous meniez est confié à quelqu’un d’autre de votre structure',
    );
    expect(title('LeadAssigned', { ...none, actor: departement, readerId: laPoste.id })).toBe(
      'Département de la Sarthe : changement de conseiller pour un suivi auquel vous contribuez',
    );
    expect(title('CaseClosed', { ...none, actor: departement, readerId: laPoste.id })).toBe(
      'Département de la Sarthe : suivi clos, auquel vous contribuiez',
    );
  });

  it('name nobody to whoever may not know', () => {
    expect(title('HandoverDeclined', { from: null, readerId: laPoste.id })).toBe('Passation refusée');
  });

  it('say by when a vacant post is to be filled', () => {
    const said = 'La Poste : au moins un poste vacant est à pourvoir ou à rendre à l’État, au plus tard';
    expect(title('PostToFill', { from: laPoste, entries: 30 })).toBe(`${said} dans 30 jours`);
    expect(title('PostToFill', { from: laPoste, entries: 0 })).toBe(`${said} aujourd’hui`);
  });

  it('count entries', () => {
    expect(title('EntriesAdded', { actor: laPoste })).toBe('La Poste : nouvelle entrée dans un suivi que vous menez');
    expect(title('EntriesAdded', { actor: laPoste, entries: 3 })).toBe(
      'La Poste : 3 nouvelles entrées dans un suivi que vous menez',
    );
    expect(title('EntriesAdded', { entries: 3 })).toBe(
      '3 nouvelles entrées d’autres structures dans un suivi que vous menez',
    );
  });

  it('count the cases that a structure leaves behind', () => {
    expect(title('CasesLeftBehind', { from: laPoste, to: null, entries: 12 })).toBe(
      'La Poste : structure fermée ou refusée, 12 suivis à confier à d’autres structures',
    );
    expect(title('CasesLeftBehind', { from: laPoste, to: null })).toBe(
      'La Poste : structure fermée ou refusée, un suivi à confier à d’autres structures',
    );
  });

  it('are written with typographic apostrophes and without a capital after the colon', () => {
    for (const type of titledTypes) {
      expect(titleOf(type, parts())).not.toMatch(/'|: [A-ZÀÉ]/);
      expect(titleOf(type, parts({ from: null, to: null }))).toMatch(/^[A-ZÀ\d]/);
    }
  });

  it('exist for a type of a newer version', () =>
    expect(titleOf('SomethingNew', parts())).toBe('Nouvelle notification'));
});

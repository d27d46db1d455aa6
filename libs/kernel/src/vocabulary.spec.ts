import { Typologie } from '@gouvfr-anct/lieux-de-mediation-numerique';
import { ageBracketOf, ageBrackets } from './age-bracket';
import { administrativeThemeValues, digitalThemeValues, themes, themesProblem, themeValues } from './themes';
import { serviceValues, typologies, typologyValues } from './national';
import { parentOf, vocabularies } from './vocabularies';
import { genders, isValueOf, places, roles, valuesOf } from './vocabulary';
import { declineReasonValues, referralStatusValues } from './vocabulary.referrals';

describe('vocabularies', () => {
  const national = ['services', 'typologies'];
  const lists = Object.entries(vocabularies).filter(([name]) => !national.includes(name));

  it.each(lists)('%s: wire values in snake_case, a French label each', (_, list) => {
    expect(Object.keys(list).length).toBeGreaterThan(1);
    for (const [value, label] of Object.entries(list)) {
      expect(value).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(label).toMatch(/^\S.*\S$/);
      expect(label).not.toContain('_');
    }
  });

  it('know their own values only', () => {
    expect(isValueOf(places, 'domicile')).toBe(true);
    const strangers = ['Domicile', 'constructor', '__proto__', 'toString', '', undefined, 1];
    expect(strangers.filter((stranger) => isValueOf(places, stranger))).toEqual([]);
    expect(valuesOf(genders)).toEqual(['masculin', 'feminin', 'non_communique']);
  });

  it('have the values of the domain', () => {
    expect(digitalThemeValues).toHaveLength(19);
    expect(administrativeThemeValues).toHaveLength(11);
    expect(themeValues).toHaveLength(30);
    expect(referralStatusValues.join(' ')).toBe(
      'draft held sent under_review accepted declined withdrawn expired in_progress on_hold completed returned cancelled entered_in_error',
    );
    expect(declineReasonValues.join(' ')).toBe(
      'no_capacity out_of_area not_our_service not_our_public not_reachable not_interested already_followed duplicate ' +
        'missing_information other',
    );
    expect(roles.counsellor).toBe('conseiller numérique');
    expect(themes.intelligence_artificielle).toBe('Intelligence artificielle (IA)');
  });

  it('take typologies and services from the national standard', () => {
    expect(typologyValues).toEqual(
      expect.arrayContaining(['CD', 'CC', 'EPCI', 'LA_POSTE', 'AFPA', 'ASSO', 'BIB', 'MUNI']),
    );
    expect(serviceValues).toContain('Aide aux démarches administratives');
    // With a label each, and no code that the standard does not have.
    expect(typologyValues.toSorted()).toEqual(Object.values(Typologie).toSorted());
    expect(typologies.MSAP).toBe('France Services');
  });

  it('are all published, a theme of administrative help under the one it details', () => {
    expect(Object.keys(vocabularies)).toEqual(expect.arrayContaining(['themes', 'ageBrackets', 'roles', ...national]));
    expect(Object.keys(vocabularies).length).toBeGreaterThan(40);
    expect(['logement', 'email'].map(parentOf)).toEqual(['aide_aux_demarches_administratives', undefined]);
  });
});

describe('themesProblem', () => {
  it.each([
    [[], null],
    [['email', 'sante'], null],
    [['aide_aux_demarches_administratives'], null],
    [['logement', 'aide_aux_demarches_administratives'], null],
    [['logement'], 'administrative_without_parent'],
    [['email', 'email'], 'duplicate'],
    [['email', 'Sante'], 'unknown'],
    [['toString'], 'unknown'],
  ])('%j: %s', (chosen, problem) => expect(themesProblem(chosen)).toBe(problem));
});

describe('ageBracketOf', () => {
  const bracketsAt: [number, keyof typeof ageBrackets][] = [
    [-1, 'non_communique'],
    [0, 'moins_de_douze'],
    [11, 'moins_de_douze'],
    [12, 'douze_dix_huit'],
    [17, 'douze_dix_huit'],
    [18, 'dix_huit_vingt_quatre'],
    [24, 'dix_huit_vingt_quatre'],
    [25, 'vingt_cinq_trente_neuf'],
    [39, 'vingt_cinq_trente_neuf'],
    [40, 'quarante_cinquante_neuf'],
    [59, 'quarante_cinquante_neuf'],
    [60, 'soixante_soixante_neuf'],
    [69, 'soixante_soixante_neuf'],
    [70, 'soixante_dix_plus'],
    [110, 'soixante_dix_plus'],
  ];
  it.each(bracketsAt)('%d years: %s', (age, bracket) => expect(ageBracketOf(2026 - age, '2026-01-01')).toBe(bracket));

  it('does not guess without a birth year', () => expect(ageBracketOf(undefined, '2026-11-22')).toBe('non_communique'));
});

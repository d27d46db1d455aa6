import { inFrench, prefersFrench, titlesInFrench } from './french';
import { kernelSentences } from './french.sentences';
import { statusOfCode, wrongState } from './problem';

describe('prefersFrench', () => {
  it.each([
    ['fr', true],
    ['fr-FR,fr;q=0.9,en;q=0.8', true],
    ['FR-ca', true],
    ['en;q=0.4, fr;q=0.5', true],
    ['fr, en', true],
    ['de, fr;q=0.1', true],
    ['en, fr', false],
    ['en-GB,en;q=0.9,fr;q=0.8', false],
    ['fr;q=0', false],
    ['fr;q=0.5, *;q=0.8', false],
    ['fr;q=loud', false],
    ['*', false],
    ['', false],
    [undefined, false],
    [',,;;q=', false],
  ])('%s: %s', (header, french) => expect(prefersFrench(header)).toBe(french));
});

describe('inFrench', () => {
  const say = inFrench({
    ...kernelSentences,
    'It is {}.': 'C’est {}.',
    'a {} of {}': 'un {2} de {1}',
    'the sea': 'la mer',
    'I see {}!': 'Je vois {said} !',
  });

  it('fills in what the English was filled in with: labels, days, parts of sentences, in their order', () => {
    expect(say(wrongState('on_hold').detail)).toBe('Ce n’est pas possible dans l’état actuel (En pause).');
    expect(say('The day of a decision lies too far back: 2026-01-31 at the earliest.')).toBe(
      'Le jour d’une décision est trop ancien : au plus tôt le 31/01/2026.',
    );
    expect(say('It is a year of the sea.')).toBe('C’est un la mer de year.');
    expect(say('It is 3 (+).')).toBe('C’est 3 (+).');
  });

  it('does not know what nobody has said', () => {
    expect(['It was.', 'constructor', '', 'I see a boat!'].map(say)).toEqual(Array(4).fill(undefined));
    expect(say('I see the sea!')).toBe('Je vois la mer !');
  });

  it('has a title for every kind of refusal', () => {
    expect(Object.keys(titlesInFrench)).toEqual(Object.keys(statusOfCode));
  });
});

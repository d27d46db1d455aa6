import type { Shape } from '../api/client';

type Referral = Shape<'ReferralResponse'>;
export type Act = Referral['actions'][number];

interface Words {
  readonly verb: string;
  readonly consequence: (of: Referral) => string;
}

const to = ({ toStructure }: Referral): string => toStructure?.name ?? 'la structure';

/** Each act by its verb and what follows from it; "…" where something is asked first. In the order of the page: what helps first, what ends last. */
export const acts: Record<Exclude<Act, 'accept' | 'edit' | 'send'>, Words> = {
  acknowledge: {
    verb: 'Je regarde',
    consequence: ({ fromStructure }) =>
      `${fromStructure.name} voit que vous étudiez la demande. Vous avez plus de temps pour répondre.`,
  },
  resume: { verb: 'Reprendre', consequence: () => 'La pause est finie, l’accompagnement continue.' },
  complete: {
    verb: 'Terminer…',
    consequence: ({ fromStructure }) => `Vous dites ce qu’il en est. ${fromStructure.name} l’apprend aussitôt.`,
  },
  'name-contact': {
    verb: 'Désigner quelqu’un…',
    consequence: ({ contactPerson }) =>
      contactPerson
        ? `${contactPerson.name} accompagne la personne. Qui vous désignez l’apprend aussitôt.`
        : 'Personne n’est encore désigné. Qui vous désignez l’apprend aussitôt.',
  },
  hold: {
    verb: 'Mettre en pause…',
    consequence: ({ fromStructure }) => `Jusqu’au jour que vous dites. ${fromStructure.name} le voit.`,
  },
  'agree-cancellation': {
    verb: 'Accepter l’annulation',
    consequence: ({ fromStructure }) => `L’orientation s’arrête. ${fromStructure.name} l’apprend aussitôt.`,
  },
  decline: {
    verb: 'Refuser…',
    consequence: ({ fromStructure }) =>
      `Vous dites pourquoi. Cette page se ferme pour vous, ${fromStructure.name} cherche ailleurs.`,
  },
  return: {
    verb: 'Rendre…',
    consequence: ({ fromStructure }) => `Vous n’allez pas au bout. ${fromStructure.name} cherche une suite.`,
  },
  'request-cancellation': {
    verb: 'Demander l’annulation…',
    consequence: (of) => `L’orientation s’arrête si ${to(of)} est d’accord.`,
  },
  withdraw: {
    verb: 'Retirer…',
    consequence: (of) =>
      of.status === 'draft' ? 'Le brouillon est abandonné.' : `${to(of)} n’a plus rien à faire et ne lit plus rien.`,
  },
  cancel: {
    verb: 'Annuler…',
    consequence: () => 'Elle s’arrête tout de suite. Les deux structures sont prévenues et lisent pourquoi.',
  },
  void: { verb: 'Saisie par erreur…', consequence: () => 'Elle reste lisible, marquée, et ne compte plus nulle part.' },
};

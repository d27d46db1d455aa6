import type { Sentences } from '@fil-rouge/kernel';

export const statisticsSentences: Sentences = {
  'Your role does not see the statistics of this scope. Leave `scope` out.':
    'Votre rôle ne voit pas ces statistiques. Retirez `scope`.',
  'Ask for {} months at most.': 'Demandez {} mois au plus.',
  'Sums of several structures are told for whole months that are over: begin on the first day of a month and end on the last day of one.':
    'Les sommes de plusieurs structures sont données pour des mois entiers et terminés : commencez le premier jour d’un mois et finissez le dernier jour d’un mois.',
  'Sums of several structures have no side. Leave `side` out.':
    'Les sommes de plusieurs structures n’ont pas de côté. Retirez `side`.',
  'Referrals of several structures are told for whole quarters that are over: begin on the first day of a quarter and end on the last day of one.':
    'Les orientations de plusieurs structures sont données pour des trimestres entiers et terminés : commencez le premier jour d’un trimestre et finissez le dernier jour d’un trimestre.',
};

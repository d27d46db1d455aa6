/** Words of statistics: whose work is counted, and by what. */
import { valuesOf } from './vocabulary';

export const statisticScopes = {
  mine: 'Mon activité',
  structure: 'Ma structure',
  territory: 'Mon territoire',
  network: 'Le réseau',
} as const;
export type StatisticScope = keyof typeof statisticScopes;
export const statisticScopeValues = valuesOf(statisticScopes);

export const statisticDimensions = {
  theme: 'Thème',
  place: 'Lieu',
  equipment: 'Matériel',
  autonomy: 'Autonomie',
  level: 'Niveau',
  epci: 'Intercommunalité',
  commune: 'Commune',
  age_bracket: 'Tranche d’âge',
  gender: 'Genre',
  resident_status: 'Situation',
  asked: 'Structure sollicitée',
  pair: 'De qui à qui',
  result: 'Ce qu’elles sont devenues',
  reason: 'Pourquoi',
  handover_kind: 'Sorte de passation',
  handover_status: 'Ce qu’elles sont devenues, par sorte',
} as const;
export type StatisticDimension = keyof typeof statisticDimensions;
export const statisticDimensionValues = valuesOf(statisticDimensions);

/** How a referral that is over has ended, in the few words by which ends are counted. */
export const referralResults = {
  answered: 'Aide terminée',
  unhelped: 'Refusée ou restée sans réponse',
  returned: 'Rendue',
  taken_back: 'Retirée ou annulée',
} as const;
export type ReferralResult = keyof typeof referralResults;

/** Which of a structure's referrals and handovers are counted: what it asked of others, or what it was asked. */
export const flowSides = { sent: 'Ce que nous avons demandé', received: 'Ce qui nous a été demandé' } as const;
export type FlowSide = keyof typeof flowSides;
export const flowSideValues = valuesOf(flowSides);

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
} as const;
export type StatisticDimension = keyof typeof statisticDimensions;
export const statisticDimensionValues = valuesOf(statisticDimensions);

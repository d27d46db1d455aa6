import { Statistics1796502000000 } from './1796502000000-statistics';

export const statisticsMigrations = [Statistics1796502000000];

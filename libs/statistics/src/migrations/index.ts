import { Statistics1796502000000 } from './1796502000000-statistics';
import { Dimensions1796600000000 } from './1796600000000-dimensions';
import { Flows1797000700001 } from './1797000700001-flows';

export const statisticsMigrations = [Statistics1796502000000, Dimensions1796600000000, Flows1797000700001];

import type { Library } from '@fil-rouge/platform';
import { StatisticsFact, StatisticsPublication, StatisticsRecount } from './fact/fact.entity';
import { CountedFacts } from './fact/facts.consumer';
import { Recount } from './fact/recount.service';
import { StatisticsFlow } from './flow/flow.entity';
import { statisticsMigrations } from './migrations';
import { Publications } from './publication/publications.service';
import { continuity } from './schema/continuity.sql';
import { statistics } from './schema/statistics.sql';
import { statisticsSentences } from './statistics.french';
import { StatisticsModule } from './statistics.module';

/** What was done, in numbers: it follows everybody's records and changes none. */
export const statisticsLibrary: Library = {
  name: 'statistics',
  french: statisticsSentences,
  module: () => StatisticsModule,
  entities: [StatisticsFact, StatisticsFlow, StatisticsRecount, StatisticsPublication],
  consumers: [CountedFacts],
  journal: ['statistics.read', 'continuity.read'],
  chores: [Recount, Publications],
  migrations: statisticsMigrations,
  texts: [...statistics, ...continuity],
};

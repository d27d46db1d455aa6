import { Module } from '@nestjs/common';
import { ContinuityController } from './flow/continuity.controller';
import { ContinuityQueries } from './flow/continuity.queries';
import { StatisticsController } from './figure/statistics.controller';
import { StatisticsQueries } from './figure/statistics.queries';

@Module({
  controllers: [StatisticsController, ContinuityController],
  providers: [StatisticsQueries, ContinuityQueries],
})
export class StatisticsModule {}

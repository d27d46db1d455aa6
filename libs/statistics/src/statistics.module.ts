import { Module } from '@nestjs/common';
import { StatisticsController } from './figure/statistics.controller';
import { StatisticsQueries } from './figure/statistics.queries';

@Module({ controllers: [StatisticsController], providers: [StatisticsQueries] })
export class StatisticsModule {}

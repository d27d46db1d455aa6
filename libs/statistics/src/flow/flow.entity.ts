/** What referrals and handovers are counted from, as TypeORM sees it: only for the check that schema and migrations agree. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One step of a referral, or the end of a handover, as one side may know it. Of somebody erased: the month alone, and no id that leads anywhere. */
@Entity('statistics_flow')
@Index('statistics_flow_of', ['structure_id', 'side', 'day'])
@Index('statistics_flow_day', ['day'], { where: `(side = 'whole'::text)` })
@Index('statistics_flow_person', ['person'], { where: '(person IS NOT NULL)' })
export class StatisticsFlow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'statistics_flow_pk' }) id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'statistics_flow_pk' }) step!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'statistics_flow_pk' }) side!: string;
  /** Whose side it is; of the whole nobody's. */
  @Column('uuid', { nullable: true }) structure_id!: string | null;
  @Column('date') day!: string;
  @Column('uuid', { nullable: true }) person!: string | null;
  @Column('uuid', { nullable: true }) from_structure_id!: string | null;
  @Column('uuid', { nullable: true }) to_structure_id!: string | null;
  /** From the day it was sent to the day it was answered. */
  @Column('integer', { nullable: true }) days!: number | null;
  /** How it ended; of a handover its kind. */
  @Column('text', { nullable: true }) result!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { array: true }) themes!: string[];
  @Column('boolean', { default: false }) erased!: boolean;
}

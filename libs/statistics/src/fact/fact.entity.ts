/** What statistics are kept in, as TypeORM sees it: only for the check that schema and migrations agree. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One thing that was done, in codes. Of somebody erased: the month alone, and no id that leads anywhere. */
@Entity('statistics_fact')
@Index('statistics_fact_of', ['structure_id', 'day'])
@Index('statistics_fact_by', ['structure_id', 'counsellor_id', 'day'])
@Index('statistics_fact_day', ['day'])
@Index('statistics_fact_person', ['person'], { where: '(person IS NOT NULL)' })
export class StatisticsFact {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'statistics_fact_pk' }) id!: string;
  /** Of a workshop's participant: the case; else the id once more. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'statistics_fact_pk' }) part!: string;
  @Column('text') kind!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid') counsellor_id!: string;
  @Column('date') day!: string;
  @Column('uuid', { nullable: true }) person!: string | null;
  @Column('smallint') minutes!: number;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { nullable: true }) commune!: string | null;
  @Column('text', { array: true }) themes!: string[];
  @Column('text', { array: true }) equipment!: string[];
  @Column('text', { nullable: true }) autonomy!: string | null;
  @Column('text', { nullable: true }) level!: string | null;
  @Column('text', { nullable: true }) age_bracket!: string | null;
  @Column('text', { nullable: true }) gender!: string | null;
  @Column('text', { nullable: true }) resident_status!: string | null;
  @Column('jsonb', { nullable: true }) crowd!: object | null;
  @Column('boolean', { default: false }) erased!: boolean;
}

/** How far the nightly recount is: one row. */
@Entity('statistics_recount')
export class StatisticsRecount {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'statistics_recount_pk' }) id!: number;
  /** The last day whose recount is done. */
  @Column('date', { nullable: true }) day!: string | null;
  @Column('uuid', { nullable: true }) after!: string | null;
}

/** What is told of one month, or of one year, to who watches a territory. */
@Entity('statistics_publication')
export class StatisticsPublication {
  /** MD5 of the territory's communes, as `fil.scope` has them: a whole département is too long for an index. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'statistics_publication_pk' }) scope!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'statistics_publication_pk' }) unit!: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'statistics_publication_pk' }) start!: string;
  @Column({ type: 'timestamptz', precision: 3 }) counted_at!: Date;
  @Column('jsonb') cells!: object;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('convention')
@Index('convention_ends', ['until_date', 'id'])
@Index('convention_of', ['structure_id', 'until_date', 'id'])
export class ConventionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'convention_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('text') reference!: string;
  @Column('integer') envelope!: number;
  @Column('date') from_date!: string;
  @Column('date') until_date!: string;
  @Column('integer') amount!: number;
  @Column('integer') version!: number;
  @Column('text', { nullable: true }) end_reason!: string | null;
}

@Entity('post_period')
@Index('post_period_of', ['case_id', 'post_id', 'from_date'])
export class PostPeriodEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'post_period_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid') post_id!: string;
  @Column('text') status!: string;
  @Column('uuid', { nullable: true }) user_id!: string | null;
  @Column('date') from_date!: string;
  @Column('date', { nullable: true }) until_date!: string | null;
  @Column('date', { nullable: true }) fill_by!: string | null;
}

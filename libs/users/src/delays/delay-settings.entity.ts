import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('delay_setting')
export class DelaySettingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delay_setting_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('integer') version!: number;
  @Column('jsonb') own!: object;
}

@Entity('delay_change')
export class DelayChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delay_change_pk' }) case_id!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'delay_change_pk' }) version!: number;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column('uuid', { nullable: true }) by_user!: string | null;
  @Column('jsonb') before!: object;
  @Column('jsonb') after!: object;
}

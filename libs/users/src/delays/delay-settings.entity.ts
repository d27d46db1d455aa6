import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('delay_setting')
export class DelaySettingEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delay_setting_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('integer') version!: number;
  @Column('jsonb') own!: object;
}

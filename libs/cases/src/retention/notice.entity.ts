import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('erasure_notice')
export class ErasureNotice {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'erasure_notice_pk' }) case_id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) announced_at!: Date;
  @Column({ type: 'date' }) from_day!: string;
  @Column({ type: 'timestamptz', precision: 3 }) last_activity_at!: Date;
}

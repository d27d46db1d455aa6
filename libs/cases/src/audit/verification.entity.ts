import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AnchorFault } from '@fil-rouge/platform';
import type { Run } from './verifications.service';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('verification')
@Index('verification_key', ['requested_by', 'key'], { unique: true, where: '(key IS NOT NULL)' })
@Index('verification_running', ['started_at'], { where: '(ended_at IS NULL)' })
export class VerificationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'verification_pk' }) id!: string;
  @Column('uuid') requested_by!: string;
  @Column(instant) started_at!: Date;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column('integer') total!: number;
  @Column('integer', { default: 0 }) checked!: number;
  @Column('integer', { default: 0 }) events!: number;
  @Column('integer', { default: 0 }) broken!: number;
  @Column('integer', { default: 0 }) gaps!: number;
  @Column('integer', { default: 0 }) differing!: number;
  @Column('text', { array: true, nullable: true }) strays!: string[] | null;
  /** The last anchor that was looked at. */
  @Column('text', { nullable: true }) anchor!: string | null;
  @Column('integer', { default: 0 }) anchors!: number;
  @Column('jsonb', { default: [] }) faults!: AnchorFault[];
  @Column('jsonb', { default: [] }) offenders!: Run['offenders'];
  @Column('uuid', { nullable: true }) after!: string | null;
  @Column('text', { nullable: true }) key!: string | null;
}

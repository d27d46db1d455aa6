/** The tables of batches before they stood in the log. Nobody reads or writes them any more; a release later a migration drops them, and this file goes. */
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('handover_batch')
@Index('handover_batch_recent', ['created_at', 'id'])
@Index('handover_batch_running', ['started_at'], { where: `(status = 'running'::text)` })
export class HandoverBatchEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handover_batch_pk' }) id!: string;
  @Column('text') kind!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid', { nullable: true }) user_id!: string | null;
  @Column('uuid', { nullable: true }) to_structure_id!: string | null;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) created_by!: string | null;
  @Column(instant) created_at!: Date;
  @Column({ ...instant, nullable: true }) started_at!: Date | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
}

@Entity('handover_batch_item')
@Unique('handover_batch_item_once', ['batch_id', 'case_id'])
@Index('handover_batch_item_case', ['case_id'])
@Index('handover_batch_item_waiting', ['batch_id'], {
  where: `(state = ANY (ARRAY['undecided'::text, 'failed'::text]))`,
})
@Index('handover_batch_item_proposed', ['handover_id'], {
  where: `((state = 'done'::text) AND (outcome = 'proposed'::text))`,
})
@Index('handover_batch_item_one_open', ['case_id'], {
  unique: true,
  where: `(state = ANY (ARRAY['undecided'::text, 'decided'::text, 'pending'::text]))`,
})
export class HandoverBatchItemEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handover_batch_item_pk' }) id!: string;
  @Column('uuid') batch_id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid') handover_id!: string;
  @Column('text') state!: string;
  @Column('uuid', { nullable: true }) proposed_structure_id!: string | null;
  @Column('uuid', { nullable: true }) proposed_user_id!: string | null;
  @Column('text', { array: true }) proposed_because!: string[];
  @Column('text', { nullable: true }) decision!: string | null;
  @Column('uuid', { nullable: true }) to_structure_id!: string | null;
  @Column('uuid', { nullable: true }) to_user_id!: string | null;
  @Column('text', { nullable: true }) close_reason!: string | null;
  @Column('boolean', { default: false }) cancel_referrals!: boolean;
  @Column('uuid', { nullable: true }) decided_by!: string | null;
  @Column('uuid', { nullable: true }) decided_for!: string | null;
  @Column('text', { nullable: true }) decided_as!: string | null;
  @Column('smallint', { default: 0 }) attempts!: number;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
}

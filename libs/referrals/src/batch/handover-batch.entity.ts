/** Batches as TypeORM sees them: the check that schema and migrations agree, and the columns of `put_batch` and `put_batch_item`. */
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('batch')
@Index('batch_recent', ['created_at', 'id'])
export class BatchEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'batch_pk' }) id!: string;
  @Column('text') kind!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid', { nullable: true }) user_id!: string | null;
  @Column('uuid', { nullable: true }) to_structure_id!: string | null;
  @Column('text') status!: string;
  @Column('integer') total!: number;
  @Column('uuid', { nullable: true }) created_by!: string | null;
  @Column(instant) created_at!: Date;
  @Column({ ...instant, nullable: true }) started_at!: Date | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column('uuid') drawn_up!: string;
}

@Entity('batch_item')
@Unique('batch_item_once', ['batch_id', 'case_id'])
@Index('batch_item_case', ['case_id'])
@Index('batch_item_waiting', ['batch_id'], { where: `(state = ANY (ARRAY['undecided'::text, 'failed'::text]))` })
@Index('batch_item_proposed', ['handover_id'], { where: `((state = 'done'::text) AND (outcome = 'proposed'::text))` })
export class BatchItemEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'batch_item_pk' }) id!: string;
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
  @Column('uuid', { nullable: true }) decided_by!: string | null;
  @Column('uuid', { nullable: true }) decided_for!: string | null;
  @Column('text', { nullable: true }) decided_as!: string | null;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
}

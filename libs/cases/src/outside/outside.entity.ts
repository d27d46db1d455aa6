import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('outside_referral')
@Index('outside_referral_case', ['case_id', 'sent_at', 'id'])
@Index('outside_referral_of', ['structure_id', 'sent_at', 'id'])
@Index('outside_referral_link', ['link_hash'], { unique: true, where: '(link_hash IS NOT NULL)' })
export class OutsideReferral {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outside_referral_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) author_id!: string;
  @Column({ type: 'text' }) recipient!: string;
  @Column({ type: 'text', array: true }) needs!: string[];
  @Column({ type: 'text' }) means!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'text', nullable: true }) outcome!: string | null;
  @Column({ type: 'date', nullable: true }) outcome_on!: string | null;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'uuid' }) text_event!: string;
  @Column({ type: 'date' }) sent_on!: string;
  @Column({ type: 'timestamptz', precision: 3 }) sent_at!: Date;
  @Column({ type: 'uuid', nullable: true }) end_event!: string | null;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) ended_at!: Date | null;
  @Column({ type: 'uuid', nullable: true }) ended_by!: string | null;
  /** What the organisation itself answered last. */
  @Column({ type: 'text', nullable: true }) answer!: string | null;
  @Column({ type: 'text', nullable: true }) answer_reason!: string | null;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) answered_at!: Date | null;
  @Column({ type: 'boolean', nullable: true }) by_recipient!: boolean | null;
  /** The newest link for answering. */
  @Column({ type: 'uuid', nullable: true }) link_id!: string | null;
  @Column({ type: 'text', nullable: true }) link_hash!: string | null;
  @Column({ type: 'uuid', nullable: true }) link_event!: string | null;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) link_until!: Date | null;
  @Column({ type: 'text', nullable: true }) link_end!: string | null;
}

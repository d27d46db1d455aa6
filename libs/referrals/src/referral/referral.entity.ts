/** The read tables of referrals as TypeORM sees them: only for the check that schema and migrations agree. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

abstract class ReferralImageColumns {
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'uuid' }) from_structure_id!: string;
  @Column({ type: 'uuid', nullable: true }) to_structure_id!: string | null;
  @Column({ type: 'text', array: true, nullable: true }) needs!: string[] | null;
  @Column({ type: 'text', nullable: true }) contact!: string | null;
  @Column({ type: 'text' }) urgency!: string;
  @Column({ type: 'boolean' }) pressing!: boolean;
  @Column({ type: 'boolean' }) onward_allowed!: boolean;
  @Column({ type: 'uuid', nullable: true }) parent_referral_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) previous_referral_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) broadcast_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) contact_user_id!: string | null;
  @Column({ ...instant, nullable: true }) sent_at!: Date | null;
  @Column({ ...instant, nullable: true }) due_at!: Date | null;
  @Column({ ...instant, nullable: true }) late_from!: Date | null;
  @Column({ type: 'date', nullable: true }) hold_until!: string | null;
  @Column({ ...instant, nullable: true }) cancellation_requested_at!: Date | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column({ type: 'text', nullable: true }) outcome!: string | null;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'text', nullable: true }) ended_by!: string | null;
  @Column({ type: 'uuid', nullable: true }) better_structure_id!: string | null;
  @Column({ type: 'uuid' }) draft_event!: string;
  @Column({ type: 'uuid', nullable: true }) sheet_event!: string | null;
  @Column(instant) last_activity_at!: Date;
}

@Entity('referral')
@Index('referral_case', ['case_id'])
@Index('referral_recent', ['pressing', 'last_activity_at', 'id'])
@Index('referral_open_from', ['from_structure_id'], { where: '(ended_at IS NULL)' })
@Index('referral_open_to', ['to_structure_id'], { where: '(ended_at IS NULL)' })
@Index('referral_ended', ['ended_at'], { where: '(ended_at IS NOT NULL)' })
@Index('referral_expired', ['to_structure_id', 'ended_at'], { where: `(status = 'expired'::text)` })
export class ReferralEntity extends ReferralImageColumns {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'referral_pk' }) id!: string;
  @Column({ type: 'uuid', nullable: true }) parent_from_id!: string | null;
}

@Entity('referral_access')
@Index('referral_access_recent', ['structure_id', 'pressing', 'last_activity_at', 'id'])
@Index('referral_access_states', ['structure_id', 'box', 'status'])
@Index('referral_access_case', ['case_id', 'structure_id'])
@Index('referral_access_open', ['structure_id', 'case_id'], { where: '((until_seq IS NULL) AND (ended_at IS NULL))' })
@Index('referral_access_ended', ['structure_id', 'ended_at'], {
  where: '((until_seq IS NULL) AND (ended_at IS NOT NULL))',
})
@Index('referral_access_left', ['structure_id', 'ended_at'], {
  where: '((until_seq IS NOT NULL) AND (ended_at IS NOT NULL))',
})
export class ReferralAccess extends ReferralImageColumns {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'referral_access_pk' }) structure_id!: string;
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'referral_access_pk' }) id!: string;
  @Column({ type: 'text' }) box!: string;
  @Column({ type: 'text', array: true }) roles!: string[];
  @Column({ type: 'boolean' }) sheet_open!: boolean;
  @Column({ type: 'integer', nullable: true }) until_seq!: number | null;
}

/** The read tables of cases as TypeORM sees them: only for the check that schema and migrations agree. */
import { Column, Entity, Exclusion, Index, PrimaryColumn } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('case_file')
@Index('case_file_recent', ['last_activity_at', 'id'])
@Index('case_file_opened', ['opened_at', 'id'])
@Index('case_file_lead', ['lead_structure_id', 'lead_user_id'])
@Index('case_file_kept', ['last_activity_at', 'id'], { where: `(status = ANY (ARRAY['open'::text, 'closed'::text]))` })
@Index('case_file_without_lead', ['id'], { where: `((status = 'open'::text) AND (lead_structure_id IS NULL))` })
export class CaseFile {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'case_file_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'text' }) commune!: string;
  @Column({ type: 'uuid', nullable: true }) lead_structure_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) lead_user_id!: string | null;
  @Column({ ...instant, nullable: true }) lead_since!: Date | null;
  @Column(instant) opened_at!: Date;
  @Column({ ...instant, nullable: true }) closed_at!: Date | null;
  @Column(instant) last_activity_at!: Date;
  @Column({ type: 'uuid', nullable: true }) led_structure_id!: string | null;
}

@Entity('case_access')
@Index('case_access_recent', ['structure_id', 'last_activity_at', 'case_id'])
@Index('case_access_mine', ['structure_id', 'led_user_id', 'last_activity_at', 'case_id'])
@Index('case_access_opened', ['structure_id', 'opened_at', 'case_id'])
@Index('case_access_mine_opened', ['structure_id', 'led_user_id', 'opened_at', 'case_id'])
@Index('case_access_states', ['structure_id', 'status', 'participation', 'led_user_id', 'case_id'])
@Index('case_access_led', ['structure_id', 'lead_user_id'], {
  where: `((participation = 'lead'::text) AND (status = 'open'::text))`,
})
@Index('case_access_idle', ['structure_id', 'last_activity_at'], {
  where: `((participation = 'lead'::text) AND (status = 'open'::text))`,
})
@Index('case_access_over', ['last_activity_at', 'case_id', 'structure_id'], {
  where: `((until_seq IS NOT NULL) AND (status <> 'merged'::text))`,
})
export class CaseAccess {
  @Column({ type: 'uuid' }) id!: string;
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'case_access_pk' }) case_id!: string;
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'case_access_pk' }) structure_id!: string;
  @Column({ type: 'text' }) participation!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'text', nullable: true }) commune!: string | null;
  @Column({ type: 'text', array: true }) themes!: string[];
  @Column({ type: 'uuid', nullable: true }) lead_structure_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) lead_user_id!: string | null;
  @Column({ ...instant, nullable: true }) lead_since!: Date | null;
  @Column(instant) opened_at!: Date;
  @Column(instant) last_activity_at!: Date;
  @Column({ type: 'uuid', nullable: true }) first_name_event!: string | null;
  @Column({ type: 'uuid', nullable: true }) identity_event!: string | null;
  @Column({ type: 'uuid', nullable: true }) profile_event!: string | null;
  @Column({ type: 'jsonb' }) objections!: object;
  @Column({ type: 'integer', nullable: true }) until_seq!: number | null;
  @Column({ type: 'uuid', nullable: true }) led_user_id!: string | null;
  @Column({ type: 'date', nullable: true }) last_day!: string | null;
}

@Entity('lead_period')
@Index('lead_period_case', ['case_id', 'from_seq'])
@Exclusion('lead_period_one_at_a_time', 'USING gist (case_id WITH =, tstzrange(from_at, until_at) WITH &&)')
export class LeadPeriod {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_period_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid', nullable: true }) counsellor_id!: string | null;
  @Column(instant) from_at!: Date;
  @Column({ ...instant, nullable: true }) until_at!: Date | null;
  @Column({ type: 'integer' }) from_seq!: number;
  @Column({ type: 'integer', nullable: true }) until_seq!: number | null;
}

@Entity('case_merge')
@Index('case_merge_survivor', ['case_id'])
@Index('case_merge_recent', ['merged_at'])
export class CaseMerge {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'case_merge_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'integer' }) seq!: number;
  @Column(instant) merged_at!: Date;
}

/** Looks like an older record. */
@Entity('resemblance')
export class Resemblance {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'resemblance_pk' }) case_id!: string;
}

/** Not found by all the words of today yet. */
@Entity('search_due')
export class SearchDue {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'search_due_pk' }) case_id!: string;
}

@Entity('search_token')
@Index('search_token_case', ['case_id', 'structure_id'])
export class SearchToken {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'search_token_pk' }) structure_id!: string;
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'search_token_pk' }) token!: Buffer;
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'search_token_pk' }) case_id!: string;
}

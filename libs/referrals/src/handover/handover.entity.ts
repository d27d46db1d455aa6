/** The read tables of handovers as TypeORM sees them: only for the check that schema and migrations agree. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('handover')
@Index('handover_one_open', ['case_id'], {
  unique: true,
  where: `(status = ANY (ARRAY['proposed'::text, 'requested'::text, 'accepted'::text]))`,
})
@Index('handover_case', ['case_id'])
@Index('handover_activity', ['last_activity_at', 'id'])
@Index('handover_unanswered_request', ['ended_at'], { where: `((kind = 'pull'::text) AND (status = 'expired'::text))` })
@Index('handover_agreed', ['to_counsellor_id'], { where: `(status = 'accepted'::text)` })
export class HandoverEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handover_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('integer') version!: number;
  @Column('text') kind!: string;
  @Column('text') status!: string;
  @Column('uuid') from_structure_id!: string;
  @Column('uuid') to_structure_id!: string;
  @Column('uuid', { nullable: true }) from_counsellor_id!: string | null;
  @Column('uuid', { nullable: true }) to_counsellor_id!: string | null;
  @Column({ ...instant, nullable: true }) effective_at!: Date | null;
  @Column(instant) created_at!: Date;
  @Column({ ...instant, nullable: true }) due_at!: Date | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column('uuid') note_event!: string;
  @Column(instant) last_activity_at!: Date;
  @Column('integer') created_seq!: number;
  @Column('uuid', { nullable: true }) by_user!: string | null;
}

@Entity('handover_access')
@Index('handover_access_activity', ['structure_id', 'last_activity_at', 'id'])
@Index('handover_access_case', ['case_id', 'structure_id'])
@Index('handover_access_refused', ['structure_id', 'ended_at'], {
  where: `(status = ANY (ARRAY['declined'::text, 'expired'::text]))`,
})
@Index('handover_access_unanswered', ['structure_id'], {
  where: `(status = ANY (ARRAY['proposed'::text, 'requested'::text]))`,
})
export class HandoverAccessEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handover_access_pk' }) structure_id!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handover_access_pk' }) id!: string;
  @Column('uuid', { nullable: true }) case_id!: string | null;
  @Column('text') box!: string;
  @Column('boolean') sheet_open!: boolean;
  @Column('integer') version!: number;
  @Column('text') kind!: string;
  @Column('text') status!: string;
  @Column('uuid', { nullable: true }) from_structure_id!: string | null;
  @Column('uuid') to_structure_id!: string;
  @Column('uuid', { nullable: true }) from_counsellor_id!: string | null;
  @Column('uuid', { nullable: true }) to_counsellor_id!: string | null;
  @Column({ ...instant, nullable: true }) effective_at!: Date | null;
  @Column(instant) created_at!: Date;
  @Column({ ...instant, nullable: true }) due_at!: Date | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column('uuid') note_event!: string;
  @Column(instant) last_activity_at!: Date;
}

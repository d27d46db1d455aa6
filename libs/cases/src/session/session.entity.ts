/** The read tables of sessions and workshops as TypeORM sees them: only for the check that schema and migrations agree. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('session_entry')
@Index('session_entry_case', ['case_id', 'recorded_seq'])
@Index('session_entry_recent', ['structure_id', 'status', 'date', 'id'])
@Index('session_entry_place', ['structure_id', 'place_id', 'status', 'date', 'id'])
@Index('session_entry_progress', ['case_id', 'date', 'id'], {
  where: `((autonomy IS NOT NULL) AND (status = 'recorded'::text))`,
})
@Index('session_entry_author', ['structure_id', 'author_id', 'status', 'date', 'id'])
export class SessionEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'session_entry_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) author_id!: string;
  @Column({ type: 'date' }) date!: string;
  @Column({ type: 'smallint' }) minutes!: number;
  @Column({ type: 'text' }) place!: string;
  @Column({ type: 'text', nullable: true }) commune!: string | null;
  @Column({ type: 'text', array: true }) themes!: string[];
  @Column({ type: 'text', array: true }) equipment!: string[];
  @Column({ type: 'text', nullable: true }) autonomy!: string | null;
  @Column({ type: 'uuid', nullable: true }) referral_id!: string | null;
  @Column({ type: 'integer' }) recorded_seq!: number;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'uuid' }) text_event!: string;
  @Column({ type: 'uuid', nullable: true }) note_event!: string | null;
  @Column({ type: 'smallint' }) corrections!: number;
  @Column({ type: 'text', default: 'recorded' }) status!: string;
  @Column({ type: 'uuid', nullable: true }) place_id!: string | null;
}

/** For its own structure alone, which reads the session itself elsewhere. */
@Entity('session_tags')
@Index('session_tags_case', ['case_id'])
export class SessionTags {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'session_tags_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid', array: true }) tags!: string[];
}

@Entity('workshop')
@Index('workshop_recent', ['structure_id', 'recorded_at', 'id'])
export class Workshop {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'workshop_pk' }) id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) author_id!: string;
  @Column({ type: 'date' }) date!: string;
  @Column({ type: 'smallint' }) minutes!: number;
  @Column({ type: 'text' }) place!: string;
  @Column({ type: 'text', nullable: true }) commune!: string | null;
  @Column({ type: 'text', array: true }) themes!: string[];
  @Column({ type: 'text', nullable: true }) level!: string | null;
  @Column({ type: 'uuid', array: true }) participants!: string[];
  @Column({ type: 'jsonb' }) anonymous!: object;
  @Column({ type: 'timestamptz', precision: 3 }) recorded_at!: Date;
  @Column({ type: 'text', default: 'held' }) status!: string;
  @Column({ type: 'uuid', nullable: true }) text_event!: string | null;
  @Column({ type: 'smallint', default: 0 }) corrections!: number;
}

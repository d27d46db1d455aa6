import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** A file that somebody asked for: what of, how far it is, and until when it is kept. */
@Entity('export')
@Index('export_key', ['user_id', 'key'], { unique: true, where: '(key IS NOT NULL)' })
@Index('export_own', ['user_id', 'asked_at', 'id'])
@Index('export_open', ['asked_at'], { where: `(status = ANY (ARRAY['waiting'::text, 'running'::text]))` })
@Index('export_expires', ['expires_at'])
@Index('export_structure', ['structure_id'])
export class ExportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'export_pk' }) id!: string;
  @Column('uuid') user_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('text') per!: string;
  @Column('text') format!: string;
  @Column('text', { array: true }) columns!: string[];
  @Column('jsonb') filters!: object;
  @Column('text', { default: 'waiting' }) status!: string;
  @Column('text', { nullable: true }) failure!: string | null;
  /** The sign-in it was asked in, sealed: it is made in that one's name, and not once it has ended. Gone when it is made. */
  @Column('text', { nullable: true }) pass!: string | null;
  @Column('bytea', { nullable: true }) sealed_with!: Buffer | null;
  @Column('integer', { default: 0 }) attempt!: number;
  @Column({ ...instant, nullable: true }) leased_until!: Date | null;
  @Column('integer', { default: 0 }) done!: number;
  @Column('integer', { nullable: true }) total!: number | null;
  @Column('integer', { default: 0 }) parts!: number;
  @Column('bigint', { default: 0 }) bytes!: string;
  @Column(instant) asked_at!: Date;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
  @Column(instant) expires_at!: Date;
  @Column('text', { nullable: true }) key!: string | null;
  @Column('text', { nullable: true }) key_hash!: string | null;
}

@Entity('export_part')
export class ExportPart {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'export_part_pk' }) export_id!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'export_part_pk' }) n!: number;
  @Column('bytea') ciphertext!: Buffer;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('anonymous_session')
@Index('anonymous_session_recent', ['structure_id', 'status', 'date', 'id'])
@Index('anonymous_session_author', ['structure_id', 'author_id', 'status', 'date', 'id'])
@Index('anonymous_session_place', ['structure_id', 'place_id', 'status', 'date', 'id'])
export class AnonymousSession {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'anonymous_session_pk' }) id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) author_id!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'date' }) date!: string;
  @Column({ type: 'smallint' }) minutes!: number;
  @Column({ type: 'text' }) place!: string;
  @Column({ type: 'text', nullable: true }) commune!: string | null;
  @Column({ type: 'uuid', nullable: true }) place_id!: string | null;
  @Column({ type: 'text', nullable: true }) place_name!: string | null;
  @Column({ type: 'text', array: true }) themes!: string[];
  @Column({ type: 'text', array: true }) equipment!: string[];
  @Column({ type: 'text', nullable: true }) autonomy!: string | null;
  @Column({ type: 'text', nullable: true }) age_bracket!: string | null;
  @Column({ type: 'text', nullable: true }) gender!: string | null;
  @Column({ type: 'text', nullable: true }) resident_status!: string | null;
}

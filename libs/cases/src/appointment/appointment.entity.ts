import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('appointment')
@Index('appointment_case', ['case_id', 'status', 'at', 'id'])
@Index('appointment_structure', ['structure_id', 'status', 'at', 'id'])
@Index('appointment_counsellor', ['structure_id', 'counsellor_id', 'status', 'at', 'id'])
export class Appointment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'appointment_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) counsellor_id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) at!: Date;
  @Column({ type: 'smallint' }) minutes!: number;
  @Column({ type: 'text' }) place!: string;
  @Column({ type: 'uuid', nullable: true }) place_id!: string | null;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'timestamptz', precision: 3 }) made_at!: Date;
  @Column({ type: 'uuid', nullable: true }) text_event!: string | null;
  @Column({ type: 'uuid', nullable: true }) note_event!: string | null;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) ended_at!: Date | null;
  @Column({ type: 'uuid', nullable: true }) end_event!: string | null;
  @Column({ type: 'text', nullable: true }) ended_by!: string | null;
  @Column({ type: 'text', nullable: true }) ended_for!: string | null;
  @Column({ type: 'uuid', nullable: true }) session_id!: string | null;
  @Column({ type: 'uuid', nullable: true }) reminder_event!: string | null;
  @Column({ type: 'boolean', nullable: true }) reminded!: boolean | null;
}

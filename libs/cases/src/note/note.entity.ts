import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Whose a note is and where it says what it says now: enough to correct it and to take it back. It is read from the record. */
@Entity('note_entry')
@Index('note_entry_case', ['case_id'])
export class NoteEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'note_entry_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) text_event!: string;
  @Column({ type: 'smallint' }) corrections!: number;
  @Column({ type: 'text' }) status!: string;
}

import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('attachment')
@Index('attachment_entry', ['entry_id'])
@Index('attachment_case', ['case_id'])
@Index('attachment_event', ['event_id'])
export class Attachment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'attachment_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) entry_id!: string;
  @Column({ type: 'uuid', nullable: true }) shared_by!: string | null;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid', nullable: true }) author_id!: string | null;
  @Column({ type: 'text' }) media!: string;
  @Column({ type: 'integer' }) bytes!: number;
  @Column({ type: 'integer' }) parts!: number;
  @Column({ type: 'text' }) sha256!: string;
  @Column({ type: 'uuid' }) event_id!: string;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'timestamptz', precision: 3 }) added_at!: Date;
}

/** What a file holds, sealed, in parts of some size. They are there before the event that attaches them; those that none ever does are swept away. */
@Entity('attachment_part')
@Index('attachment_part_case', ['case_id'])
@Index('attachment_part_left', ['kept_at'], { where: '(NOT attached)' })
export class AttachmentPart {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'attachment_part_pk' }) attachment_id!: string;
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'attachment_part_pk' }) n!: number;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'boolean' }) attached!: boolean;
  @Column({ type: 'timestamptz', precision: 3 }) kept_at!: Date;
  @Column({ type: 'bytea' }) ciphertext!: Buffer;
}

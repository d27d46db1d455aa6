import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Under which secret a calendar asks for what somebody has planned: one each, and of it the SHA-256 alone. */
@Entity('calendar_address')
@Unique('calendar_address_secret', ['secret_hash'])
export class CalendarAddress {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'calendar_address_pk' }) user_id!: string;
  @Column({ type: 'bytea' }) secret_hash!: Buffer;
  @Column({ type: 'timestamptz', precision: 3 }) made_at!: Date;
}

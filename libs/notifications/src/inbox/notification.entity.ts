/** Inbox and outbox as TypeORM sees them: only for the check that schema and migrations agree. */
import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('notification')
@Unique('notification_once', ['user_id', 'event_id', 'type'])
@Index('notification_digest', ['user_id', 'case_id'], {
  unique: true,
  where: `((type = 'EntriesAdded'::text) AND (read_at IS NULL))`,
})
@Index('notification_entries', ['user_id', 'case_id', 'seq'], { where: `(type = 'EntriesAdded'::text)` })
@Index('notification_inbox', ['user_id', 'structure_id', 'at', 'id'])
@Index('notification_unread', ['user_id', 'structure_id', 'at', 'id'], { where: '(read_at IS NULL)' })
export class NotificationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'notification_pk' }) id!: string;
  @Column('uuid') user_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid') event_id!: string;
  @Column('integer') seq!: number;
  @Column('text') type!: string;
  @Column(instant) at!: Date;
  @Column('uuid', { nullable: true }) case_id!: string | null;
  @Column('uuid', { nullable: true }) referral_id!: string | null;
  @Column('uuid', { nullable: true }) handover_id!: string | null;
  @Column('uuid', { nullable: true }) from_structure_id!: string | null;
  @Column('uuid', { nullable: true }) to_structure_id!: string | null;
  @Column('uuid', { nullable: true }) actor_structure_id!: string | null;
  @Column('uuid', { nullable: true }) person_id!: string | null;
  @Column('uuid', { nullable: true }) author_id!: string | null;
  @Column('integer') entries!: number;
  @Column('text', { nullable: true }) cause!: string | null;
  @Column({ ...instant, nullable: true }) read_at!: Date | null;
  @Column('text', { nullable: true }) told_in!: string | null;
}

@Entity('email')
@Unique('email_of_notification', ['notification_id'])
@Unique('email_of_invitation', ['invitation_id'])
@Unique('email_of_answer_link', ['answer_link_id'])
@Unique('email_of_change', ['email_change_id', 'letter'])
@Check(
  'email_subject',
  '(num_nonnulls(notification_id, invitation_id, email_change_id, appointment_id, answer_link_id, reminder_event_id) = 1)',
)
@Check(
  'email_letter',
  `(letter = ANY (ARRAY['notification'::text, 'invitation'::text, 'password-reset'::text, 'email-change'::text, 'email-changed'::text, 'appointment'::text, 'answer-link'::text, 'reminder'::text]))`,
)
@Check('email_status', `(status = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text]))`)
@Index('email_appointment', ['appointment_id', 'account_id'], { where: '(appointment_id IS NOT NULL)' })
@Index('email_due', ['next_at'], { where: `(status = 'pending'::text)` })
export class EmailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'email_pk' }) id!: string;
  @Column('uuid', { nullable: true }) notification_id!: string | null;
  @Column('uuid', { nullable: true }) invitation_id!: string | null;
  @Column('uuid', { nullable: true }) email_change_id!: string | null;
  @Column('uuid', { nullable: true }) appointment_id!: string | null;
  @Column('uuid', { nullable: true }) answer_link_id!: string | null;
  @Column('uuid', { nullable: true }) reminder_event_id!: string | null;
  @Column('jsonb', { nullable: true }) invite!: object | null;
  @Column('text') letter!: string;
  @Column('uuid') account_id!: string;
  @Column('text') message_id!: string;
  @Column('text') status!: string;
  @Column('integer') attempts!: number;
  @Column(instant) created_at!: Date;
  @Column(instant) next_at!: Date;
  @Column({ ...instant, nullable: true }) sent_at!: Date | null;
}

export const notificationsEntities = [NotificationEntity, EmailEntity];

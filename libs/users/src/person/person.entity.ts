import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('account')
@Index('account_email', ['email'])
@Index('account_directory', ['search_name', 'id'])
@Check('account_email_lower', 'email = lower(email)')
export class AccountEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_pk' }) id!: string;
  @Column('text') email!: string;
  @Column('text') name!: string;
  /** Without accents and capitals, for the search and its order. */
  @Column('text', { default: '' }) search_name!: string;
  /** null until an invitation is accepted. */
  @Column('text', { nullable: true }) password_hash!: string | null;
  @Column({ type: 'timestamptz', precision: 3 }) created_at!: Date;
}

@Entity('employment')
@Index('employment_of', ['user_id'])
@Index('employment_in', ['structure_id', 'user_id'])
@Index('employment_placed', ['placed_at'], { where: 'not ended and placed_at is not null' })
export class EmploymentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'employment_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid') user_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('text') role!: string;
  @Column('date') from_date!: string;
  @Column('date', { nullable: true }) until_date!: string | null;
  @Column('boolean') ended!: boolean;
  @Column('text', { nullable: true }) placed_at!: string | null;
  @Column('text', { array: true, nullable: true }) territory!: string[] | null;
}

@Entity('invitation')
@Index('invitation_of', ['user_id'])
export class InvitationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invitation_pk' }) id!: string;
  @Column('uuid') user_id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) created_at!: Date;
  @Column({ type: 'timestamptz', precision: 3 }) expires_at!: Date;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) used_at!: Date | null;
}

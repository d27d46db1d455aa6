import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('access_token')
@Index('access_token_of', ['user_id'])
export class AccessTokenEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'access_token_pk' }) token_hash!: Buffer;
  /** By which it is listed and ended; null: opened by a version that did not list them, for half a day. */
  @Column('uuid', { nullable: true }) id!: string | null;
  @Column('uuid') user_id!: string;
  @Column('uuid') employment_id!: string;
  @Column('uuid') structure_id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) created_at!: Date;
  @Column({ type: 'timestamptz', precision: 3 }) expires_at!: Date;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) ended_at!: Date | null;
  /** When it was last used, two minutes more or less; null: opened by a version that did not note it, and not idle before it is noted. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) active_at!: Date | null;
  /** Whether a second factor was given with the password, or set up since. */
  @Column('boolean', { nullable: true }) factor!: boolean | null;
}

@Entity('sign_in_attempt')
@Index('sign_in_attempt_last', ['last_at'])
export class SignInAttemptEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'sign_in_attempt_pk' }) key!: Buffer;
  @Column('integer') failures!: number;
  @Column({ type: 'timestamptz', precision: 3 }) last_at!: Date;
  @Column({ type: 'timestamptz', precision: 3 }) blocked_until!: Date;
}

@Entity('known_origin')
@Index('known_origin_last', ['last_at'])
export class KnownOriginEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'known_origin_pk' }) key!: Buffer;
  @Column({ type: 'timestamptz', precision: 3 }) last_at!: Date;
}

@Entity('email_change')
export class EmailChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'email_change_pk' }) id!: string;
  @Column('uuid') user_id!: string;
  @Column('text') old_email!: string;
  @Column('text') new_email!: string;
  @Column({ type: 'timestamptz', precision: 3 }) created_at!: Date;
}

@Entity('password_wanted')
export class PasswordWantedEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'password_wanted_pk' }) user_id!: string;
  @Column({ type: 'timestamptz', precision: 3 }) wanted_at!: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One for all accounts that a password opens: whichever of them asked for it has the row. */
@Entity('second_factor')
export class SecondFactorEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'second_factor_pk' }) user_id!: string;
  /** The secret of the codes, and that of the api's proof, sealed with a key that follows from a root. */
  @Column('text') box!: string;
  /** SHA-256 of what the api can only know by opening the box. */
  @Column('bytea') proof_hash!: Buffer;
  /** The half minute of the last code that was taken: neither it nor an earlier one is taken again. */
  @Column('bigint') last_step!: string;
  @Column({ type: 'timestamptz', precision: 3 }) created_at!: Date;
}

@Entity('recovery_code')
export class RecoveryCodeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'recovery_code_pk' }) user_id!: string;
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'recovery_code_pk' }) hash!: Buffer;
}

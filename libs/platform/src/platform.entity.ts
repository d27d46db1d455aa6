import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/**
 * The platform's tables as TypeORM sees them: only for the check that the migrations and this description agree. Nothing is read or
 * written through them. Indexes that TypeORM cannot say whole (descending columns) are marked `synchronize: false`.
 */
const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('stream')
export class StreamEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stream_pk' }) id!: string;
  @Column('text') kind!: string;
  @Column('integer') version!: number;
  @Column('text') hash!: string;
  @Column('jsonb') state!: object;
  @Column('text') state_version!: string;
  @Column('bytea', { nullable: true }) key!: Buffer | null;
  @Column(instant) created_at!: Date;
}

@Entity('event')
@Unique('event_id_key', ['id'])
@Index('event_of_record', ['stream_id', 'recorded_at', 'id'])
@Index('event_about', ['about', 'seq'], { where: '(about IS NOT NULL)' })
@Index('event_recorded', { synchronize: false })
@Index('event_actor', { synchronize: false })
@Index('event_structure', { synchronize: false })
export class EventEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'event_pk' }) stream_id!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'event_pk' }) seq!: number;
  @Column('uuid') id!: string;
  @Column('text') type!: string;
  @Column('smallint') schema!: number;
  @Column(instant) at!: Date;
  @Column(instant) recorded_at!: Date;
  @Column('uuid', { nullable: true }) actor_id!: string | null;
  @Column('uuid', { nullable: true }) structure_id!: string | null;
  @Column('jsonb') data!: object;
  @Column('jsonb') pieces!: object;
  @Column('text') prev!: string;
  @Column('text') hash!: string;
  /** What the hash covers, see `HashVersion`. */
  @Column('smallint', { default: 1 }) hash_version!: number;
  @Column('uuid', { nullable: true }) about!: string | null;
  @Column('text') audience!: string;
}

@Entity('piece')
@Index('piece_latest', { synchronize: false })
@Index('piece_shared', { synchronize: false })
export class PieceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'piece_pk' }) event_id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'piece_pk' }) kind!: string;
  @Column('uuid') stream_id!: string;
  @Column('integer') seq!: number;
  @Column('uuid', { nullable: true }) structure_id!: string | null;
  @Column('uuid', { nullable: true }) shared_by!: string | null;
  @Column('text') sha256!: string;
  @Column('bytea') ciphertext!: Buffer;
}

@Entity('access_grant')
@Index('access_grant_of', ['stream_id', 'structure_id'])
@Index('access_grant_structure', ['structure_id', 'stream_id'], { where: '(to_seq IS NULL)' })
export class AccessGrantEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'access_grant_pk' }) id!: string;
  @Column('uuid') stream_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('text') kind!: string;
  @Column('uuid') source!: string;
  @Column('integer') from_seq!: number;
  @Column('integer', { nullable: true }) to_seq!: number | null;
}

@Entity('party')
@Index('party_stream', ['stream_id', 'structure_id'])
export class PartyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_pk' }) about!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_pk' }) structure_id!: string;
  @Column('uuid') stream_id!: string;
  @Column('integer', { nullable: true }) until_seq!: number | null;
  @Column('boolean') reads_sheet!: boolean;
  /** The event its part begins with; null: the first about the thing. */
  @Column('uuid', { nullable: true }) from_event!: string | null;
}

@Entity('delivery')
@Index('delivery_line', ['consumer', 'stream_id', 'id'])
@Index('delivery_next', ['consumer', 'partition', 'id'], { where: '(parked_at IS NULL)' })
@Index('delivery_held', ['consumer', 'stream_id', 'id'], { where: '(attempts > 0)' })
@Index('delivery_due', ['consumer', 'partition', 'next_at'], { where: '(parked_at IS NULL)' })
export class DeliveryEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'delivery_pk',
  })
  id!: string;
  @Column('text') consumer!: string;
  @Column('smallint') partition!: number;
  @Column('uuid') stream_id!: string;
  @Column('uuid') event_id!: string;
  @Column('integer') seq!: number;
  @Column(instant) created_at!: Date;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column(instant) next_at!: Date;
  @Column({ ...instant, nullable: true }) parked_at!: Date | null;
  @Column('text', { nullable: true }) parked_reason!: string | null;
}

@Entity('timer')
@Index('timer_due', ['due_at'])
export class TimerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'timer_pk' }) stream_id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'timer_pk' }) name!: string;
  @Column(instant) due_at!: Date;
}

@Entity('idempotency')
@Index('idempotency_created', ['created_at'])
export class IdempotencyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'idempotency_pk' }) user_id!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_pk' }) key!: string;
  @Column('text') hash!: string;
  @Column('jsonb') result!: object;
  @Column(instant) created_at!: Date;
}

@Entity('claim')
@Index('claim_stream', ['stream_id'])
export class ClaimEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'claim_pk' }) token!: Buffer;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_pk' }) stream_id!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'claim_pk' }) origin!: string;
  /** What the word is of; null: written before it was told apart. */
  @Column('text', { nullable: true }) kind!: string | null;
}

@Entity('audit_entry')
@Index('audit_entry_at', { synchronize: false })
@Index('audit_entry_stream', { synchronize: false })
@Index('audit_entry_user', { synchronize: false })
export class AuditEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_entry_pk', default: () => 'uuidv7()' }) id!: string;
  @Column(instant) at!: Date;
  @Column('uuid', { nullable: true }) user_id!: string | null;
  @Column('uuid', { nullable: true }) structure_id!: string | null;
  @Column('text') action!: string;
  @Column('text') outcome!: string;
  @Column('uuid', { nullable: true }) stream_id!: string | null;
  @Column('uuid', { nullable: true }) target!: string | null;
  @Column('uuid', { array: true, default: () => "'{}'" }) shown!: string[];
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('bytea', { nullable: true }) comment!: Buffer | null;
  @Column('text', { nullable: true }) trace_id!: string | null;
}

/** What was erased: it is erased once more where an older copy of it comes back. `swept_at`: when the pages it had stood on were cleared; `noted_at`:
 * when the ledger outside the database had it. */
@Entity('erasure')
@Index('erasure_unswept', ['erased_at'], { where: '(swept_at IS NULL)' })
@Index('erasure_unnoted', ['erased_at'], { where: '(noted_at IS NULL)' })
export class ErasureEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'erasure_pk' }) stream_id!: string;
  @Column(instant) erased_at!: Date;
  @Column({ ...instant, nullable: true }) swept_at!: Date | null;
  @Column({ ...instant, nullable: true }) noted_at!: Date | null;
}

@Entity('sealing_key')
export class SealingKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sealing_key_pk' }) purpose!: string;
  @Column('text') fingerprint!: string;
  @Column(instant) since!: Date;
}

/** What keys follow from. `since`: null while processes learn it; `walked`, `shut`, `rewrapped_at`: how far everything has been wrapped with it, and what did not open. */
@Entity('sealing_root')
export class SealingRootEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'sealing_root_pk' }) generation!: number;
  /** Sealed with a master key. */
  @Column('bytea') box!: Buffer;
  /** The id of that one. */
  @Column('text') wrapped_by!: string;
  @Column({ ...instant, nullable: true }) since!: Date | null;
  @Column('uuid', { nullable: true }) walked!: string | null;
  @Column('integer', { default: 0 }) shut!: number;
  @Column({ ...instant, nullable: true }) rewrapped_at!: Date | null;
}

/** A process that runs, or was killed, and the newest and the current root it knows. */
@Entity('key_holder')
export class KeyHolderEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'key_holder_pk' }) process!: string;
  @Column('text') name!: string;
  @Column('integer') beats!: number;
  @Column('integer') newest!: number;
  @Column('integer') current!: number;
  /** The master key that it would need to learn the next one. */
  @Column('text', { nullable: true }) lacks!: string | null;
}

export const platformEntities = [
  StreamEntity,
  EventEntity,
  PieceEntity,
  AccessGrantEntity,
  PartyEntity,
  DeliveryEntity,
  TimerEntity,
  IdempotencyEntity,
  ClaimEntity,
  AuditEntryEntity,
  SealingKeyEntity,
  ErasureEntity,
  SealingRootEntity,
  KeyHolderEntity,
];

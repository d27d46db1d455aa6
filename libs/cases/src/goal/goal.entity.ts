import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('goal')
@Index('goal_case', ['case_id', 'status', 'set_at', 'id'])
export class Goal {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'goal_pk' }) id!: string;
  @Column({ type: 'uuid' }) case_id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'uuid' }) author_id!: string;
  @Column({ type: 'text', nullable: true }) theme!: string | null;
  @Column({ type: 'jsonb' }) steps!: object;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'integer' }) seq!: number;
  @Column({ type: 'uuid' }) text_event!: string;
  @Column({ type: 'timestamptz', precision: 3 }) set_at!: Date;
  @Column({ type: 'uuid', nullable: true }) end_event!: string | null;
  @Column({ type: 'date', nullable: true }) ended_on!: string | null;
  @Column({ type: 'timestamptz', precision: 3, nullable: true }) ended_at!: Date | null;
  @Column({ type: 'uuid', nullable: true }) ended_by!: string | null;
}

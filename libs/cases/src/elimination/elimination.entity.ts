/** Slips as TypeORM sees them: the check that schema and migrations agree, and the columns of `put_elimination_slip` and `put_elimination_line`. */
import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

@Entity('elimination_slip')
@Unique('elimination_slip_number', ['number'])
export class EliminationSlip {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'elimination_slip_pk' }) id!: string;
  @Column('uuid') register_id!: string;
  @Column('integer') number!: number;
  @Column('text') state!: string;
  @Column(instant) drawn_up_at!: Date;
  @Column('uuid') drawn_up_by!: string;
  @Column('integer') open!: number;
  @Column('integer') closed!: number;
  @Column('jsonb') producers!: object;
  @Column('text') first_month!: string;
  @Column('text') last_month!: string;
  @Column('text') hash!: string;
  @Column({ ...instant, nullable: true }) signed_at!: Date | null;
  @Column('uuid', { nullable: true }) signed_by!: string | null;
  @Column('text', { nullable: true }) visa!: string | null;
  @Column('integer') erased!: number;
  @Column('integer') left_out!: number;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
}

@Entity('elimination_line')
@Index('elimination_line_case', ['case_id'])
export class EliminationLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'elimination_line_pk' }) slip_id!: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'elimination_line_pk' }) case_id!: string;
  @Column('uuid') register_id!: string;
  @Column('integer') place!: number;
  @Column('text') state!: string;
  @Column('text', { nullable: true }) because!: string | null;
  @Column({ ...instant, nullable: true }) ended_at!: Date | null;
}

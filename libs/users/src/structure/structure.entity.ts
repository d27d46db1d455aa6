import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A structure's line in the directory. Entities are read by the schema check only: rows are written by `put_` functions. */
@Entity('structure')
@Index('structure_directory', ['search_name', 'id'])
export class StructureEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('text') name!: string;
  @Column('text') search_name!: string;
  @Column('text') typology!: string;
  @Column('text', { nullable: true }) siret!: string | null;
  @Column('text') status!: string;
  @Column('text', { array: true }) services!: string[];
  @Column('text', { array: true, nullable: true }) communes!: string[] | null;
  @Column('text', { nullable: true }) departement!: string | null;
  @Column('boolean') accepts_referrals!: boolean;
  @Column('text') capacity!: string;
  @Column('integer') version!: number;
  @Column('date', { nullable: true }) decided_on!: string | null;
  /** The days on which somebody works there; null: not known. */
  @Column('datemultirange', { nullable: true }) staffed!: string | null;
}

@Entity('structure_decision')
@Index('structure_decision_of', ['case_id', 'recorded_at'])
@Index('structure_decision_successor', ['successor_id'], { where: '(successor_id IS NOT NULL)' })
export class StructureDecisionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_decision_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('text') status!: string;
  @Column('date') decided_on!: string;
  @Column('text', { nullable: true }) reference!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) decided_by!: string | null;
  @Column({ type: 'timestamptz', precision: 3 }) recorded_at!: Date;
  @Column('uuid', { nullable: true }) successor_id!: string | null;
}

/** A name that a structure had until it was renamed. */
@Entity('structure_former_name')
@Index('structure_former_name_of', ['case_id', 'until_at'])
export class StructureFormerNameEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_former_name_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('text') name!: string;
  @Column({ type: 'timestamptz', precision: 3 }) until_at!: Date;
}

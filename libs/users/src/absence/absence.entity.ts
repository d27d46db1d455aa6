import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('absence')
@Index('absence_of', ['structure_id', 'user_id', 'until_date'])
@Index('absence_by', ['user_id', 'until_date'])
@Index('absence_in', ['structure_id', 'until_date', 'from_date', 'id'])
export class AbsenceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'absence_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid') structure_id!: string;
  @Column('uuid') user_id!: string;
  @Column('uuid') deputy_id!: string;
  @Column('date') from_date!: string;
  @Column('date') until_date!: string;
  @Column('boolean') ended!: boolean;
}

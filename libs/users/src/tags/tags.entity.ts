import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('structure_tags')
export class StructureTagsEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_tags_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('jsonb') tags!: object;
}

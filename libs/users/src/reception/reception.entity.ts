import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('structure_leaflet')
export class StructureLeafletEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_leaflet_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('text', { nullable: true }) bring!: string | null;
  @Column('text', { nullable: true }) coming!: string | null;
}

@Entity('structure_contacts')
export class StructureContactsEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'structure_contacts_pk' }) id!: string;
  @Column('uuid') case_id!: string;
  @Column('uuid', { nullable: true }) default_id!: string | null;
  @Column('jsonb') rota!: object;
}

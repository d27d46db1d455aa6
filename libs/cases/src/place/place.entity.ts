import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('place')
@Index('place_of_structure', ['structure_id', 'search_name', 'id'])
@Index('place_open_in', ['commune', 'structure_id'], { where: "status = 'open'" })
export class Place {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'place_pk' }) id!: string;
  @Column({ type: 'uuid' }) structure_id!: string;
  @Column({ type: 'text' }) status!: string;
  @Column({ type: 'integer' }) version!: number;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) search_name!: string;
  @Column({ type: 'text' }) street!: string;
  @Column({ type: 'text', nullable: true }) complement!: string | null;
  @Column({ type: 'text' }) postal_code!: string;
  @Column({ type: 'text' }) commune!: string;
  @Column({ type: 'double precision', nullable: true }) latitude!: number | null;
  @Column({ type: 'double precision', nullable: true }) longitude!: number | null;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'jsonb', nullable: true }) openings!: object | null;
  @Column({ type: 'text', nullable: true }) openings_note!: string | null;
  @Column({ type: 'text', nullable: true }) hours!: string | null;
  @Column({ type: 'text', nullable: true }) national_id!: string | null;
  @Column({ type: 'date', nullable: true }) closed_on!: string | null;
}

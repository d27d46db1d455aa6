import { readTable } from '@fil-rouge/platform';
import { DelayChangeEntity, DelaySettingEntity } from '../delays/delay-settings.entity';
import { StructureTagsEntity } from '../tags/tags.entity';
import { StructureDecisionEntity, StructureEntity, StructureFormerNameEntity } from '../structure/structure.entity';

/** What a structure was called at a moment, for what was done then; null: what it is called. @param structure the alias of its row */
export const nameAt = (structure: string, at: string): string =>
  `coalesce((select f.name from structure_former_name f where f.case_id = ${structure}.id and f.until_at > ${at} order by f.until_at limit 1), ${structure}.name)`;

/** The directory is for everybody who is signed in; its settings are for administrators. */
export const structures = [
  ...readTable(StructureEntity, { of: 'case_id', person: 'true', worker: true }),
  ...readTable(StructureDecisionEntity, { of: 'case_id', person: 'true' }),
  ...readTable(StructureFormerNameEntity, { of: 'case_id', person: 'true' }),
  ...readTable(StructureTagsEntity, { of: 'case_id', person: 'id = me_structure()' }),
  ...readTable(DelaySettingEntity, { of: 'case_id', person: `me_role() = 'administrator'` }),
  ...readTable(DelayChangeEntity, { of: 'case_id', person: `me_role() = 'administrator'` }),
];

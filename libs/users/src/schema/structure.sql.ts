import { readTable } from '@fil-rouge/platform';
import { DelaySettingEntity } from '../delays/delay-settings.entity';
import { StructureDecisionEntity, StructureEntity } from '../structure/structure.entity';

/** The directory is for everybody who is signed in; its settings are for administrators. */
export const structures = [
  ...readTable(StructureEntity, { of: 'case_id', api: 'true', worker: true }),
  ...readTable(StructureDecisionEntity, { of: 'case_id', api: 'true' }),
  ...readTable(DelaySettingEntity, { of: 'case_id', api: `me_role() = 'administrator'` }),
];

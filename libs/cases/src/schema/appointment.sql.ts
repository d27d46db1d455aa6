import { definer, readTable } from '@fil-rouge/platform';
import { Appointment } from '../appointment/appointment.entity';
import { structureNamed } from '../case/names.sql';
import { addressOf } from '../entry/on-case.sql';

/** By the last event: what was moved after a former lead's end is none of its business, its own appointments are. */
export const appointments = readTable(Appointment, {
  of: 'case_id',
  person: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
  worker: true,
});

/** Where a resident asked to be reminded, sealed, and by whom they are expected. */
export const reminders = [
  definer(
    'reminder_letter(p_event uuid) returns jsonb language sql stable',
    ['worker'],
    /* sql */ `
  select jsonb_build_object('structure', ${structureNamed('v.structure_id')}, 'to', ${addressOf('v.id')}) from event v where v.id = p_event
`,
  ),
];

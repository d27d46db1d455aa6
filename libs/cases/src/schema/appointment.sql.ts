import { readTable } from '@fil-rouge/platform';
import { Appointment } from '../appointment/appointment.entity';

/** By the last event: what was moved after a former lead's end is none of its business, its own appointments are. */
export const appointments = readTable(Appointment, {
  of: 'case_id',
  person: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
  worker: true,
});

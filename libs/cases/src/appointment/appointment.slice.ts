import type { Slice } from '@fil-rouge/kernel';
import {
  appointmentWrites,
  evolveAppointments,
  initialAppointments,
  type AppointmentRecord,
  type AppointmentsState,
} from './appointment';
import { appointmentsMerging, react } from './appointment.consequences.decider';
import { dueReminders, reminderTimers } from './appointment.reminder.decider';
import { projectAppointment } from './appointment.projection';

/** The appointments' share of a resident's record; it stands above the case. */
export const appointmentSlice: Slice<AppointmentsState, AppointmentRecord> = {
  kind: 'case',
  name: 'appointments',
  version: 2,
  initial: initialAppointments,
  writes: appointmentWrites,
  evolve: evolveAppointments,
  merging: appointmentsMerging,
  react,
  due: dueReminders,
  timers: reminderTimers,
  project: projectAppointment,
};

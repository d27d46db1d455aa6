/**
 * A resident who asked for it is reminded of an appointment the day before, by their own mail: when, where and with whom, and nothing else. Once asked, they hear too when it
 * is moved or called off. Pure.
 */
import {
  addCalendarDays,
  atParis,
  invalid,
  localDateOf,
  type Context,
  type Decided,
  type Instant,
  type Uuid,
} from '@fil-rouge/kernel';
import type { Identity } from '../case/case';
import { meetingOf, type AppointmentEventData, type AppointmentRecord, type Planned } from './appointment';
import { ownPlanned, type OnAppointment } from './appointment.decider';

export interface Reminding extends OnAppointment {
  /** Where; the resident's own address on the record when it is left out. */
  readonly email?: string;
}

/** At nine, the day before. */
export const remindedAt = (at: Instant): Instant => atParis(addCalendarDays(localDateOf(at), -1), '09:00');

/** Asked for again, it goes to the new address. Needs the piece `identity`. */
export function askReminder(record: AppointmentRecord, input: Reminding, context: Context): Decided[] {
  const planned = ownPlanned(record, input, 'move_appointment', context);
  if (localDateOf(planned.at) <= context.today)
    throw invalid('', 'too-late', 'Nobody is reminded of an appointment of today: the reminder goes the day before.');
  const email = input.email ?? (context.piece('identity') as Identity | undefined)?.email;
  if (email === undefined)
    throw invalid(
      '/email',
      'required',
      'The record has no e-mail address of the resident: say where the reminder shall go.',
    );
  const data: AppointmentEventData['AppointmentReminderAsked'] = { appointmentId: planned.id, nth: planned.nth + 1 };
  return [
    { type: 'AppointmentReminderAsked', about: planned.id, data, pieces: [{ kind: 'private_note', value: { email } }] },
  ];
}

/** Where none is to go: no event. */
export function revokeReminder(record: AppointmentRecord, input: OnAppointment, context: Context): Decided[] {
  const planned = ownPlanned(record, input, 'move_appointment', context);
  if (!planned.reminder) return [];
  const data: AppointmentEventData['AppointmentReminderRevoked'] = { appointmentId: planned.id, nth: planned.nth + 1 };
  return [{ type: 'AppointmentReminderRevoked', about: planned.id, data }];
}

const waiting = ({ appointments }: AppointmentRecord): (Planned & { reminder: Uuid })[] =>
  appointments.planned.flatMap((one) => (one.reminder && !one.reminded ? [{ ...one, reminder: one.reminder }] : []));

export const reminderTimers = (record: AppointmentRecord): Record<string, Instant> =>
  Object.fromEntries(waiting(record).map(({ id, at }) => [`appointment reminder ${id}`, remindedAt(at)]));

/** What is due by the clock. */
export const dueReminders = (record: AppointmentRecord, { now }: Context): Decided[] =>
  waiting(record)
    .filter(({ at }) => remindedAt(at) <= now)
    .map((one): Decided => {
      const data: AppointmentEventData['AppointmentReminded'] = {
        appointmentId: one.id,
        reminder: one.reminder,
        ...meetingOf(one),
      };
      return { type: 'AppointmentReminded', about: one.id, data: { ...data } };
    });

/** What may be done with an appointment now: its answer says it, and the decider decides by the same verbs of the case. Pure. */
import { localDateOf, type Instant } from '@fil-rouge/kernel';
import { mayNow, type Standing } from '../case/case.policy';
import type { AppointmentRow } from './appointment.projection';

export const appointmentActions = [
  'sessions',
  'move',
  'cancel',
  'miss',
  'undo-miss',
  'reminder',
  'revoke-reminder',
] as const;
type AppointmentAction = (typeof appointmentActions)[number];

/** For its own structure; whoever else reads it does nothing with it. */
export function actionsOf(
  { status, at, reminder_event }: Pick<AppointmentRow, 'status' | 'at' | 'reminder_event'>,
  standing: Standing,
  now: Instant,
): AppointmentAction[] {
  const today = localDateOf(now);
  const [records, changes, ends] = (['record_session', 'move_appointment', 'end_appointment'] as const).map((verb) =>
    mayNow(standing, verb, today),
  );
  const planned = status === 'planned';
  const possible: Readonly<Record<AppointmentAction, boolean | undefined>> = {
    sessions: planned && records,
    move: planned && changes,
    cancel: planned && ends,
    miss: planned && ends && at <= now,
    'undo-miss': status === 'missed' && changes,
    reminder: planned && changes && localDateOf(at) > today,
    'revoke-reminder': planned && changes && reminder_event !== null,
  };
  return appointmentActions.filter((action) => possible[action]);
}

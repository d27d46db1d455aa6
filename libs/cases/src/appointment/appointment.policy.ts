/** What may be done with an appointment now: its answer says it, and the decider decides by the same verbs of the case. Pure. */
import { localDateOf, type Instant } from '@fil-rouge/kernel';
import { mayNow, type Standing } from '../case/case.policy';
import type { AppointmentRow } from './appointment.projection';

export const appointmentActions = ['sessions', 'move', 'cancel', 'miss', 'undo-miss'] as const;
type AppointmentAction = (typeof appointmentActions)[number];

/** For its own structure; whoever else reads it does nothing with it. */
export function actionsOf(
  { status, at }: Pick<AppointmentRow, 'status' | 'at'>,
  standing: Standing,
  now: Instant,
): AppointmentAction[] {
  const today = localDateOf(now);
  const [records, changes, ends] = (['record_session', 'move_appointment', 'end_appointment'] as const).map((verb) =>
    mayNow(standing, verb, today),
  );
  const planned = status === 'planned';
  const possible: Readonly<Record<AppointmentAction, boolean | undefined>> = {
    sessions: planned && records && localDateOf(at) <= today,
    move: planned && changes,
    cancel: planned && ends,
    miss: planned && ends && at <= now,
    'undo-miss': status === 'missed' && changes,
  };
  return appointmentActions.filter((action) => possible[action]);
}

/** One row per appointment, of whichever record it was made on. Pure. */
import type { AppointmentStatus, Change, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { isCaseEvent } from '../case/case';
import { endless } from '../case/case.policy';
import { isAppointmentEvent, type AppointmentRecord, type Planned } from './appointment';

export interface AppointmentRow {
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid;
  counsellor_id: Uuid;
  at: string;
  minutes: number;
  place: string;
  place_id: Uuid | null;
  status: AppointmentStatus;
  version: number;
  /** Last event of the appointment; after a merge it has no number in the record it was made on. */
  seq: number;
  made_at: string;
  text_event: Uuid | null;
  note_event: Uuid | null;
  ended_at: string | null;
  end_event: Uuid | null;
  ended_by: string | null;
  ended_for: string | null;
  session_id: Uuid | null;
  /** Holds where the resident is reminded. */
  reminder_event: Uuid | null;
  reminded: boolean | null;
}

type Ending = Pick<AppointmentRow, 'status' | 'ended_at' | 'end_event' | 'ended_by' | 'ended_for' | 'session_id'>;

const stillPlanned: Ending = {
  status: 'planned',
  ended_at: null,
  end_event: null,
  ended_by: null,
  ended_for: null,
  session_id: null,
};

export function projectAppointment(
  { appointments: before }: AppointmentRecord,
  { appointments: after }: AppointmentRecord,
  event: RecordEvent,
): Change[] {
  const put = (one: Planned | undefined, version: number, ending: Ending): Change[] =>
    one ? [{ call: 'put_appointment', rows: [rowOf(one, version, event, ending)] }] : [];
  const ended = { ended_at: event.at, end_event: event.id };
  const past = (id: Uuid, ending: Pick<Ending, 'status'> & Partial<Ending>): Change[] => {
    const one = before.planned.find((planned) => planned.id === id);
    return put(one, (one?.nth ?? 0) + 2, { ...stillPlanned, ...ended, ...ending });
  };
  if (isCaseEvent(event))
    return event.type === 'SessionRecorded' && event.data.appointmentId
      ? past(event.data.appointmentId, { status: 'honoured', session_id: event.data.sessionId })
      : [];
  if (!isAppointmentEvent(event)) return [];
  switch (event.type) {
    case 'AppointmentMade':
    case 'AppointmentMoved':
    case 'AppointmentReminderAsked':
    case 'AppointmentReminderRevoked':
    case 'AppointmentReminded':
    case 'AppointmentMissUndone': {
      const one = after.planned.find(({ id }) => id === event.data.appointmentId);
      return put(one, (one?.nth ?? 0) + 1, stillPlanned);
    }
    case 'AppointmentMissed':
      return past(event.data.appointmentId, { status: 'missed' });
    case 'AppointmentCancelled': {
      const { appointmentId, by = null, reason } = event.data;
      // With the record everything that was said on it has gone.
      return reason === 'erased' ? [] : past(appointmentId, { status: 'cancelled', ended_by: by, ended_for: reason });
    }
  }
}

const rowOf = (one: Planned, version: number, { stream, seq }: RecordEvent, ending: Ending): AppointmentRow => ({
  id: one.id,
  case_id: one.caseId,
  structure_id: one.structureId,
  counsellor_id: one.counsellorId,
  at: one.at,
  minutes: one.minutes,
  place: one.place,
  place_id: one.placeId ?? null,
  version,
  seq: stream === one.caseId ? seq : endless,
  made_at: one.madeAt,
  text_event: one.textEvent ?? null,
  note_event: one.noteEvent ?? null,
  reminder_event: one.reminder ?? null,
  reminded: one.reminded ?? null,
  ...ending,
});

import {
  appointmentReasonValues,
  appointmentSideValues,
  appointmentStatusValues,
  placeValues,
  type AppointmentReason,
  type AppointmentSide,
  type AppointmentStatus,
} from '@fil-rouge/kernel';
import { Code, Codes, Email, From, MeetingTime, PageQuery, UpTo } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse, ResidentNamed } from '../case/cases.responses.dto';
import { appointmentActions } from './appointment.policy';
import { Comment, Id, IdOrMine, longText, Minutes, Optional, Removable, Text } from '../fields.dto';

export class MakeAppointmentBody {
  /** When: a time on the clocks of Paris, `2026-12-01T10:00`, or an instant with its offset. From today on, two years ahead at most. */
  @MeetingTime()
  at!: string;

  /** How long, up to 1439. */
  @Minutes()
  minutes!: number;

  /** lieu_activite (the default), domicile, a_distance or autre. */
  @Optional()
  @IsIn(placeValues)
  place?: string;

  /** At which of your structure's places, where `place` is lieu_activite. */
  @Optional()
  @Id()
  placeId?: string;

  /** With whom of your structure; yourself when it is left out. */
  @Optional()
  @Id()
  counsellorId?: string;

  /** For everybody who works on the case. */
  @Optional()
  @Text(longText)
  text?: string;

  /** For the own structure only. */
  @Optional()
  @Text(longText)
  privateNote?: string;
}

/** Only what changes; null takes an optional value away. */
export class MoveAppointmentBody {
  /** When. */
  @Optional()
  @MeetingTime()
  at?: string;

  /** How long, up to 1439. */
  @Optional()
  @Minutes()
  minutes?: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @Optional()
  @IsIn(placeValues)
  place?: string;

  /** At which of your structure's places. */
  @Removable()
  @Id()
  placeId?: string | null;

  /** With whom of your structure. */
  @Optional()
  @Id()
  counsellorId?: string;

  /** For everybody who works on the case. */
  @Removable()
  @Text(longText)
  text?: string | null;

  /** Replaces the private note. */
  @Optional()
  @Text(longText)
  privateNote?: string;
}

export class CancelAppointmentBody {
  /** Who calls it off: counsellor or resident. */
  @IsIn(appointmentSideValues)
  by!: AppointmentSide;

  /** unavailable, no_longer_needed, entered_in_error or other. */
  @IsIn(appointmentReasonValues)
  reason!: AppointmentReason;

  /** For everybody who reads the appointment; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export class AskReminderBody {
  /** The resident's own; the one on the record when it is left out. */
  @Optional()
  @Email()
  email?: string;
}

export class CaseAppointmentsQuery extends PageQuery {
  /** planned (the default), honoured, missed or cancelled. */
  @Optional()
  @IsIn(appointmentStatusValues)
  status?: AppointmentStatus;
}

export class AppointmentsQuery extends CaseAppointmentsQuery {
  /** Not before this day or time. */
  @From()
  from?: string;

  /** Not after this day or time, all of which counts. */
  @UpTo()
  to?: string;

  /** With whom: `mine`, or somebody's id. */
  @Optional()
  @IdOrMine()
  counsellor?: string;
}

export class AppointmentLine {
  id!: string;
  /** The case it stands on. */
  caseId!: string;
  /** Counts what was done to it; the ETag. */
  version!: number;
  /** planned, honoured, missed or cancelled. */
  @Code(appointmentStatusValues)
  status!: string;
  at!: string;
  /** As the clocks of Paris show it: `2026-12-01T10:00+01:00`. */
  atParis!: string;
  minutes!: number;
  @Code(placeValues)
  place!: string;
  placeId?: string;
  /** What the place is called. */
  placeName?: string;
  /** Who made it, and alone changes it. */
  structure!: NamedResponse | null;
  counsellor!: NamedResponse | null;
}

/** How it ended. */
export class AppointmentEnd {
  at!: string;
  /** counsellor or resident; absent when it was called off by itself. */
  @Code(appointmentSideValues)
  by?: string;
  reason?: string;
  comment?: string;
  /** The session that it became; for who reads it. */
  sessionId?: string;
}

/** By the resident's own mail, because they asked for it. */
export class AppointmentReminder {
  email?: string;
  /** When it goes, or went. */
  at!: string;
  sent!: boolean;
}

export class AppointmentShown extends AppointmentLine {
  text?: string;
  /** Own structure only. */
  privateNote?: string;
  madeAt!: string;
  /** Own structure only, while it is planned. */
  reminder?: AppointmentReminder;
  ended?: AppointmentEnd;
  /** What you may do with it now, by the words of the routes: sessions (recorded from it), move, cancel, miss, undo-miss, reminder, revoke-reminder. */
  @Codes(appointmentActions)
  actions!: string[];
}

export class CaseAppointmentsPage {
  items!: AppointmentLine[];
  nextCursor!: string | null;
}

export class AppointmentOfStructure extends AppointmentLine {
  /** Absent where your structure takes part in the case no more. */
  resident?: ResidentNamed;
  /** The name does not open: the record is damaged. */
  unreadable?: boolean;
}

export class AppointmentsPage {
  items!: AppointmentOfStructure[];
  nextCursor!: string | null;
}

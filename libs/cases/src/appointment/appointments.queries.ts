import { Injectable } from '@nestjs/common';
import { notFound, parisTimeOf, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import {
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  Sealing,
  type Asking,
  type Caller,
  type Page,
  type ReadOptions,
  type Rows,
  type Select,
} from '@fil-rouge/platform';
import { maySee } from '../case/case.policy';
import { nameOf } from '../case/resident-name.view';
import { isRead, standing, standingIn, type Box } from '../entry/on-case.sql';
import { actionsOf } from './appointment.policy';
import { remindedAt } from './appointment.reminder.decider';
import type {
  AppointmentLine,
  AppointmentOfStructure,
  AppointmentShown,
  AppointmentsQuery,
  CaseAppointmentsQuery,
} from './appointments.dto';
import {
  appointmentOfCase,
  appointmentsOfCase,
  appointmentsOfStructure,
  type AppointmentLineRead,
  type AppointmentRead,
  type AppointmentsOnCase,
  type StructureLineRead,
} from './appointments.sql';

@Injectable()
export class AppointmentsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, caseId: Uuid, appointmentId: Uuid): Asking {
    const audit = { action: 'case.appointment', record: caseId };
    return this.reads.asking(caller, appointmentOfCase, { caseId, appointmentId }, { audit });
  }

  /** What `ofStructure` reads. */
  askingOfStructure = (caller: Caller, query: AppointmentsQuery): Asking =>
    this.reads.asking(caller, ...listing(caller, query));

  /** Problems: 404 when the case or the appointment is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, appointmentId: Uuid, rows?: Rows): Promise<AppointmentShown> {
    const found = rows ?? (await this.reads.read(this.asking(caller, caseId, appointmentId)));
    const read = standing(found as AppointmentsOnCase<AppointmentRead>[]);
    const [row] = read.appointments;
    if (!row) throw notFound();
    const own = row.structure_id === caller.session.structureId;
    const opened = (box: Box | null, kind: 'shared_text' | 'private_note'): Record<string, unknown> =>
      box?.key && (kind === 'private_note' ? own && maySee(read.view, 'private_notes') : own || isRead(read, row))
        ? openPiece(this.sealing, box.key, box.stream, box.event, kind, box.ciphertext)
        : {};
    const { note: text } = opened(row.text, 'shared_text');
    const { note: privateNote } = opened(row.note, 'private_note');
    const { comment } = opened(row.comment, 'shared_text');
    const { email } = opened(own ? row.email : null, row.email?.kind ?? 'private_note');
    return {
      ...lineOf(row, caseId),
      ...(typeof text === 'string' ? { text } : {}),
      ...(typeof privateNote === 'string' ? { privateNote } : {}),
      madeAt: instantOf(row.made_at),
      ...(own && row.status === 'planned' && row.reminder_event !== null
        ? {
            reminder: {
              ...(typeof email === 'string' ? { email } : {}),
              at: remindedAt(instantOf(row.at)),
              sent: row.reminded === true,
            },
          }
        : {}),
      actions: own ? actionsOf({ ...row, at: instantOf(row.at) }, standingIn(read), this.clock.now()) : [],
      ...(row.ended_at === null
        ? {}
        : {
            ended: {
              at: instantOf(row.ended_at),
              ...(row.ended_by === null ? {} : { by: row.ended_by }),
              ...(row.ended_for === null ? {} : { reason: row.ended_for }),
              ...(typeof comment === 'string' ? { comment } : {}),
              ...(row.session_id === null ? {} : { sessionId: row.session_id }),
            },
          }),
    };
  }

  /** Soonest first. Problems: 404 when the case is hidden from the caller. */
  async ofCase(caller: Caller, caseId: Uuid, query: CaseAppointmentsQuery): Promise<Page<AppointmentLine>> {
    const { status = 'planned' } = query;
    const read = standing(
      await this.reads.rows<AppointmentsOnCase<AppointmentLineRead>>(
        caller,
        appointmentsOfCase,
        { caseId, limit: limitOf(query) + 1, after: cursorOf(query), status },
        { audit: { action: 'case.appointments', record: caseId } },
      ),
    );
    return pageOf(read.appointments, limitOf(query), keyOf, (row) => lineOf(row, caseId));
  }

  /** What the caller's structure has agreed on, on whichever case. Soonest first. */
  async ofStructure(caller: Caller, query: AppointmentsQuery, read?: Rows): Promise<Page<AppointmentOfStructure>> {
    const rows = read ?? (await this.reads.rows(caller, ...listing(caller, query)));
    return pageOf(
      rows as StructureLineRead[],
      limitOf(query),
      keyOf,
      evenUnreadable(
        (row) => ({ ...lineOf(row, row.present_case), ...nameOf(row.resident, this.sealing) }),
        (row) => ({ ...row, resident: null }),
      ),
    );
  }
}

function listing(caller: Caller, query: AppointmentsQuery): [Select, JsonObject, ReadOptions] {
  const { status = 'planned', from, to, counsellor: whose } = query;
  const counsellor = whose === 'mine' ? caller.session.userId : whose;
  return [
    appointmentsOfStructure,
    { limit: limitOf(query) + 1, after: cursorOf(query), status, from, to, counsellor },
    { audit: { action: 'appointment.list', shownIn: 'case_id' } },
  ];
}

const keyOf = ({ at, id }: AppointmentLineRead): string[] => [at, id];

const lineOf = (row: AppointmentLineRead, caseId: Uuid): AppointmentLine => ({
  id: row.id,
  caseId,
  version: row.version,
  status: row.status,
  at: instantOf(row.at),
  atParis: parisTimeOf(instantOf(row.at)),
  minutes: row.minutes,
  place: row.place,
  ...(row.place_id === null ? {} : { placeId: row.place_id }),
  ...(row.place_name === null ? {} : { placeName: row.place_name }),
  structure: row.structure,
  counsellor: row.counsellor,
});

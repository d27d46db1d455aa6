import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Context, Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { AppointmentRecord } from './appointment';
import {
  cancelAppointment,
  makeAppointment,
  missAppointment,
  moveAppointment,
  type CallingOff,
  type Making,
  type Moving,
  undoMiss,
  type OnAppointment,
} from './appointment.decider';
import { askReminder, revokeReminder } from './appointment.reminder.decider';
import { AppointmentsQueries } from './appointments.queries';

type AppointmentPlace = { caseId: Uuid; appointmentId: Uuid };
type OfAppointment = Outcome<AppointmentPlace>;

export class MakeAppointment extends Command<OfAppointment> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Omit<Making, 'appointmentId'>,
  ) {
    super();
  }
}

@CommandHandler(MakeAppointment)
export class MakeAppointmentHandler implements ICommandHandler<MakeAppointment> {
  constructor(
    private readonly records: Records,
    private readonly appointments: AppointmentsQueries,
  ) {}

  execute({ caller, caseId, input }: MakeAppointment): Promise<OfAppointment> {
    const appointmentId = newId();
    const { counsellorId = caller.session.userId, placeId } = input.meeting;
    return this.records.decide<AppointmentRecord, AppointmentPlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      facts: [counsellorId, placeId],
      decide: (records) =>
        records.map(({ state, context }) => makeAppointment(state, { ...input, appointmentId }, context)),
      result: () => ({ caseId, appointmentId }),
      answer: () => this.appointments.asking(caller, caseId, appointmentId),
    });
  }
}

/** What is done to an appointment that is there. */
export type AppointmentChange =
  | ({ verb: 'move' } & Omit<Moving, keyof OnAppointment>)
  | ({ verb: 'cancel' } & Omit<CallingOff, keyof OnAppointment>)
  | { verb: 'miss' }
  | { verb: 'undo-miss' }
  | { verb: 'reminder'; email?: string }
  | { verb: 'revoke-reminder' };

export class ChangeAppointment extends Command<OfAppointment> {
  constructor(
    readonly caller: Caller,
    readonly on: OnAppointment,
    readonly change: AppointmentChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeAppointment)
export class ChangeAppointmentHandler implements ICommandHandler<ChangeAppointment> {
  constructor(
    private readonly records: Records,
    private readonly appointments: AppointmentsQueries,
  ) {}

  execute({ caller, on, change }: ChangeAppointment): Promise<OfAppointment> {
    const { caseId, appointmentId } = on;
    const { counsellorId, placeId } = change.verb === 'move' ? change.changes : {};
    return this.records.decide<AppointmentRecord, AppointmentPlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { appointment: { table: 'appointment', id: appointmentId, facts: ['place_id'] } },
      facts: [counsellorId ?? undefined, placeId ?? undefined],
      pieces: change.verb === 'reminder' ? ['identity'] : [],
      decide: (records) => records.map(({ state, context }) => decided(state, on, change, context)),
      result: () => ({ caseId, appointmentId }),
      answer: () => this.appointments.asking(caller, caseId, appointmentId),
    });
  }
}

function decided(record: AppointmentRecord, on: OnAppointment, change: AppointmentChange, context: Context): Decided[] {
  switch (change.verb) {
    case 'move':
      return moveAppointment(record, { ...on, ...change }, context);
    case 'cancel':
      return cancelAppointment(record, { ...on, ...change }, context);
    case 'miss':
      return missAppointment(record, on, context);
    case 'undo-miss':
      return undoMiss(record, on, context);
    case 'reminder':
      return askReminder(record, { ...on, email: change.email }, context);
    case 'revoke-reminder':
      return revokeReminder(record, on, context);
  }
}

export const appointmentsHandlers = [MakeAppointmentHandler, ChangeAppointmentHandler];

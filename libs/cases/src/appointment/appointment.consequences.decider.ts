/** What becomes of planned appointments when nobody decides on them: the case closes, a structure takes part no more, two records become one. Pure. */
import { type AppointmentEnding, type Decided, type MergeShare, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { accessChangeOf, isCaseEvent, objectsTo, takesPart, type CaseState } from '../case/case';
import { lastDayOf } from '../case/case.policy';
import { calledOff } from './appointment.decider';
import type { AppointmentRecord, Planned } from './appointment';

/** A part that came to its end by itself leaves its appointments to whoever made them; one that was taken away does not. */
const isShutOut = (state: CaseState, structureId: Uuid): boolean =>
  !takesPart(state, structureId) && lastDayOf(state, structureId) === undefined;

export function react({ case: state, appointments: { planned } }: AppointmentRecord, happened: RecordEvent): Decided[] {
  if (planned.length === 0) return [];
  const ended = accessChangeOf(happened).ended ?? [];
  const because = (reason: AppointmentEnding, which: (one: Planned) => boolean): Decided[] =>
    planned.filter(which).map((one) => calledOff(one, { reason }));
  const shutOut = (): Decided[] => because('part_ended', ({ structureId }) => isShutOut(state, structureId));
  if (!isCaseEvent(happened)) return ended.length > 0 ? shutOut() : [];
  switch (happened.type) {
    case 'CaseErased':
      return because('erased', () => true);
    case 'CaseClosed':
      return because(
        'case_closed',
        ({ structureId }) => takesPart(state, structureId) || isShutOut(state, structureId),
      );
    case 'ObjectionRecorded': {
      const { against } = happened.data;
      const lead = state.lead?.structureId;
      return because(
        'part_ended',
        ({ structureId }) => structureId !== lead && (against === 'all' || against === structureId),
      );
    }
    case 'RecordsMerged':
      return shutOut();
    default:
      return ended.length > 0 ? shutOut() : [];
  }
}

/** Whoever takes part in the record that ends takes part in the one that goes on, and its appointments go with it. Of others nothing goes there. */
export const appointmentsMerging: MergeShare<AppointmentRecord> = {
  endings: (loser, survivor) => ({
    ofLoser: staying(loser, survivor.case).map((one) => calledOff(one, { reason: 'part_ended' })),
    ofSurvivor: staying(survivor, loser.case, false).map((one) => calledOff(one, { reason: 'part_ended' })),
  }),
  carried: (loser, { case: survivor }) => {
    const left = staying(loser, survivor);
    return { takenOver: { appointments: loser.appointments.planned.filter((one) => !left.includes(one)) }, sealed: {} };
  },
};

/** @param ending whether the record ends: then what a former participant had planned ends too */
const staying = ({ case: state, appointments }: AppointmentRecord, other: CaseState, ending = true): Planned[] =>
  appointments.planned.filter(
    ({ structureId }) =>
      (structureId !== state.lead?.structureId && objectsTo(other, structureId)) ||
      (ending && !takesPart(state, structureId)),
  );

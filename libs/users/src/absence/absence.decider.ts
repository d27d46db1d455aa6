/** Who may say that somebody is away, and what of it may be said. Pure: state, input, context → events, or a `Problem`. */
import {
  addCalendarDays,
  checkDay,
  forbidden,
  invalid,
  isStaff,
  notFound,
  wrongState,
  type Context,
  type Decided,
  type LocalDate,
  type Uuid,
} from '@fil-rouge/kernel';
import type { StructureState } from '../structure/structure';
import { worksOn, type Absence, type AbsenceEventData } from './absence';

/** A large structure's holidays: the state that every decision reads stays small. */
const mostAbsences = 200;

export interface Saying {
  /** Whoever says it, unless it is somebody else. */
  readonly userId?: Uuid;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly deputyId: Uuid;
}

export function sayAbsence(
  id: Uuid,
  state: StructureState,
  absenceId: Uuid,
  said: Saying,
  context: Context,
): Decided[] {
  const { userId = context.actor.userId!, from, until, deputyId } = said;
  allow(id, userId, context);
  const absence: Absence = { id: absenceId, userId, from, until, deputyId };
  check(state, absence, ['from', 'until', 'deputyId'], context);
  const { absences = [] } = state;
  if (absences.filter((one) => one.until >= context.today).length >= mostAbsences)
    throw invalid('', 'too-many', `A structure has at most ${mostAbsences} absences ahead.`);
  const data: AbsenceEventData['AbsenceSaid'] = { absenceId, userId, from, until, deputyId };
  return [{ type: 'AbsenceSaid', data }];
}

/** Nothing different: no event. */
export function correctAbsence(
  id: Uuid,
  state: StructureState,
  absenceId: Uuid,
  changes: Partial<Omit<Saying, 'userId'>>,
  context: Context,
): Decided[] {
  const present = standing(id, state, absenceId, context);
  const { from = present.from, until = present.until, deputyId = present.deputyId } = changes;
  const absence = { ...present, from, until, deputyId };
  const changed = (['from', 'until', 'deputyId'] as const).filter((member) => absence[member] !== present[member]);
  if (changed.length === 0) return [];
  check(state, absence, changed, context);
  const { userId } = present;
  const previous = deputyId === present.deputyId ? {} : { previousDeputyId: present.deputyId };
  const data: AbsenceEventData['AbsenceCorrected'] = { absenceId, userId, from, until, deputyId, ...previous };
  return [{ type: 'AbsenceCorrected', data }];
}

/** Back today. One that had not begun has never been. */
export function endAbsence(id: Uuid, state: StructureState, absenceId: Uuid, context: Context): Decided[] {
  const { userId, deputyId, from } = standing(id, state, absenceId, context);
  const until = from < context.today ? addCalendarDays(context.today, -1) : null;
  const data: AbsenceEventData['AbsenceEnded'] = { absenceId, userId, deputyId, until };
  return [{ type: 'AbsenceEnded', data }];
}

function standing(id: Uuid, state: StructureState, absenceId: Uuid, context: Context): Absence {
  const { actor } = context;
  if (!isStaff(actor) || actor.structureId !== id) throw notTheirs();
  const found = state.absences?.find((one) => one.id === absenceId);
  if (!found) throw notFound();
  allow(id, found.userId, context);
  if (found.until < context.today) throw wrongState('ended');
  return found;
}

const notTheirs = () => forbidden('Whoever is away says so, or a manager of the structure.');

function allow(id: Uuid, userId: Uuid, { actor }: Context): void {
  if (!isStaff(actor) || actor.structureId !== id) throw notTheirs();
  if (actor.role !== 'manager' && actor.userId !== userId) throw notTheirs();
}

function check(
  state: StructureState,
  { id, userId, from, until, deputyId }: Absence,
  said: readonly string[],
  { today }: Context,
): void {
  if (said.includes('from')) checkDay('absent', from, today, '/from');
  if (said.includes('until')) checkDay('absent', until, today, '/until');
  if (until < from) throw invalid('/until', 'before-from', 'An absence cannot end before it begins.');
  if (until < today) throw invalid('/until', 'past', 'This absence is over already: nobody takes over in the past.');
  const first = from > today ? from : today;
  if (!worksOn(state, userId, first))
    throw invalid('/userId', 'not-employed', 'This person does not work for your structure then.');
  if (deputyId === userId) throw invalid('/deputyId', 'same', 'Whoever is away does not take over.');
  if (!worksOn(state, deputyId, first))
    throw invalid('/deputyId', 'not-employed', 'Whoever takes over works for your structure by then.');
  const during = (one: Absence): boolean => one.id !== id && one.from <= until && from <= one.until;
  const { absences = [] } = state;
  if (absences.some((one) => one.userId === deputyId && during(one)))
    throw invalid('/deputyId', 'away', 'Whoever is to take over is away, too, in these days.');
  const other = absences.find((one) => one.userId === userId && during(one));
  if (other)
    throw invalid(
      '/from',
      'overlap',
      `This person is away already from ${other.from} to ${other.until}: correct that.`,
    );
}

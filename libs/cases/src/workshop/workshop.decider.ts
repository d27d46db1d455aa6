/** A workshop: what was held, and its mark on the case of everybody who came. Pure. */
import { forbidden, invalid, isStaff, Problem, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import type { CaseEventData, CaseState } from '../case/case';
import { allow } from '../case/case.decider';
import { checkThemes } from '../checks.decider';
import { checkDate, checkHappened } from '../session/session.decider';
import { atPlace } from '../session/session.place.decider';
import type { Anonymous, WorkshopEventData, WorkshopFields } from './workshop';

export interface Holding {
  readonly workshopId: Uuid;
  readonly fields: WorkshopFields;
  /** Cases, in the order of the request. */
  readonly participants: readonly Uuid[];
  readonly anonymous: Anonymous;
}

/** The workshop with the place it names: what it says stands on each participant's case too. */
export const heldAt = (holding: Holding, context: Context): Holding => ({
  ...holding,
  fields: atPlace(holding.fields, Object.keys(holding.fields), context),
});

export function hold({ fields, participants, anonymous }: Holding, context: Context): Decided[] {
  if (!isStaff(context.actor)) throw forbidden();
  checkDate(fields.date, context.today);
  checkWorkshop({ fields, participants, anonymous });
  const data: WorkshopEventData['WorkshopHeld'] = { participants: [...participants] };
  return [{ type: 'WorkshopHeld', data, pieces: [{ kind: 'shared_text', value: { ...fields, anonymous } }] }];
}

export function checkWorkshop({ fields, participants, anonymous }: Omit<Holding, 'workshopId'>): void {
  checkThemes(fields.themes);
  const twice = participants.findIndex((id, at) => participants.indexOf(id) < at);
  if (twice >= 0) throw invalid(`/participants/${twice}`, 'duplicate', 'The same person is named twice.');
  if (participants.length === 0 && anonymous.total === 0)
    throw invalid('/participants', 'nobody', 'A workshop had somebody: name participants, or count them.');
  for (const margin of ['byAge', 'byGender', 'byStatus'] as const) {
    const counted = Object.values(anonymous[margin] ?? {}).reduce((sum, count) => sum + count, 0);
    if (counted > anonymous.total)
      throw invalid(`/anonymous/${margin}`, 'sum', 'These counts add up to more than the total.');
  }
}

/** @param at place in the request: one refusal refuses the whole workshop, and says whose it is */
export function attend(
  state: CaseState,
  { workshopId, fields }: Pick<Holding, 'workshopId' | 'fields'>,
  at: number,
  context: Context,
): Decided[] {
  try {
    allow(state, 'attend_workshop', context);
    checkHappened(state, fields.date, context);
  } catch (error) {
    throw error instanceof Problem ? ofParticipant(error, at) : error;
  }
  const data: CaseEventData['WorkshopAttended'] = { workshopId };
  return [
    { type: 'WorkshopAttended', about: workshopId, data, pieces: [{ kind: 'shared_text', value: { ...fields } }] },
  ];
}

export const ofParticipant = ({ code, detail, members }: Problem, at: number): Problem =>
  new Problem(code, detail, { ...members, errors: [{ pointer: `/participants/${at}`, code }] });

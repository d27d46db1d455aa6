/** What may happen to a goal: set, its steps reached one by one, reached, abandoned. By whoever takes part in the follow-up. Pure. */
import {
  checkDay,
  invalid,
  notFound,
  stale,
  wrongState,
  type Context,
  type Decided,
  type GoalStatus,
  type LocalDate,
  type Uuid,
} from '@fil-rouge/kernel';
import { allow } from '../case/case.decider';

import { mostOpenGoals, type GoalEventData, type GoalRecord, type OpenGoal } from './goal';

export interface Setting {
  readonly goalId: Uuid;
  readonly text: string;
  readonly theme?: string;
  readonly steps: readonly string[];
  readonly ifMatch?: number;
}

export function setGoal(
  { case: state, goals }: GoalRecord,
  { goalId, text, theme, steps, ifMatch }: Setting,
  context: Context,
): Decided[] {
  allow(state, 'set_goal', context, ifMatch);
  if (goals.open.length >= mostOpenGoals)
    throw invalid('', 'too-many-open', `This case has ${mostOpenGoals} open goals already.`);
  const data: GoalEventData['GoalSet'] = { goalId, stepIds: steps.map(() => context.newId()) };
  const value = { note: text, ...(theme === undefined ? {} : { theme }), steps: [...steps] };
  return [{ type: 'GoalSet', about: goalId, data, pieces: [{ kind: 'shared_text', value }] }];
}

export interface OnGoal {
  readonly caseId: Uuid;
  readonly goalId: Uuid;
  readonly ifMatch?: number;
}

export interface Reaching extends OnGoal {
  readonly stepId?: Uuid;
  /** Today, unless it says otherwise. */
  readonly on?: LocalDate;
  readonly comment?: string;
}

/** A step twice: no event. */
export function reachStep(
  record: GoalRecord,
  input: Reaching & { readonly stepId: Uuid },
  context: Context,
): Decided[] {
  const { goal, on } = ofOpen(record, input, context);
  const step = goal.steps.find(({ id }) => id === input.stepId);
  if (!step) throw invalid('/stepId', 'unknown', 'This goal has no step of this id.');
  const data: GoalEventData['GoalStepReached'] = { goalId: goal.id, stepId: step.id, on };
  return step.reachedOn === undefined ? [{ type: 'GoalStepReached', about: goal.id, data }] : [];
}

/** The steps stay as they are: some lead there on another way. */
export const reachGoal = (record: GoalRecord, input: Reaching, context: Context): Decided[] =>
  end('GoalReached', record, input, context);

export const abandonGoal = (record: GoalRecord, input: Reaching, context: Context): Decided[] =>
  end('GoalAbandoned', record, input, context);

function end(type: 'GoalReached' | 'GoalAbandoned', record: GoalRecord, input: Reaching, context: Context): Decided[] {
  const { goal, on } = ofOpen(record, input, context);
  const { comment } = input;
  const data: GoalEventData['GoalReached'] = { goalId: goal.id, on };
  return [{ type, about: goal.id, data, pieces: comment ? [{ kind: 'shared_text', value: { comment } }] : [] }];
}

/** The row of a goal as a decision reads it. */
interface GoalAddress {
  readonly id: Uuid;
  readonly case_id: Uuid;
  readonly status: GoalStatus;
  readonly version: number;
}

function ofOpen(
  { case: state, goals }: GoalRecord,
  { caseId, ifMatch, on }: Reaching,
  context: Context,
): { goal: OpenGoal; on: LocalDate } {
  allow(state, 'reach_goal', context);
  const row = context.row<GoalAddress>('goal');
  // What was set on a record that has ended in this one is read here, and goes on here: the log of that one is closed.
  if (!row || ![caseId, ...state.mergedFrom].includes(row.case_id)) throw notFound();
  if (ifMatch !== undefined && ifMatch !== row.version) throw stale();
  const goal = goals.open.find(({ id }) => id === row.id);
  if (!goal) throw wrongState(row.status);
  const day = on ?? context.today;
  checkDay('happened', day, context.today, '/on');
  return { goal, on: day };
}

/**
 * READ FIRST: a goal of a follow-up, in steps that are reached one by one: what the resident wants to manage alone. It belongs to the follow-up, not to the structure
 * that set it: whoever takes part goes on with it. What is open is state of the case, little of it; what it says is a sealed piece. Pure.
 */
import { eventsOf, type LocalDate, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { isCaseEvent, type CaseRecord } from '../case/case';

export type OpenGoal = {
  id: Uuid;
  /** The record it was set on: another one when that has ended in this. */
  caseId: Uuid;
  version: number;
  /** In their order; a day where one is reached. */
  steps: { id: Uuid; reachedOn?: LocalDate }[];
};

export type GoalsState = { open: OpenGoal[] };
export type GoalRecord = CaseRecord & { goals: GoalsState };

/** More at once are none. */
export const mostOpenGoals = 20;

export type GoalEventData = {
  /** shared_text `{note, theme?, steps}`: the texts of the steps, in the order of `stepIds` */
  GoalSet: { goalId: Uuid; stepIds: Uuid[] };
  GoalStepReached: { goalId: Uuid; stepId: Uuid; on: LocalDate };
  /** shared_text `{comment?}` */
  GoalReached: { goalId: Uuid; on: LocalDate };
  /** shared_text `{comment?}` */
  GoalAbandoned: { goalId: Uuid; on: LocalDate };
};

export const goalWrites: Readonly<Record<keyof GoalEventData, number>> = {
  GoalSet: 1,
  GoalStepReached: 1,
  GoalReached: 1,
  GoalAbandoned: 1,
};

export const isGoalEvent = eventsOf<GoalEventData>(goalWrites);

export const initialGoals: GoalsState = { open: [] };

export function evolveGoals(state: GoalsState, event: RecordEvent): GoalsState {
  if (isCaseEvent(event)) {
    if (event.type === 'MergedInto' || event.type === 'CaseErased') return initialGoals;
    if (event.type !== 'RecordsMerged') return state;
    return { open: [...state.open, ...((event.data.takenOver['goals'] ?? []) as OpenGoal[])] };
  }
  if (!isGoalEvent(event)) return state;
  const { goalId } = event.data;
  switch (event.type) {
    case 'GoalSet': {
      const steps = event.data.stepIds.map((id) => ({ id }));
      return { open: [...state.open, { id: goalId, caseId: event.stream, version: 1, steps }] };
    }
    case 'GoalStepReached': {
      const { stepId, on: reachedOn } = event.data;
      const stepped = (goal: OpenGoal): OpenGoal => ({
        ...goal,
        version: goal.version + 1,
        steps: goal.steps.map((step) => (step.id === stepId ? { ...step, reachedOn } : step)),
      });
      return { open: state.open.map((goal) => (goal.id === goalId ? stepped(goal) : goal)) };
    }
    case 'GoalReached':
    case 'GoalAbandoned':
      return { open: state.open.filter(({ id }) => id !== goalId) };
  }
}

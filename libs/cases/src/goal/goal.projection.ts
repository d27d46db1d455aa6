/** One row per goal, of whichever record it was set on. Pure. */
import { pieceOf, type Change, type GoalStatus, type LocalDate, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { endless } from '../case/case.policy';
import { isGoalEvent, type GoalRecord, type OpenGoal } from './goal';

export interface GoalRow {
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid | null;
  author_id: Uuid | null;
  theme: string | null;
  steps: OpenGoal['steps'];
  status: GoalStatus;
  version: number;
  /** Last event of the goal; after a merge it has no number in the record it was set on. */
  seq: number;
  text_event: Uuid;
  set_at: string;
  end_event: Uuid | null;
  ended_on: LocalDate | null;
  ended_at: string | null;
  ended_by: Uuid | null;
}

/** What changes keeps who set it and what it says. */
export type GoalChangeRow = Pick<
  GoalRow,
  'id' | 'steps' | 'status' | 'version' | 'seq' | 'end_event' | 'ended_on' | 'ended_at' | 'ended_by'
>;

export function projectGoal({ goals: before }: GoalRecord, { goals: after }: GoalRecord, event: RecordEvent): Change[] {
  if (!isGoalEvent(event)) return [];
  const { goalId } = event.data;
  if (event.type === 'GoalSet') {
    const [goal] = after.open.filter(({ id }) => id === goalId);
    const text = pieceOf(event, 'shared_text');
    if (!goal || !text) return [];
    const row: GoalRow = {
      id: goalId,
      case_id: event.stream,
      structure_id: event.structure,
      author_id: event.actor,
      theme: (text['theme'] as string | undefined) ?? null,
      steps: goal.steps,
      status: 'open',
      version: 1,
      seq: event.seq,
      text_event: event.id,
      set_at: event.at,
      ...going,
    };
    return [{ call: 'put_goal', rows: [row] }];
  }
  const goal = (event.type === 'GoalStepReached' ? after : before).open.find(({ id }) => id === goalId);
  if (!goal) return [];
  const changed = { id: goalId, steps: goal.steps, seq: goal.caseId === event.stream ? event.seq : endless };
  const row: GoalChangeRow =
    event.type === 'GoalStepReached'
      ? { ...changed, ...going, status: 'open', version: goal.version }
      : {
          ...changed,
          status: event.type === 'GoalReached' ? 'reached' : 'abandoned',
          version: goal.version + 1,
          end_event: event.id,
          ended_on: event.data.on,
          ended_at: event.at,
          ended_by: event.actor,
        };
  return [{ call: 'put_goal_change', rows: [row] }];
}

const going = { end_event: null, ended_on: null, ended_at: null, ended_by: null };

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Context, Decided, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { GoalRecord } from './goal';
import { abandonGoal, reachGoal, reachStep, setGoal, type OnGoal, type Reaching, type Setting } from './goal.decider';
import { GoalsQueries } from './goals.queries';

type GoalPlace = { caseId: Uuid; goalId: Uuid };
type OfGoal = Outcome<GoalPlace>;

export class SetGoal extends Command<OfGoal> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Omit<Setting, 'goalId'>,
  ) {
    super();
  }
}

@CommandHandler(SetGoal)
export class SetGoalHandler implements ICommandHandler<SetGoal> {
  constructor(
    private readonly records: Records,
    private readonly goals: GoalsQueries,
  ) {}

  execute({ caller, caseId, input }: SetGoal): Promise<OfGoal> {
    const goalId = newId();
    return this.records.decide<GoalRecord, GoalPlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      decide: (records) => records.map(({ state, context }) => setGoal(state, { ...input, goalId }, context)),
      result: () => ({ caseId, goalId }),
      answer: () => this.goals.asking(caller, caseId, goalId),
    });
  }
}

/** What is done to a goal that is there. */
export type GoalChange =
  { verb: 'step'; stepId: Uuid; on?: string } | { verb: 'reach' | 'abandon'; on?: string; comment?: string };

export class ChangeGoal extends Command<OfGoal> {
  constructor(
    readonly caller: Caller,
    readonly on: OnGoal,
    readonly change: GoalChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeGoal)
export class ChangeGoalHandler implements ICommandHandler<ChangeGoal> {
  constructor(
    private readonly records: Records,
    private readonly goals: GoalsQueries,
  ) {}

  execute({ caller, on, change }: ChangeGoal): Promise<OfGoal> {
    const { caseId, goalId } = on;
    return this.records.decide<GoalRecord, GoalPlace>({
      caller,
      on: [{ kind: 'case', id: caseId }],
      rows: { goal: { table: 'goal', id: goalId } },
      decide: (records) => records.map(({ state, context }) => decided(state, on, change, context)),
      result: () => ({ caseId, goalId }),
      answer: () => this.goals.asking(caller, caseId, goalId),
    });
  }
}

function decided(record: GoalRecord, on: OnGoal, change: GoalChange, context: Context): Decided[] {
  const input: Reaching = { ...on, ...change };
  switch (change.verb) {
    case 'step':
      return reachStep(record, { ...input, stepId: change.stepId }, context);
    case 'reach':
      return reachGoal(record, input, context);
    case 'abandon':
      return abandonGoal(record, input, context);
  }
}

export const goalsHandlers = [SetGoalHandler, ChangeGoalHandler];

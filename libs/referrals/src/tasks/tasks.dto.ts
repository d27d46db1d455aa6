import { taskKindValues } from '@fil-rouge/kernel';
import { Code, CountResponse, Flag, PageQuery } from '@fil-rouge/platform';
import { PickType } from '@nestjs/swagger';
import { ResidentNamed } from '@fil-rouge/cases';
import { NamedDto } from '../handover/handovers.dto';

export class TasksQuery extends PageQuery {
  /** true: those for which I am the named person, or take over from who is, and, as a manager, those for which nobody is named. Else all of the structure. */
  @Flag()
  mine?: boolean;
}

/** As in the list. */
export class TaskCountsQuery extends PickType(TasksQuery, ['mine']) {}

export class TasksCounted extends CountResponse {
  @Code(taskKindValues)
  kind!: string;
}

export class TaskCounts {
  /** Of each kind of which there are any, each exact up to a hundred. */
  counts!: TasksCounted[];
}

/** Something to do next. It is computed from the records: doing it is what makes it go. */
export class TaskDto {
  /** Stable while the task stands: its kind and the thing it is about. */
  id!: string;
  /** For instance `answer_referral`. */
  @Code(taskKindValues)
  kind!: string;
  /** In French, without the resident's name. */
  title!: string;
  /** Whom it is about. Absent for who does not take part, and of a batch, which is about many. */
  resident?: ResidentNamed;
  /** Tasks are listed by it, the urgent ones before all others. */
  dueAt!: string;
  late!: boolean;
  /** Asked as urgent: such tasks come first. */
  urgent?: boolean;
  /** Whom the structure that refused has named instead. */
  betterStructure?: NamedDto;
  /** Who is named for it; absent: the managers of the structure, or whoever coordinates. */
  assignee?: NamedDto;
  caseId?: string;
  referralId?: string;
  handoverId?: string;
  handoverBatchId?: string;
  /** The name does not open: the record is damaged. */
  unreadable?: boolean;
}

export class TaskPage {
  items!: TaskDto[];
  nextCursor!: string | null;
}

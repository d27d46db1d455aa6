import { Optional } from '@fil-rouge/cases';
import { PageQuery } from '@fil-rouge/platform';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { NamedDto } from './handovers.dto';

export class TasksQuery extends PageQuery {
  /** true: those for which I am the named person, and, as a manager, those for which nobody is named. Else all of the structure. */
  @Optional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean()
  mine?: boolean;
}

/** Something to do next. It is computed from the records: doing it is what makes it go. */
export class TaskDto {
  /** Stable while the task stands: its kind and the thing it is about. */
  id!: string;
  /** For instance `answer_referral`. */
  kind!: string;
  /** In French, without the resident's name. */
  title!: string;
  /** Tasks are listed by it. */
  dueAt!: string;
  late!: boolean;
  /** Who is named for it; absent: the managers of the structure, or whoever coordinates. */
  assignee?: NamedDto;
  caseId?: string;
  referralId?: string;
  handoverId?: string;
  handoverBatchId?: string;
}

export class TaskPage {
  items!: TaskDto[];
  nextCursor!: string | null;
}

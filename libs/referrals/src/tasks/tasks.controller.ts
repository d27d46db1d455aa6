import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires, SignedIn, type Caller } from '@fil-rouge/platform';
import { TaskCounts, TaskCountsQuery, TaskPage, TasksQuery } from './tasks.dto';
import { TasksQueries } from './tasks.queries';

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(private readonly queries: TasksQueries) {}

  /** What your structure, or you yourself, must do next: computed from the records, the urgent ones first, then the first due. Coordinators and administrators are asked what only they may decide. */
  @Get()
  @Requires('task.read')
  list(@SignedIn() caller: Caller, @Query() query: TasksQuery): Promise<TaskPage> {
    return this.queries.list(caller, query);
  }

  /** How many tasks there are of each kind, as the list has them. */
  @Get('counts')
  @Requires('task.read')
  countTasks(@SignedIn() caller: Caller, @Query() query: TaskCountsQuery): Promise<TaskCounts> {
    return this.queries.counts(caller, query);
  }
}

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@fil-rouge/kernel';
import { Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { StructureRecord } from '../structure/structure';
import { changeTags, type TagsInput } from './tags.decider';
import { TagsQueries } from './tags.queries';

type Done = Outcome<{ structureId: Uuid }>;

export class ChangeTags extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly structureId: Uuid,
    readonly tags: TagsInput['tags'],
  ) {
    super();
  }
}

@CommandHandler(ChangeTags)
export class ChangeTagsHandler implements ICommandHandler<ChangeTags> {
  constructor(
    private readonly records: Records,
    private readonly queries: TagsQueries,
  ) {}

  execute({ caller, structureId, tags }: ChangeTags): Promise<Done> {
    return this.records.decide<StructureRecord, { structureId: Uuid }>({
      caller,
      on: [{ kind: 'structure', id: structureId }],
      decide: ([record]) => [
        changeTags(structureId, record!.state.structure, { tags, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ structureId }),
      answer: () => this.queries.asking(caller, structureId),
    });
  }
}

export const tagsHandlers = [ChangeTagsHandler];

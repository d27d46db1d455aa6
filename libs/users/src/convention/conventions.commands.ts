import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LocalDate, Uuid } from '@fil-rouge/kernel';
import { newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { ConventionRecord } from './convention';
import { changePost, endConvention, signConvention, type PostInput, type SignInput } from './convention.decider';
import { ConventionsQueries } from './conventions.queries';

type Done = Outcome<{ conventionId: Uuid }>;

export class SignConvention extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly input: SignInput,
  ) {
    super();
  }
}

@CommandHandler(SignConvention)
export class SignConventionHandler implements ICommandHandler<SignConvention> {
  constructor(
    private readonly records: Records,
    private readonly conventions: ConventionsQueries,
  ) {}

  execute({ caller, input }: SignConvention): Promise<Done> {
    const conventionId = newId();
    return this.records.decide<ConventionRecord, { conventionId: Uuid }>({
      caller,
      on: [{ kind: 'convention', create: conventionId }],
      facts: [input.structureId],
      decide: ([record]) => [signConvention(input, record!.context)],
      result: () => ({ conventionId }),
      answer: () => this.conventions.asking(caller, conventionId),
    });
  }
}

export class EndConvention extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly conventionId: Uuid,
    readonly input: { on: LocalDate; reason: string },
  ) {
    super();
  }
}

@CommandHandler(EndConvention)
export class EndConventionHandler implements ICommandHandler<EndConvention> {
  constructor(
    private readonly records: Records,
    private readonly conventions: ConventionsQueries,
  ) {}

  execute({ caller, conventionId, input }: EndConvention): Promise<Done> {
    return this.records.decide<ConventionRecord, { conventionId: Uuid }>({
      caller,
      on: [{ kind: 'convention', id: conventionId }],
      decide: ([record]) => [
        endConvention(record!.state.convention, { ...input, ifMatch: caller.ifMatch }, record!.context),
      ],
      result: () => ({ conventionId }),
      answer: () => this.conventions.asking(caller, conventionId),
    });
  }
}

export class ChangePost extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly conventionId: Uuid,
    readonly postId: Uuid,
    readonly input: PostInput,
  ) {
    super();
  }
}

@CommandHandler(ChangePost)
export class ChangePostHandler implements ICommandHandler<ChangePost> {
  constructor(
    private readonly records: Records,
    private readonly conventions: ConventionsQueries,
  ) {}

  execute({ caller, conventionId, postId, input }: ChangePost): Promise<Done> {
    return this.records.decide<ConventionRecord, { conventionId: Uuid }>({
      caller,
      on: [{ kind: 'convention', id: conventionId }],
      facts: input.verb === 'occupy' ? [input.userId] : [],
      decide: ([record]) => [changePost(record!.state.convention, postId, input, caller.ifMatch, record!.context)],
      result: () => ({ conventionId }),
      answer: () => this.conventions.asking(caller, conventionId),
    });
  }
}

export const conventionHandlers = [SignConventionHandler, EndConventionHandler, ChangePostHandler];

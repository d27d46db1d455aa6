import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, invalid, type Uuid } from '@fil-rouge/kernel';
import { codeOf, newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { EmploymentGuards } from './employment-guard';
import { PeopleQueries } from './people.queries';
import type { PersonRecord } from './person';
import { createPerson, endEmployment, inviteAgain, startEmployment, type EmploymentInput, type EndInput, type InviteInput } from './person.decider';

type Done = Outcome<{ userId: Uuid }>;

export class InvitePerson extends Command<Done> {
  constructor(readonly caller: Caller, readonly input: InviteInput) {
    super();
  }
}

@CommandHandler(InvitePerson)
export class InvitePersonHandler implements ICommandHandler<InvitePerson> {
  constructor(private readonly records: Records) {}

  async execute({ caller, input }: InvitePerson): Promise<Done> {
    const id = newId();
    try {
      return await this.records.decide<PersonRecord, { userId: Uuid }>({
        caller,
        on: [{ kind: 'person', create: id }],
        facts: [input.structureId],
        decide: ([record]) => [createPerson(id, record!.state.person, input, record!.context)],
        result: () => ({ userId: id }),
      });
    } catch (error) {
      // Left to the database: two invitations of one address at once must not both find it free.
      if (codeOf(error) === '23505' && (error as { constraint?: string }).constraint === 'account_email_key') {
        throw invalid('/email', 'taken', 'There is already an account with this e-mail address.');
      }
      throw error;
    }
  }
}

export class StartEmployment extends Command<Done> {
  constructor(readonly caller: Caller, readonly userId: Uuid, readonly input: EmploymentInput) {
    super();
  }
}

@CommandHandler(StartEmployment)
export class StartEmploymentHandler implements ICommandHandler<StartEmployment> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId, input }: StartEmployment): Promise<Done> {
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      facts: [input.structureId],
      decide: ([record]) => {
        // A coordinator who became a counsellor by its own act would read what coordinators may not.
        if (caller.session.userId === userId && caller.session.role !== 'administrator') throw forbidden('Ask an administrator for another employment of your own.');
        return [startEmployment(record!.state.person, input, record!.context)];
      },
      result: () => ({ userId }),
    });
  }
}

export class EndEmployment extends Command<Done> {
  constructor(readonly caller: Caller, readonly userId: Uuid, readonly input: Omit<EndInput, 'openCases'>) {
    super();
  }
}

@CommandHandler(EndEmployment)
export class EndEmploymentHandler implements ICommandHandler<EndEmployment> {
  constructor(
    private readonly records: Records,
    private readonly people: PeopleQueries,
    private readonly guards: EmploymentGuards,
  ) {}

  async execute({ caller, userId, input }: EndEmployment): Promise<Done> {
    // Which structure's cases to count is known only from the employment, so it is read first: a rare command, one more round trip.
    const structureId = await this.people.employerOf(caller, userId, input.employmentId);
    const openCases = await this.guards.openCasesLedBy(userId, structureId);
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      decide: ([record]) => [endEmployment(record!.state.person, { ...input, openCases }, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export class InviteAgain extends Command<Done> {
  constructor(readonly caller: Caller, readonly userId: Uuid) {
    super();
  }
}

@CommandHandler(InviteAgain)
export class InviteAgainHandler implements ICommandHandler<InviteAgain> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId }: InviteAgain): Promise<Done> {
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      decide: ([record]) => [inviteAgain(userId, record!.state.person, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export const peopleHandlers = [InvitePersonHandler, StartEmploymentHandler, EndEmploymentHandler, InviteAgainHandler];

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, invalid, type Uuid } from '@fil-rouge/kernel';
import { codeOf, newId, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import { staysIn, type PersonEventData, type PersonRecord } from './person';
import { createPerson, endEmployment, inviteAgain, leadsOpenCases, startEmployment, type EmploymentInput, type EndInput, type InviteInput } from './person.decider';

/**
 * Counts the open cases that somebody leads, or is about to lead, for a structure and that nobody has planned for. A function of whichever module knows
 * cases, bound when it is called. Whoever opens a case, or is named for one, holds the person's record as a fact: none is added meanwhile.
 */
const ledCases = 'check_led_cases';

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
  constructor(readonly caller: Caller, readonly userId: Uuid, readonly input: EndInput) {
    super();
  }
}

@CommandHandler(EndEmployment)
export class EndEmploymentHandler implements ICommandHandler<EndEmployment> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId, input }: EndEmployment): Promise<Done> {
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      rows: { employment: { table: 'employment', id: input.employmentId, facts: ['structure_id'] } },
      decide: ([record]) => [endEmployment(record!.state.person, input, record!.context)],
      result: () => ({ userId }),
      requires: (events, [record]) => {
        const ended = events.find(({ type }) => type === 'EmploymentEnded');
        if (!ended) return undefined;
        const { employmentId, structureId } = ended.data as PersonEventData['EmploymentEnded'];
        return staysIn(record!.state.person, structureId, record!.context.today, employmentId) ? undefined : { call: ledCases, of: { userId, structureId } };
      },
      unmet: (count) => leadsOpenCases(count as number),
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

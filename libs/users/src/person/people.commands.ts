import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { forbidden, invalid, localDateOf, type Decided, type Uuid } from '@fil-rouge/kernel';
import { Clock, newId, Records, type Caller, type Outcome, type Target } from '@fil-rouge/platform';
import { staffEvents } from '../structure/staff';
import type { StructureRecord } from '../structure/structure';
import { Turns } from '../sign-in/turns.service';
import { PeopleQueries } from './people.queries';
import { isPersonEvent, staysIn, type PersonRecord } from './person';
import {
  correctNameOf,
  createPerson,
  endEmployment,
  inviteAgain,
  leadsOpenCases,
  startEmployment,
  type EmploymentInput,
  type EndInput,
  type InviteInput,
} from './person.decider';

/**
 * Counts the open cases that somebody leads, or is about to lead, for a structure and that nobody has planned for. A function of whichever module knows
 * cases, bound when it is called. Whoever opens a case, or is named for one, holds the person's record as a fact: none is added meanwhile.
 */
const ledCases = 'check_led_cases';

type Done = Outcome<{ userId: Uuid }>;

/** A person is hired and leaves on two records at once, their own and the structure's: each is one of the two. */
type Staffing = PersonRecord & StructureRecord;

/** `orNew`: a structure that is not there is for the rule to refuse, once it has looked at who asks. */
const structure = (id: Uuid): Target => ({ kind: 'structure', id, orNew: true });

const onBoth = (userId: Uuid, events: Decided[]): Decided[][] => [events, staffEvents(userId, events)];

export class InvitePerson extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly input: InviteInput,
  ) {
    super();
  }
}

/**
 * The structure employs somebody of that address already. An account of another employer is nothing that whoever hires may know of: it is hired anew, as if
 * there were none, and the mailbox says whether one password opens both.
 */
const newColleague = 'check_new_colleague';
/** A whole organisation on its first day. */
const mostInvited = 100;

@CommandHandler(InvitePerson)
export class InvitePersonHandler implements ICommandHandler<InvitePerson> {
  constructor(
    private readonly records: Records,
    private readonly people: PeopleQueries,
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, input }: InvitePerson): Promise<Done> {
    const id = newId();
    const { userId } = caller.session;
    const { email, structureId } = input;
    if ((await this.people.person(caller, userId)).email === email) throw forbidden('Nobody employs themself.');
    await this.turns.need(
      { of: `invitations|${userId}`, most: mostInvited },
      'You have invited many people today. Try again tomorrow.',
    );
    return this.records.decide<Staffing, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', create: id }, structure(structureId)],
      decide: ([record]) => onBoth(id, createPerson(id, record!.state.person, input, record!.context)),
      result: () => ({ userId: id }),
      requires: () => ({ call: newColleague, of: { email, structureId, today: localDateOf(this.clock.now()) } }),
      unmet: () => invalid('/email', 'taken', 'Somebody of this structure has this e-mail address already.'),
    });
  }
}

export class StartEmployment extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly userId: Uuid,
    readonly input: EmploymentInput,
  ) {
    super();
  }
}

@CommandHandler(StartEmployment)
export class StartEmploymentHandler implements ICommandHandler<StartEmployment> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId, input }: StartEmployment): Promise<Done> {
    return this.records.decide<Staffing, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }, structure(input.structureId)],
      decide: ([record]) => onBoth(userId, startEmployment(userId, record!.state.person, input, record!.context)),
      result: () => ({ userId }),
    });
  }
}

export class EndEmployment extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly userId: Uuid,
    readonly input: EndInput,
  ) {
    super();
  }
}

@CommandHandler(EndEmployment)
export class EndEmploymentHandler implements ICommandHandler<EndEmployment> {
  constructor(
    private readonly records: Records,
    private readonly people: PeopleQueries,
  ) {}

  async execute({ caller, userId, input }: EndEmployment): Promise<Done> {
    // Who employs somebody never changes: it may be looked up before anything is decided.
    const employer = await this.people.employer(caller, userId, input.employmentId);
    return this.records.decide<Staffing, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }, structure(employer)],
      decide: ([record]) => onBoth(userId, endEmployment(record!.state.person, input, record!.context)),
      result: () => ({ userId }),
      requires: (events, [record]) => {
        const ended = events.filter(isPersonEvent).find((event) => event.type === 'EmploymentEnded');
        if (!ended) return undefined;
        const { employmentId, structureId } = ended.data;
        return staysIn(record!.state.person, structureId, record!.context.today, employmentId)
          ? undefined
          : { call: ledCases, of: { userId, structureId } };
      },
      unmet: (count) => leadsOpenCases(count as number),
    });
  }
}

export class CorrectName extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly userId: Uuid,
    readonly name: string,
  ) {
    super();
  }
}

@CommandHandler(CorrectName)
export class CorrectNameHandler implements ICommandHandler<CorrectName> {
  constructor(private readonly records: Records) {}

  execute({ caller, userId, name }: CorrectName): Promise<Done> {
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      pieces: ['identity'],
      decide: ([record]) => [correctNameOf(record!.state.person, { name }, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export class InviteAgain extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly userId: Uuid,
  ) {
    super();
  }
}

@CommandHandler(InviteAgain)
export class InviteAgainHandler implements ICommandHandler<InviteAgain> {
  constructor(
    private readonly records: Records,
    private readonly turns: Turns,
  ) {}

  async execute({ caller, userId }: InviteAgain): Promise<Done> {
    await this.turns.need(
      { of: `invited again|${userId}|${caller.session.userId}`, most: 5 },
      'You have sent this person several invitations today. Try again tomorrow.',
    );
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      decide: ([record]) => [inviteAgain(userId, record!.state.person, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export const peopleHandlers = [
  InvitePersonHandler,
  StartEmploymentHandler,
  EndEmploymentHandler,
  CorrectNameHandler,
  InviteAgainHandler,
];

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { invalid, type Uuid } from '@fil-rouge/kernel';
import { Database, Records, Sealing, type Caller, type Outcome } from '@fil-rouge/platform';
import { openLink } from '../sign-in/links.service';
import { OwnPassword } from '../sign-in/own-password.service';
import { Turns } from '../sign-in/turns.service';
import { askEmailChange, changeEmail, confirmedEmail, correctName } from './own-account.decider';
import type { PersonRecord } from './person';

type Done = Outcome<{ userId: Uuid }>;

export class CorrectOwnName extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly name: string,
  ) {
    super();
  }
}

@CommandHandler(CorrectOwnName)
export class CorrectOwnNameHandler implements ICommandHandler<CorrectOwnName> {
  constructor(private readonly records: Records) {}

  execute({ caller, name }: CorrectOwnName): Promise<Done> {
    const { userId } = caller.session;
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      pieces: ['identity'],
      decide: ([record]) => [correctName({ name }, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export class AskEmailChange extends Command<Done> {
  constructor(
    readonly caller: Caller,
    readonly email: string,
    readonly password: string,
  ) {
    super();
  }
}

@CommandHandler(AskEmailChange)
export class AskEmailChangeHandler implements ICommandHandler<AskEmailChange> {
  constructor(
    private readonly records: Records,
    private readonly passwords: OwnPassword,
    private readonly turns: Turns,
  ) {}

  /** Whether the new address has an account is for its mailbox to know. Problems: 422 wrong password, 429. */
  async execute({ caller, email, password }: AskEmailChange): Promise<Done> {
    const { userId } = caller.session;
    await this.passwords.verify(caller, password, '/password');
    await this.turns.need(
      { of: `email change|${userId}`, most: 5 },
      'You have asked for another e-mail address often enough today. Try again tomorrow.',
    );
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller,
      on: [{ kind: 'person', id: userId }],
      pieces: ['identity'],
      decide: ([record]) => [askEmailChange(userId, { email }, record!.context)],
      result: () => ({ userId }),
    });
  }
}

export class ConfirmEmailChange extends Command<Done> {
  constructor(readonly token: string) {
    super();
  }
}

@CommandHandler(ConfirmEmailChange)
export class ConfirmEmailChangeHandler implements ICommandHandler<ConfirmEmailChange> {
  constructor(
    private readonly records: Records,
    private readonly database: Database,
    private readonly sealing: Sealing,
  ) {}

  /** Problems: 422 for a link that is dead or not ours, or an address that has an account by now. */
  async execute({ token }: ConfirmEmailChange): Promise<Done> {
    const { id: changeId, userId } = openLink(this.sealing, 'email-change', token) ?? {};
    if (changeId === undefined || userId === undefined) throw deadLink();
    const [row] = await this.database.query<{ ids: Uuid[] }>(
      'accounts_of_login',
      'select accounts_of_login($1) as ids',
      [userId],
    );
    const accounts = [userId, ...row!.ids.filter((id) => id !== userId)];
    let confirmed = '';
    return this.records.decide<PersonRecord, { userId: Uuid }>({
      caller: null,
      warrant: { emailChange: changeId },
      on: accounts.map((id) => ({ kind: 'person', id })),
      pieces: ['identity', 'profile'],
      decide: (records) => {
        const email = confirmedEmail(records[0]!.state.person, changeId, records[0]!.context);
        if (email === null) throw deadLink();
        confirmed = email;
        return records.map(({ context }) => changeEmail(changeId, email, context));
      },
      result: () => ({ userId }),
      requires: () => ({ call: 'check_free_email', of: { email: confirmed, accounts } }),
      unmet: () =>
        invalid(
          '/token',
          'taken',
          'This e-mail address has an account of its own. Sign in with that one, or choose another address.',
        ),
    });
  }
}

const deadLink = () =>
  invalid('/token', 'expired', 'This link was used, has expired or is not ours. Ask for a new one.');

export const ownAccountHandlers = [CorrectOwnNameHandler, AskEmailChangeHandler, ConfirmEmailChangeHandler];

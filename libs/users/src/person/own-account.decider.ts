/** What people do with their own account. Pure: state, input, context → events, or a `Problem`. */
import { forbidden, invalid, type Context, type Decided, type Instant, type Uuid } from '@fil-rouge/kernel';
import type { Noticed, PersonEventData, PersonIdentity, PersonState } from './person';

const minutes = (context: Context, count: number): Instant =>
  new Date(Date.parse(context.now) + count * 60_000).toISOString();
/** A mailbox is open beside whoever asks, or it is not theirs. */
const linkMinutes = 60;

export function forgetPassword(accountId: Uuid, context: Context): Decided[] {
  return [
    {
      type: 'PasswordForgotten',
      data: {
        resetId: context.newId(),
        accountId,
        expiresAt: minutes(context, linkMinutes),
      } satisfies PersonEventData['PasswordForgotten'],
    },
  ];
}

/** The same again changes nothing. Needs the piece `identity`. */
export function correctName({ name }: { name: string }, context: Context): Decided[] {
  const identity = identityOf(context);
  return identity.name === name
    ? []
    : [{ type: 'NameCorrected', data: {}, pieces: [{ kind: 'identity', value: { ...identity, name } }] }];
}

/** The newest request alone can be confirmed. Needs the piece `identity`. */
export function askEmailChange(accountId: Uuid, { email }: { email: string }, context: Context): Decided[] {
  const { email: before } = identityOf(context);
  if (email === before) throw invalid('/email', 'same', 'This is your e-mail address already.');
  const data = {
    changeId: context.newId(),
    accountId,
    expiresAt: minutes(context, linkMinutes),
  } satisfies PersonEventData['EmailChangeAsked'];
  return [{ type: 'EmailChangeAsked', data, pieces: [{ kind: 'profile', value: { email, before } }] }];
}

/** By the link sent to the new address. On every account that the old one opened. Needs the piece `identity`. */
export function changeEmail(changeId: Uuid, email: string, context: Context): Decided[] {
  return [
    {
      type: 'EmailChanged',
      data: { changeId },
      pieces: [{ kind: 'identity', value: { ...identityOf(context), email } }],
    },
  ];
}

/** By another administrator, or whoever has the server. Whoever finds a session of an administrator open must not be able to end with it what keeps them out. */
export function resetSecondFactor(userId: Uuid, { reason }: { reason: string }, { actor }: Context): Decided[] {
  if (actor.userId === userId)
    throw forbidden('Another administrator does this for you. With your password you take it away yourself.');
  const data = { userId } satisfies PersonEventData['SecondFactorReset'];
  return [{ type: 'SecondFactorReset', data, pieces: [{ kind: 'shared_text', value: { reason } }] }];
}

/** Once a day and kind is enough to have somebody look. */
export function noticeOpenings(
  state: PersonState,
  { of, count }: { of: Noticed; count: number },
  { today: day }: Context,
): Decided[] {
  return state.noticed?.[of] === day
    ? []
    : [
        {
          type: 'UnusualOpenings',
          byItself: true,
          data: { day, of, count } satisfies PersonEventData['UnusualOpenings'],
        },
      ];
}

/** Where the person asked to be written to; null when the link is not the newest, was used or came too late. Needs the piece `profile`. */
export function confirmedEmail(state: PersonState, changeId: Uuid, context: Context): string | null {
  const asked = state.emailChange;
  return asked?.id === changeId && asked.expiresAt > context.now
    ? (context.piece('profile') as { email: string }).email
    : null;
}

const identityOf = (context: Context): PersonIdentity => context.piece('identity') as PersonIdentity;

import { localDateOf, type Instant, type Uuid } from '@fil-rouge/kernel';
import { newId, type Transaction } from '@fil-rouge/platform';
import { employedOn } from '@fil-rouge/users';
import type { Invite, Standing } from './appointment.invites';
import type { MailSettings } from './mail.settings';

/** Of each person who was written to what their calendar shows: the mails that have gone say it. */
const shownSql = `
  select l.account_id as id, l.invite->>'is' <> 'cancelled' as shown, (l.invite->>'sequence')::integer as sequence
  from (select distinct on (account_id) account_id, invite from email where appointment_id = $1
    order by account_id, (invite->>'sequence')::integer desc, id desc) l`;

/**
 * Brings an appointment into the calendars of whom it is with and of who takes over on its day, changes it there, and takes it out of all others.
 * In one calendar its SEQUENCE only rises, also where somebody takes over, does not any more, and does again.
 */
export async function keepCalendars(
  { meeting, expected, changed }: Standing,
  mail: MailSettings,
  transaction: Transaction,
  now: Instant,
): Promise<void> {
  const known = await transaction.query<{ id: Uuid; shown: boolean; sequence: number }>(shownSql, [meeting.id]);
  const wanted = expected === null ? [] : await withDeputy(expected, meeting.at, transaction);
  const invite = async (to: Uuid, is: Invite['is']): Promise<void> => {
    const told = known.find(({ id }) => id === to)?.sequence ?? -1;
    const said: Invite = { is, ...meeting, sequence: Math.max(meeting.sequence, told + 1) };
    await send(to, said, mail, transaction, now);
  };
  for (const { id, shown } of known) if (shown && !wanted.includes(id)) await invite(id, 'cancelled');
  for (const id of wanted) {
    const shown = known.some((one) => one.id === id && one.shown);
    if (!shown || changed) await invite(id, shown ? 'moved' : 'made');
  }
}

/** Who takes over is asked of the structure whose appointment it is: whoever does elsewhere learns nothing of it. */
async function withDeputy(
  { counsellorId, structureId }: NonNullable<Standing['expected']>,
  at: Instant,
  transaction: Transaction,
): Promise<Uuid[]> {
  const [deputy] = await transaction.query<{ id: Uuid | null }>(`select deputy_of($1, $2, $3) as id`, [
    structureId,
    counsellorId,
    localDateOf(at),
  ]);
  return deputy?.id ? [counsellorId, deputy.id] : [counsellorId];
}

/** Not to who works there no more. */
async function send(
  to: Uuid,
  invite: Invite,
  mail: MailSettings,
  transaction: Transaction,
  now: Instant,
): Promise<void> {
  const id = newId();
  await transaction.query(
    `insert into email (id, appointment_id, invite, letter, account_id, message_id, status, attempts, created_at, next_at)
       select $1, $2, $3, 'appointment', $4, $5, 'pending', 0, $6, $6 where exists (select from employment e where e.user_id = $4 and ${employedOn('e', '$7::date')})`,
    [id, invite.id, JSON.stringify(invite), to, mail.messageIdOf(id), now, localDateOf(now)],
  );
}

import { Injectable } from '@nestjs/common';
import { forbidden, invalid, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, Log, Sealing, Sessions, type Caller } from '@fil-rouge/platform';
import { openLink, type LinkKind } from './links.service';
import { refuseWeak, type Chooser } from './password-strength.service';
import { hashPassword, proofsOf } from './passwords.service';
import { foldAddress, foldEmail, type Origin } from './sign-in.service';
import { Turns, type Allowance } from './turns.service';

export interface PersonNamed {
  readonly user: { id: Uuid; name: string; email: string };
}

interface Invited extends Chooser {
  userId: Uuid;
  /** Another employer's account of the same e-mail has a password already: it is asked for, and opens this one too. */
  present: { userId: Uuid; salt: string } | null;
  /** A role in the network, and an account that somebody from outside its structure has made. */
  needsManager: boolean;
}

const hour = 3600;
const asksFrom = (address: string): Allowance => ({
  of: `password-reset from|${foldAddress(address)}`,
  most: 20,
  seconds: hour,
});
const asksFor = (email: string): Allowance => ({ of: `password-reset|${email}`, most: 5, seconds: 24 * hour });
export const ownPassword = (userId: Uuid): Allowance => ({ of: `own password|${userId}`, most: 20, seconds: hour });
export const tooManyPasswords = 'Too many attempts with a password. Wait, then try again.';

/** Choosing a password: behind a link from one's mailbox, or with the one that was. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly sessions: Sessions,
    private readonly turns: Turns,
    private readonly log: Log,
  ) {}

  /** Problems: 422 for a link that was used, has expired or is not ours, for a password that would be guessed, for another than the one that is there. */
  accept(token: string, password: string, origin: Pick<Origin, 'traceId'>): Promise<PersonNamed> {
    return this.choose('invitation', token, password, origin);
  }

  /** Every session ends. Problems: 422 as above. */
  acceptReset(token: string, password: string, origin: Pick<Origin, 'traceId'>): Promise<PersonNamed> {
    return this.choose('password-reset', token, password, origin);
  }

  /**
   * The answer says nothing about whether there is such an account, and takes as long either way: the mail is not waited for. A crash in between
   * loses the mail, and whoever waits for it asks again. Problems: 429 from an address that asks too often.
   */
  async forgotten(email: string, { address, traceId }: Origin): Promise<void> {
    await this.turns.need(asksFrom(address), 'Too many passwords were asked for from here. Wait, then try again.');
    void this.wantLink(foldEmail(email)).catch((error: unknown) =>
      this.log.warn({ traceId, error: (error as Error).name }, 'a link for a new password could not be sent'),
    );
  }

  /** Every other session ends. Problems: 422 when the present one is wrong, 429 after too many. */
  async change(caller: Caller, current: string, password: string): Promise<void> {
    const { token, session, traceId } = caller;
    const { userId } = session;
    const proofs = await this.verify(caller, current, '/current');
    const { salt: _, ...chooser } = await this.ownAccount(userId);
    await refuseWeak(password, chooser);
    const changed = await this.call<boolean>('change_password', {
      userId,
      token,
      proofs,
      to: await hashPassword(password),
      now: this.clock.now(),
      trace: traceId,
    });
    if (!changed) throw wrongPassword('/current');
  }

  /** @returns what shows it to the database once more. Problems: 422 at the pointer when it is wrong, 429 after too many. */
  async verify(caller: Caller, password: string, pointer: string): Promise<string[]> {
    const { userId } = caller.session;
    await this.sessions.need(caller);
    await this.turns.need(ownPassword(userId), tooManyPasswords);
    const { salt } = await this.ownAccount(userId);
    const proofs = await proofsOf(salt, password);
    if (!(await this.call<boolean>('proves_password', { userId, proofs }))) throw wrongPassword(pointer);
    return proofs;
  }

  private async choose(
    kind: LinkKind,
    token: string,
    password: string,
    { traceId }: Pick<Origin, 'traceId'>,
  ): Promise<PersonNamed> {
    const now = this.clock.now();
    const id = openLink(this.sealing, kind, token)?.id;
    const invited = id === undefined ? null : await this.call<Invited | null>('invited_by', { id, now });
    if (id === undefined || !invited) throw deadLink();
    const { userId, name, email, structures, present, needsManager } = invited;
    if (needsManager) throw forbidden('You have a role in the network: only a manager of this structure may hire you.');
    if (present === null) await refuseWeak(password, { name, email, structures });
    const proofs = present === null ? undefined : await proofsOf(present.salt, password);
    if (proofs && !(await this.call<boolean>('proves_password', { userId: present!.userId, proofs }))) {
      throw invalid(
        '/password',
        'present',
        'You have an account with this e-mail address: give its password, or ask for a new one first (« mot de passe oublié »).',
      );
    }
    const chosen = proofs ? { proofs } : { passwordHash: await hashPassword(password) };
    if (!(await this.call<boolean>('accept_invitation', { id, ...chosen, now, trace: traceId }))) throw deadLink();
    return { user: { id: userId, name, email } };
  }

  private async wantLink(email: string): Promise<void> {
    if ((await this.turns.take(asksFor(email))) === null) return;
    await this.call('want_password', { email, now: this.clock.now() });
  }

  private ownAccount(userId: Uuid): Promise<Chooser & { salt: string | null }> {
    return this.call('own_account', { userId });
  }

  private async call<R>(
    name: 'invited_by' | 'accept_invitation' | 'want_password' | 'own_account' | 'change_password' | 'proves_password',
    p: JsonObject,
  ): Promise<R> {
    const [row] = await this.database.query<{ answer: R }>(name, `select ${name}($1) as answer`, [JSON.stringify(p)]);
    return row!.answer;
  }
}

const wrongPassword = (pointer: string) => invalid(pointer, 'wrong', 'This is not your present password.');
const deadLink = () =>
  invalid('/token', 'expired', 'This link was used, has expired or is not ours. Ask for a new one.');

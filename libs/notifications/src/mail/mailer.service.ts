import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { answerToken, invitationOf, whereOf, type AddressBox } from '@fil-rouge/cases';
import { Chore, Clock, Database, instantOf, Log, openPiece, Sealing } from '@fil-rouge/platform';
import { linkToken } from '@fil-rouge/users';
import { createTransport } from 'nodemailer';
import type { Invite, Reminder } from './appointment.invites';
import {
  answerLinkLetter,
  appointmentLetter,
  appointmentUrl,
  emailChangedLetter,
  emailChangeLetter,
  invitationLetter,
  notificationLetter,
  passwordResetLetter,
  reminderLetter,
  type Letter,
  type Written,
} from './mail.letters';
import { MailSettings } from './mail.settings';
import { titleColumns, titleJoins } from '../inbox/notification.sql';
import { titleOf, type Named } from '../inbox/notification.titles';

interface DueEmail {
  attempts: number;
  message_id: string;
  /** Null when the account is gone. */
  address: string | null;
  letter: Letter;
  /** Of the invitation, or of what was asked. */
  link_id: Uuid | null;
  account_id: Uuid;
  /** Whoever invites. */
  structure: string | null;
  type: string;
  structure_id: Uuid;
  case_id: Uuid | null;
  referral_id: Uuid | null;
  handover_id: Uuid | null;
  /** Of a link for answering: to whom, sealed; null once it opens no more. */
  answer: AnswerLetter | null;
  /** Of a reminder to a resident: where, sealed. */
  reminder: { structure: Named; to: AddressBox | null } | null;
  counsellor: string | null;
  invite: Invite | Reminder | null;
  /** What the place of the appointment is called now. */
  place_name: string | null;
  created_at: string;
  entries: number;
  cause: string | null;
  from: Named | null;
  to: Named | null;
  actor: Named | null;
  person: Named | null;
  author: Named | null;
}

interface AnswerLetter {
  structure: Named;
  until: string;
  to: AddressBox | null;
}

/** Of the connection, the greeting and any silence; and of one whole sending. */
const silence = 10_000;
const longestSending = 60_000;
const roundSize = 50;
/** With the pauses below some 40 hours: a mail server may be down for a night. */
const mostAttempts = 12;

/**
 * Claiming counts the attempt and puts the next one off by 5, 10, 20 minutes … at most 6 hours. It is a transaction of its own, so nothing is
 * locked while a mail server is waited for. The pause is far above `longestSending` and keeps other workers away. A worker that crashes between the
 * server's yes and `sent` leaves a row that falls due again, with the same message id.
 */
const claimSql = `
  update email set attempts = attempts + 1, next_at = $1::timestamptz + least(interval '5 minutes' * power(2, attempts), interval '6 hours')
  where id = (select id from email where status = 'pending' and next_at <= $1 order by next_at, id limit 1 for update skip locked)
  returning id`;

const readSql = `
  select e.attempts, e.message_id, e.letter, e.account_id, coalesce(e.invitation_id, e.email_change_id, e.answer_link_id) as link_id,
    case e.letter when 'answer-link' then null when 'reminder' then null when 'email-change' then c.new_email when 'email-changed' then c.old_email else a.email end as address,
    case when e.letter = 'invitation' then (
      select w.name from employment m join structure w on w.id = m.structure_id where m.user_id = e.account_id and not m.ended order by m.id desc limit 1) end as structure,
    case when e.letter = 'answer-link' then answer_letter(e.answer_link_id, $2) end as answer,
    case when e.letter = 'reminder' then reminder_letter(e.reminder_event_id) end as reminder, a.name as counsellor,
    e.invite, (select concat_ws(', ', p.name, case when e.letter = 'reminder' then p.street end, case when e.letter = 'reminder' then p.postal_code end) from place p where p.id = (e.invite->>'placeId')::uuid) as place_name, to_json(e.created_at)#>>'{}' as created_at,
    n.type, n.structure_id, n.case_id, n.referral_id, n.handover_id, n.entries, n.cause,
    ${titleColumns}
  from email e left join account a on a.id = e.account_id left join notification n on n.id = e.notification_id left join email_change c on c.id = e.email_change_id
    ${titleJoins}
  where e.id = $1`;

const endSql = `update email set status = $2, sent_at = case when $2 = 'sent' then $3::timestamptz end where id = $1 and status = 'pending'`;

/** Sends what the outbox holds. Without SMTP_URL it does nothing; a server that is down or slow delays e-mails and nothing else. */
@Injectable()
export class Mailer extends Chore implements OnModuleDestroy {
  private readonly transport;
  private round: Promise<void> | undefined;
  private closing = false;

  constructor(
    private readonly settings: MailSettings,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly log: Log,
  ) {
    super();
    const { smtpUrl: url } = settings;
    this.transport =
      url === undefined
        ? undefined
        : createTransport({
            url,
            connectionTimeout: silence,
            greetingTimeout: silence,
            socketTimeout: silence,
            dnsTimeout: silence,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  /** Begins a round and does not wait for it: the tick that calls also rings timers, and these must not wait for a mail server. */
  override run(): Promise<void> {
    void this.sendDue();
    return Promise.resolve();
  }

  /** Resolves when the round under way, or a new one, is over. Never rejects. */
  sendDue(): Promise<void> {
    if (!this.transport || this.closing) return this.round ?? Promise.resolve();
    this.round ??= this.sendRound()
      .catch((error: unknown) =>
        this.log.warn({ error: nameOf(error) }, 'the outbox could not be read or written and will be tried again'),
      )
      .finally(() => (this.round = undefined));
    return this.round;
  }

  /** No new sending begins; the one under way gets a moment, else it is repeated later under the same message id. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    if (this.round) await Promise.race([this.round, new Promise((resolve) => setTimeout(resolve, silence).unref())]);
    this.transport?.close();
  }

  private async sendRound(): Promise<void> {
    for (let sent = 0; sent < roundSize && !this.closing; sent++) {
      const [claimed] = await this.database.query<{ id: Uuid }>('email_claim', claimSql, [this.clock.now()]);
      if (!claimed || !(await this.send(claimed.id))) return;
    }
  }

  /** False when the server does not serve anybody at present: the others' attempts are not spent on it. */
  private async send(id: Uuid): Promise<boolean> {
    const [email] = await this.database.query<DueEmail>('email_read', readSql, [id, this.clock.now()]);
    const sealed = email?.answer ?? email?.reminder;
    const address = sealed ? this.sealedAddress(sealed) : email?.address;
    if (!email || !address || this.isOver(email)) return this.end(id, 'failed');
    try {
      await this.transport?.sendMail({
        from: this.settings.sender,
        to: address,
        messageId: email.message_id,
        // No answering machine should answer (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...this.letterOf(email),
        signal: AbortSignal.timeout(longestSending),
      });
    } catch (error) {
      this.log.warn({ mail: id, attempt: email.attempts, error: nameOf(error) }, 'an e-mail could not be sent');
      if (isRefused(error) || email.attempts >= mostAttempts) return this.end(id, 'failed');
      return isAnswered(error);
    }
    return this.end(id, 'sent');
  }

  private async end(id: Uuid, status: 'sent' | 'failed'): Promise<true> {
    await this.database.query('email_end', endSql, [id, status, this.clock.now()]);
    return true;
  }

  private letterOf(email: DueEmail): Written {
    const { publicUrl } = this.settings;
    const {
      letter,
      link_id,
      account_id,
      type,
      structure_id: readerId,
      from,
      to,
      actor,
      person,
      author,
      entries,
      cause,
    } = email;
    switch (letter) {
      case 'invitation':
        return invitationLetter(linkToken(this.sealing, letter, link_id!), email.structure, publicUrl);
      case 'password-reset':
        return passwordResetLetter(linkToken(this.sealing, letter, link_id!), publicUrl);
      case 'email-change':
        return emailChangeLetter(linkToken(this.sealing, letter, link_id!, account_id), publicUrl);
      case 'email-changed':
        return emailChangedLetter();
      case 'answer-link': {
        const { structure, until } = email.answer!;
        return answerLinkLetter(answerToken(this.sealing, link_id!), structure.name, instantOf(until), publicUrl);
      }
      case 'reminder': {
        const { place_name: placeName, counsellor, reminder } = email;
        const invite = email.invite as Reminder;
        return reminderLetter(invite, whereOf({ ...invite, placeName }), counsellor, reminder!.structure.name);
      }
      case 'appointment':
        return this.appointmentOf(email, email.invite as Invite);
      case 'notification':
        return notificationLetter(
          titleOf(type, { from, to, actor, person, author, readerId, entries, cause }),
          { caseId: email.case_id, referralId: email.referral_id, handoverId: email.handover_id },
          publicUrl,
        );
    }
  }

  /** A mail server that was away for two days: of yesterday's appointment nobody is reminded. */
  private isOver = ({ letter, invite }: DueEmail): boolean => letter === 'reminder' && invite!.at <= this.clock.now();

  /** Opened here and nowhere before: the outbox holds no address of somebody without an account. */
  private sealedAddress({ to }: { readonly to: AddressBox | null }): string | null {
    if (!to?.key) return null;
    const { email } = openPiece(this.sealing, to.key, to.stream, to.event, to.kind, to.ciphertext);
    return typeof email === 'string' ? email : null;
  }

  private appointmentOf({ address, place_name, created_at }: DueEmail, invite: Invite): Written {
    const { publicUrl, sender: from } = this.settings;
    const entry = {
      ...invite,
      placeName: place_name,
      madeAt: instantOf(created_at),
      url: appointmentUrl(invite, publicUrl),
    };
    const calendar = invitationOf(entry, { cancelled: invite.is === 'cancelled', from, to: { address: address! } });
    return appointmentLetter(invite, whereOf(entry), calendar, publicUrl);
  }
}

interface SmtpError {
  readonly name?: string;
  readonly code?: string;
  /** The server's answer; absent when there was none. */
  readonly responseCode?: number;
}

/** For good, this address or this message; a wrong password of ours is a 5xx too and says nothing about the mail. */
const isRefused = (error: unknown): boolean => {
  const { code, responseCode = 0 } = error as SmtpError;
  return responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
};

const isAnswered = (error: unknown): boolean => {
  const { code, responseCode } = error as SmtpError;
  return responseCode !== undefined && code !== 'EAUTH';
};

/** Never the message: it quotes the address. */
const nameOf = (error: unknown): string => {
  const { name, code, responseCode } = error as SmtpError;
  return [name ?? 'Error', code, responseCode].filter(Boolean).join(' ');
};

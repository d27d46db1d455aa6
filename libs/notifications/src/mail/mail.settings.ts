import type { Uuid } from '@fil-rouge/kernel';

export interface MailEnvironment {
  readonly smtpUrl?: string;
  readonly publicUrl: string;
  readonly mailFrom?: { readonly name?: string; readonly address: string };
}

/** What the worker needs to send e-mails; without `smtpUrl` none is written and nothing else changes. */
export class MailSettings {
  readonly smtpUrl: string | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** What stands behind the `@` of message ids and of the sender. */
  readonly host: string;
  /** MAIL_FROM, else `ne-pas-repondre@` the host. `SMTP_URL` may end with `?from=…` too: many servers send for one address only. */
  readonly sender: { readonly name: string; readonly address: string };

  constructor({ smtpUrl, publicUrl, mailFrom }: MailEnvironment) {
    this.smtpUrl = smtpUrl;
    this.publicUrl = publicUrl;
    const { hostname } = new URL(publicUrl);
    // An address literal stands in brackets (RFC 5321 §4.1.3); an IPv6 one has them already.
    this.host = /^[\d.]+$/.test(hostname) ? `[${hostname}]` : hostname;
    const address =
      mailFrom?.address ?? ((smtpUrl && new URL(smtpUrl).searchParams.get('from')) || `ne-pas-repondre@${this.host}`);
    this.sender = { name: mailFrom?.name ?? 'Fil Rouge', address };
  }

  /** Kept with the row: a resend after a crash is the same message to whoever receives both. */
  messageIdOf(emailId: Uuid): string {
    return `<${emailId}@${this.host}>`;
  }
}

import { SettingsError } from '@fil-rouge/platform';
import { createTransport } from 'nodemailer';

const patience = 5_000;

/**
 * Greets the mail server once, at the start. Throws a SettingsError when it refuses the login, which no waiting mends. A server that does not answer keeps
 * nobody from starting: e-mails wait, and everything else works.
 *
 * @returns what whoever starts should hear; undefined when all is well
 */
export async function checkMail(smtpUrl: string | undefined): Promise<string | undefined> {
  if (smtpUrl === undefined) return undefined;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
  });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    const { host } = new URL(smtpUrl);
    const { code = 'unknown error' } = error as { code?: string };
    if (code === 'EAUTH') throw new SettingsError([`SMTP_URL: the mail server at ${host} refuses the login.`]);
    return `SMTP_URL: no mail server answers at ${host} (${code}). E-mails wait until one does; everything else works.`;
  } finally {
    transport.close();
  }
}

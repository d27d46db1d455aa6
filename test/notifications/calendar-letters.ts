import { Mailer } from '@fil-rouge/notifications';
import type { TestSystem } from '../support/system';
import type { Postman } from './postman';

export interface CalendarLetter {
  to: string | undefined;
  subject: string | undefined;
  text: string;
  /** The members of its VEVENT, and METHOD. */
  calendar: Record<string, string>;
}

/** What has come with a calendar since the last look, in order. */
export async function calendarLetters(system: TestSystem, postman: Postman): Promise<CalendarLetter[]> {
  await system.settle();
  postman.received.length = 0;
  const mailer = system.worker.get(Mailer, { strict: false });
  await mailer.sendDue();
  await mailer.sendDue();
  return postman.received.flatMap(({ to, subject, text, attachments }) => {
    const calendar = attachments.find(({ contentType }) => contentType === 'application/ics')?.content.toString();
    if (calendar === undefined) return [];
    const lines = calendar.replaceAll('\r\n ', '').split('\r\n');
    return {
      to: to && !Array.isArray(to) ? to.value[0]?.address : undefined,
      subject,
      text: text ?? '',
      calendar: Object.fromEntries(
        lines.map((line) => [/^[A-Z-]+/.exec(line)?.[0] ?? '', line.replace(/^[^:]*:/, '')]),
      ),
    };
  });
}

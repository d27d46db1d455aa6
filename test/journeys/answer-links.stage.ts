/** A desk outside the network in the stories of it: a mailbox, a telephone, and no account. */
import { setTimeout as pause } from 'node:timers/promises';
import { Mailer } from '@fil-rouge/notifications';
import { Postman } from '../notifications/postman';
import { request, type Answer } from './driver';
import { at, caf, everybody, lead, open, send, system } from './outside-stage';

export const postman = new Postman();

export function everybodyWithMail(): void {
  everybody(async () => ({ smtpUrl: `smtp://127.0.0.1:${await postman.open()}` }));
  afterAll(() => postman.close());
}

export interface Link {
  caseId: string;
  /** Where the referral is. */
  path: string;
  token: string;
  code: string;
}

export const email = 'guichet@caf.exemple.fr';

/** What the postman has brought by now. */
export async function delivered(): Promise<string[]> {
  await system.settle();
  await system.worker.get(Mailer, { strict: false }).sendDue();
  await system.worker.get(Mailer, { strict: false }).sendDue();
  return postman.received.map(({ subject, text }) => `${subject}\n${text}`);
}

let taken = 0;
/** The secret of the link that has just been asked for: the worker's own tick may be sending it at this moment. */
export async function newestToken(): Promise<string> {
  for (let turn = 0; turn < 500; turn++) {
    const mails = (await delivered()).filter((mail) => mail.includes('/#/reponse/'));
    if (mails.length > taken) {
      taken = mails.length;
      return /#\/reponse\/(\S+)/.exec(mails.at(-1)!)![1]!;
    }
    await pause(10);
  }
  throw new Error('No link came.');
}

/** Of a new case unless told otherwise. */
export async function link(caseId?: string, by = lead): Promise<Link> {
  const id = caseId ?? (await open());
  const { id: outside } = await send(id, caf, by);
  const path = `${at(id)}/${outside}`;
  const { code } = (await by.do(`${path}/answer-link`, { email })) as unknown as { code: string };
  return { caseId: id, path, code, token: await newestToken() };
}

const post = (path: string, body: object): Promise<Answer> => request(system.baseUrl, 'POST', path, { body });
export const openSheet = ({ token, code }: Pick<Link, 'token' | 'code'>): Promise<Answer> =>
  post('/v1/outside-answers/sheet', { token, code });
export const answer = ({ token, code }: Pick<Link, 'token' | 'code'>, body: object): Promise<Answer> =>
  post('/v1/outside-answers', { token, code, ...body });

/** Another code of eight digits. */
export const wrong = (code: string): string => (code === '0000 0000' ? '0000 0001' : '0000 0000');

export const titles = async (): Promise<string[]> => {
  await system.settle();
  return (await lead.all('/v1/notifications')).map((one) => (one as unknown as { title: string }).title);
};

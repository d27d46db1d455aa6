import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@fil-rouge/platform';
import { Mailer } from '@fil-rouge/notifications';
import { startSystem, type TestSystem } from '../support/system';
import { Postman } from './postman';

describe('e-mails', () => {
  const postman = new Postman();
  let port: number;
  let system: TestSystem;
  let mailer: Mailer;

  beforeAll(async () => {
    port = await postman.open();
    system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${port}` });
    mailer = system.worker.get(Mailer, { strict: false });
  });
  afterAll(async () => {
    await system.stop();
    await postman.close();
  });
  beforeEach(() => {
    postman.received.length = 0;
    postman.behaviour = 'accepts';
  });

  /** A notification in the inbox of a demo account and its e-mail, as the consumer writes them. */
  async function due(type = 'ReferralAccepted'): Promise<{ emailId: string; referralId: string }> {
    const [{ id: user }] = (await system.database.query('select id from account where email = $1', [
      system.account('conseiller'),
    ])) as [{ id: string }];
    const [ids] = (await system.database.query(
      `select (select id from structure where name = 'Département de la Sarthe') as sender, (select id from structure where name = 'La Poste') as recipient`,
    )) as [{ sender: string; recipient: string }];
    const [notificationId, emailId, referralId] = [newId(), newId(), newId()];
    await system.database.query(
      `insert into notification (id, user_id, structure_id, event_id, seq, type, at, case_id, referral_id, from_structure_id, to_structure_id, entries)
       values ($1, $2, $3, $4, 4, $5, $9, $6, $7, $3, $8, 1)`,
      [notificationId, user, ids.sender, newId(), type, newId(), referralId, ids.recipient, system.clock.now()],
    );
    await system.database.query(
      `insert into email (id, notification_id, letter, account_id, message_id, status, attempts, created_at, next_at) values ($1, $2, 'notification', $3, $4, 'pending', 0, $5, $5)`,
      [emailId, notificationId, user, `<${emailId}@fil-rouge.test>`, system.clock.now()],
    );
    return { emailId, referralId };
  }

  /** Twice: the worker's own tick may have begun a round just before the e-mail was written. */
  async function send(): Promise<void> {
    await mailer.sendDue();
    await mailer.sendDue();
  }

  const emailOf = async (id: string) =>
    (
      await system.database.query<{ status: string; attempts: number }>(
        'select status, attempts from email where id = $1',
        [id],
      )
    )[0];

  it('are plain French text with a link that needs a sign-in, and are sent once', async () => {
    const { emailId, referralId } = await due();
    await send();
    expect(postman.received).toHaveLength(1);
    const [mail] = postman.received;
    expect(mail!.subject?.replaceAll('\u00a0', ' ')).toBe('La Poste : orientation acceptée');
    expect(mail!.messageId).toBe(`<${emailId}@fil-rouge.test>`);
    expect(mail!.from?.value[0]?.address).toBe('ne-pas-repondre@fil-rouge.test');
    expect(mail!.html).toBe(false);
    expect(mail!.text).toContain(`http://fil-rouge.test/#/referrals/${referralId}`);
    expect(mail!.text).toContain('connectez-vous');
    expect(await emailOf(emailId)).toEqual({ status: 'sent', attempts: 1 });
  });

  it('whose acceptance was not heard are sent again later, under the same message id', async () => {
    postman.behaviour = 'hangs up after the message';
    const { emailId } = await due();
    await send();
    expect(await emailOf(emailId)).toEqual({ status: 'pending', attempts: 1 });
    expect(postman.received).toHaveLength(1);
    system.clock.advance({ minutes: 6 });
    await send();
    expect(postman.received.map(({ messageId }) => messageId)).toEqual([
      `<${emailId}@fil-rouge.test>`,
      `<${emailId}@fil-rouge.test>`,
    ]);
    expect(await emailOf(emailId)).toEqual({ status: 'sent', attempts: 2 });
  });

  it('to an address the server does not know fail, and hold up no other', async () => {
    postman.behaviour = 'refuses the address';
    const { emailId: refused } = await due();
    await send();
    expect(await emailOf(refused)).toEqual({ status: 'failed', attempts: 1 });
    postman.behaviour = 'accepts';
    const { emailId } = await due();
    await send();
    expect(await emailOf(emailId)).toEqual({ status: 'sent', attempts: 1 });
  });

  it('wait for a server that is down, without spending the attempts of all of them on it', async () => {
    await postman.close();
    const waiting = await Promise.all(Array.from({ length: 8 }, () => due()));
    await mailer.sendDue();
    const spent = (await Promise.all(waiting.map(({ emailId }) => emailOf(emailId)))).filter(
      (email) => email!.attempts > 0,
    );
    expect(spent.length).toBeGreaterThan(0);
    // One for each round: this one, and perhaps a tick's.
    expect(spent.length).toBeLessThan(waiting.length / 2);
    await postman.open(port);
    system.clock.advance({ minutes: 6 });
    await send();
    expect(postman.received).toHaveLength(waiting.length);
  });

  it('of an invitation hold a link that opens the account it was sent to', async () => {
    const [{ id: account }] = (await system.database.query('select id from account where email = $1', [
      system.account('conseiller'),
    ])) as [{ id: string }];
    const [invitationId, emailId, now] = [newId(), newId(), system.clock.now()];
    const expires = new Date(Date.parse(now) + 7 * 86_400_000).toISOString();
    await system.database.query(
      'insert into invitation (id, user_id, created_at, expires_at) values ($1, $2, $3, $4)',
      [invitationId, account, now, expires],
    );
    await system.database.query(
      `insert into email (id, invitation_id, letter, account_id, message_id, status, attempts, created_at, next_at) values ($1, $2, 'invitation', $3, $4, 'pending', 0, $5, $5)`,
      [emailId, invitationId, account, `<${emailId}@fil-rouge.test>`, now],
    );
    await send();
    const token = /#\/invitations\/(\S+)/.exec(postman.received[0]?.text ?? '')?.[1];
    expect(postman.received[0]?.to).toMatchObject({ value: [{ address: system.account('conseiller') }] });
    const accepted = await fetch(`${system.baseUrl}/v1/auth/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password: 'une autre phrase de passe' }),
    });
    expect(accepted.ok).toBe(true);
  });

  it('about one’s own account go to the mailbox that has to answer, and the old address is told', async () => {
    const email = system.account('conseiller', 'fal-72');
    const post = (path: string, body: object, headers = {}) =>
      fetch(`${system.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const mail = async (): Promise<{ to: string; text: string }> => {
      await system.settle();
      postman.received.length = 0;
      await send();
      return { to: JSON.stringify(postman.received[0]?.to), text: postman.received[0]?.text ?? '' };
    };
    expect((await post('/v1/auth/password-resets', { email })).status).toBe(202);
    for (
      let turn = 0;
      turn < 500 && (await system.database.query(`select from event where type = 'PasswordForgotten'`)).length === 0;
      turn++
    )
      await pause(10);
    const reset = await mail();
    expect(reset.to).toContain(email);
    const token = /#\/password-resets\/(\S+)/.exec(reset.text)?.[1];
    const password = 'sept chevaux gris au galop';
    expect((await post('/v1/auth/password-resets/accept', { token, password })).status).toBe(200);

    const { accessToken } = (await (await post('/v1/auth/login', { email, password })).json()) as {
      accessToken: string;
    };
    expect(
      (
        await post(
          '/v1/me/email-changes',
          { email: 'autre@exemple.fr', password },
          { authorization: `Bearer ${accessToken}` },
        )
      ).status,
    ).toBe(202);
    const asked = await mail();
    expect([asked.to.includes('autre@exemple.fr'), asked.to.includes(email)]).toEqual([true, false]);
    const change = /#\/email-changes\/(\S+)/.exec(asked.text)?.[1];
    expect((await post('/v1/auth/email-changes/accept', { token: change })).status).toBe(204);
    const told = await mail();
    expect([told.to.includes(email), told.text.includes('autre@exemple.fr'), told.text.includes('#/')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

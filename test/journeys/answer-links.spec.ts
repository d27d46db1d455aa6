/** An organisation outside the network answers without an account: by a link, with a code told by telephone. */
import { createHash } from 'node:crypto';
import { rebuild } from '../support/rebuild';
import {
  answer,
  delivered,
  email,
  everybodyWithMail,
  link,
  openSheet,
  titles,
  newestToken,
  wrong,
} from './answer-links.stage';
import { auditor, contributor, lead, open, refused, send, at, stranger, system, type Outside } from './outside-stage';

everybodyWithMail();

const dead = [422, 'invalid', '/code refused'];

describe('the link', () => {
  it('is made by who sent; the e-mail has neither the resident nor the code, the database neither link nor code nor address', async () => {
    const { path, code, token, caseId } = await link();
    // Another one may be sent at this moment, about what a colleague did.
    const mails = (await delivered()).filter((mail) => mail.includes('/#/reponse/'));
    expect(mails.at(-1)).toContain('Département de la Sarthe');
    expect(mails.at(-1)).not.toMatch(/Eulalie|Essai|logement|Sablé/i);
    expect(mails.at(-1)!.replace(/\s/g, '')).not.toContain(code.replace(/\s/g, ''));
    expect([token.length, code]).toEqual([32, expect.stringMatching(/^\d{4} \d{4}$/)]);
    for (const table of ['outside_referral', 'event', 'email', 'stream', 'idempotency']) {
      const [{ all }] = (await system.database.query<{ all: string }>(
        `select coalesce(string_agg(t::text, ' '), '') as all from ${table} t`,
      )) as [{ all: string }];
      expect([table, all.includes(token), all.includes(code.replace(' ', '')), all.includes(email)]).toEqual([
        ...[table, false, false, false],
      ]);
    }
    const shown = (by = lead) => by.get(path) as unknown as Promise<{ answerLink?: object; code?: string }>;
    expect(await shown()).toMatchObject({ answerLink: { until: expect.any(String) } });
    expect([(await shown()).code, (await shown(contributor)).answerLink]).toEqual([undefined, undefined]);
    expect((await refused(contributor.post(`${path}/answer-link`, { email })))[0]).toBe(403);
    expect((await refused(stranger.post(`${path}/answer-link`, { email })))[0]).toBe(404);
    expect((await refused(lead.post(`${path}/answer-link`, { email: 'guichet' })))[0]).toBe(422);
    for (const by of [contributor, lead])
      expect(JSON.stringify(await by.all(`/v1/cases/${caseId}/timeline?kind=outside`))).not.toMatch(
        new RegExp(`linkHash|linkId|"left"|${email}`),
      );
    // Row-level security alone: what lies sealed of it opens to the structure that sent, and to no other of the follow-up.
    const boxes = async ({ authorization }: typeof lead) => {
      const token = createHash('sha256').update(authorization.slice('Bearer '.length)).digest('hex');
      const [row] = await system.database.queryAs<{ rows: { kind: string }[] }>(
        'api',
        `select read_rows($1, $2, $3) as rows`,
        [
          { token, now: system.clock.now() },
          `select p.kind from piece p join event e on e.id = p.event_id where e.type = 'OutsideLinkMade' and e.stream_id = ($1->>'caseId')::uuid`,
          { caseId },
        ],
      );
      return row!.rows.map(({ kind }) => kind);
    };
    expect([await boxes(lead), await boxes(contributor)]).toEqual([['private_note'], []]);
  });

  it('opens the sheet as it is printed, with the code alone, and is told each time', async () => {
    const { path, caseId, ...held } = await link();
    const { status, body, text } = await openSheet({ ...held, code: held.code.replace(' ', '') });
    expect([status, body]).toMatchObject([
      200,
      { recipient: 'caf', message: 'Aide au logement.', answers: expect.any(Array) },
    ]);
    const printed = (await lead.get(`${path}/sheet`)) as object;
    expect(body).toMatchObject(printed);
    expect(text).not.toMatch(/Essai/);
    expect(await titles()).toContain('Fiche ouverte par l’organisme à qui vous l’avez envoyée');
    expect((await openSheet({ ...held, code: '1' })).status).toBe(422);
    const entries = await auditor.all(`/v1/audit/entries?caseId=${caseId}`);
    expect(entries.map((one) => (one as unknown as { action: string }).action)).toEqual(
      expect.arrayContaining(['OutsideLinkMade', 'OutsideSheetOpened', 'OutsideCodeMistaken']),
    );
    const sender = await system.database.query(
      `select from notification n where n.user_id <> $1 and n.type like 'Outside%'`,
      [lead.id],
    );
    expect(sender).toEqual([]);
  });

  it('asked for twice with one key, is one link and the same code; a new one ends the one before', async () => {
    const id = await open();
    const { id: outside } = await send(id);
    const headers = { 'idempotency-key': `une-fois-${outside}` };
    const ask = async (how: Record<string, string> = headers) =>
      (await lead.post(`${at(id)}/${outside}/answer-link`, { email }, how)).body as unknown as { code: string };
    const [first, again] = [await ask(), await ask()];
    expect(again.code).toBe(first.code);
    const old = { code: first.code, token: await newestToken() };
    expect((await openSheet(old)).status).toBe(200);
    const second = await ask({});
    expect(await refused(openSheet(old))).toEqual(dead);
    expect((await openSheet({ code: second.code, token: await newestToken() })).status).toBe(200);
  });
});

describe('answering', () => {
  it('goes from received to accepted to what came of it, which ends the link; the sender may still put it right', async () => {
    const { path, ...held } = await link();
    for (const [given, status] of [
      [{ answer: 'acknowledged' }, 200],
      [{ answer: 'acknowledged' }, 200],
      [{ answer: 'accepted' }, 200],
      [{ answer: 'declined', reason: 'no_capacity' }, 409],
      [{ answer: 'reported' }, 422],
      [{ answer: 'reported', outcome: 'helped', on: '2031-01-01' }, 422],
    ] as const)
      expect([given, (await answer(held, given)).status]).toEqual([given, status]);
    expect(await lead.get(path)).toMatchObject({ status: 'sent', version: 3, answer: 'accepted' });
    expect((await answer(held, { answer: 'reported', outcome: 'helped' })).status).toBe(200);
    expect(await refused(openSheet(held))).toEqual(dead);
    const after = (await lead.get(path)) as Outside;
    expect(after).toMatchObject({
      ...{ status: 'reported', version: 4, outcome: 'helped', reportedBy: 'recipient', answer: 'reported' },
      answerLink: { ended: 'answered' },
    });
    expect(after.ended?.actor).toBeUndefined();
    expect(await titles()).toContain('Suite d’une orientation hors du réseau donnée par l’organisme');
    expect(await lead.do(`${path}/report`, { outcome: 'no_show' })).toMatchObject({
      ...{ version: 5, outcome: 'no_show', reportedBy: 'sender' },
    });
  });

  it('sent again because its answer was lost, is answered as it was, for an hour and with the code alone; anything else does not open', async () => {
    const { path, ...held } = await link();
    const last = { answer: 'reported', outcome: 'helped' };
    const both = await Promise.all([answer(held, last), answer(held, last)]);
    expect(both.map(({ status, body }) => [status, body])).toEqual([
      [200, { answer: 'reported' }],
      [200, { answer: 'reported' }],
    ]);
    expect([(await answer(held, last)).status, await lead.get(path)]).toEqual([
      ...[200, expect.objectContaining({ version: 2, outcome: 'helped' })],
    ]);
    for (const other of [{ ...last, outcome: 'no_show' }, { ...last, on: '2020-01-01' }, { answer: 'accepted' }])
      expect(await refused(answer(held, other))).toEqual(dead);
    expect(await refused(answer({ ...held, code: wrong(held.code) }, last))).toEqual(dead);
    expect(await refused(openSheet(held))).toEqual(dead);
    const other = await link();
    const no = { answer: 'declined', reason: 'no_capacity' };
    for (let n = 0; n < 2; n++) expect((await answer(other, no)).status).toBe(200);
    expect(await refused(answer(other, { ...no, reason: 'not_our_public' }))).toEqual(dead);
    // What its sender has put right since is not the organisation's answer any more.
    await lead.do(`${other.path}/report`, { outcome: 'no_show' });
    expect(await refused(answer(other, no))).toEqual(dead);
    system.clock.advance({ hours: 1 });
    expect(await refused(answer(held, last))).toEqual(dead);
  });

  it('declined, says why, and that it could not help', async () => {
    const { path, ...held } = await link();
    expect((await refused(answer(held, { answer: 'declined' })))[2]).toMatch('/reason');
    for (const reason of ['parce que', 'other'])
      expect((await refused(answer(held, { answer: 'declined', reason })))[2]).toMatch('/reason');
    expect((await answer(held, { answer: 'declined', reason: 'not_our_public' })).status).toBe(200);
    expect(await lead.get(path)).toMatchObject({
      ...{ status: 'reported', outcome: 'could_not_help', reportedBy: 'recipient' },
      ...{ answer: 'declined', declineReason: 'not_our_public' },
    });
  });

  it('is that of one referral: another of the same case is out of reach, and what is known lapses as before', async () => {
    const first = await link();
    const { id: other } = await send(first.caseId);
    await answer(first, { answer: 'acknowledged' });
    expect((await lead.get(`${at(first.caseId)}/${other}`)) as Outside).not.toHaveProperty('answer');
    system.clock.advance({ days: 61 });
    await system.settle();
    expect(await lead.get(first.path)).toMatchObject({ status: 'unknown', version: 3, answer: 'acknowledged' });
    expect(await titles()).toContain('Lien d’une orientation hors du réseau arrivé à son terme');
  });
});

it('a rebuild finds the same rows', async () => {
  const rows = () => system.database.query('select * from outside_referral order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(5);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});

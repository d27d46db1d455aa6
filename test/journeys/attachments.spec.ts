/** Files joined to what was done: who reads them, how they are kept, and what becomes of them. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { AttachmentLeftovers } from '@fil-rouge/cases';
import { exif, jpeg, pdf, upload } from '../support/files';
import { rebuild } from '../support/rebuild';
import {
  accepted,
  administrator,
  auditor,
  colleague,
  coordinator,
  download,
  everybody,
  helper,
  join,
  lead,
  lines,
  open,
  other,
  partsOf,
  refused,
  sees,
  sessionOf,
  stranger,
  system,
  tokenOf,
  yes,
} from './attachments-stage';
import { timeline } from './merge-story';

everybody();

it('a file is read by whoever reads the session, as a download, and by nobody else', async () => {
  const caseId = await open();
  const referral = await accepted(caseId, helper);
  const at = await sessionOf(helper, caseId);
  const photograph = jpeg([exif(6)]);
  const file = await join(helper, at, photograph, 'C:\\Photos\\carte d’identité "recto".exe');
  expect(file).toMatchObject({
    name: 'carte d’identité "recto".exe',
    media: 'jpeg',
    actor: { id: helper.id },
    structure: { id: helper.structureId },
  });
  // Whoever joined it is told that it may go, and that more may come; who reads it, neither.
  const offers = async (who: typeof lead, entry: string) => {
    const list = (await who.get(entry)) as unknown as { actions: string[]; items: { actions: string[] }[] };
    return [list.actions, list.items.map(({ actions }) => actions)];
  };
  expect([await offers(helper, at), await offers(lead, at)]).toEqual([
    [['attachments'], [['remove']]],
    [[], [[]]],
  ]);
  expect(await sees(lead, at, file.id)).toEqual(yes);
  expect(await sees(colleague, at, file.id)).toEqual(yes);
  const { headers, bytes } = await download(lead, `${at}/${file.id}`);
  expect(bytes.length).toBe(file.bytes);
  expect(bytes.includes('GPS')).toBe(false);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': String(file.bytes),
    'content-disposition':
      'attachment; filename="document.jpg"; filename*=UTF-8\'\'carte%20d%E2%80%99identit%C3%A9%20%22recto%22.exe.jpg',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  for (const nobody of [stranger, other, coordinator, auditor, administrator])
    expect([nobody.email, (await sees(nobody, at, file.id)).at(-1)]).toEqual([
      nobody.email,
      nobody === auditor || nobody === administrator ? expect.any(Number) : 404,
    ]);
  expect((await auditor.try('GET', `${at}/${file.id}`)).status).not.toBe(200);
  // Under another session, or another case, there is no such file.
  const elsewhere = await sessionOf(lead, caseId);
  expect((await lead.try('GET', `${elsewhere}/${file.id}`)).status).toBe(404);
  expect(await refused(lead.post(`${elsewhere}/${file.id}/remove`, { reason: 'duplicate' }))).toEqual([
    404,
    'not-found',
  ]);
  // It stands in the thread as part of the session, and each reading in the journal.
  expect((await timeline(lead, caseId)).at(-2)).toMatchObject({ type: 'SessionFileAttached', data: { media: 'jpeg' } });
  const { items } = await auditor.get(`/v1/audit/entries?caseId=${caseId}&limit=100`);
  expect(items.filter((one) => (one as unknown as { action: string }).action === 'case.attachment').length).toBe(4);
  // Whoever helped and left keeps its own, and reads no other.
  const ofLead = await join(lead, elsewhere);
  expect(await sees(helper, elsewhere, ofLead.id)).toEqual(yes);
  await helper.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
  expect(await sees(helper, at, file.id)).toEqual(yes);
  expect(await offers(helper, at)).toEqual([['attachments'], [['remove']]]);
  expect(await sees(helper, elsewhere, ofLead.id)).toEqual([200, 0, 404]);
  await helper.do(`${at}/${file.id}/remove`, { reason: 'duplicate' });
});

it('whoever leads no more reads what was there until then, and nothing that is joined later', async () => {
  const caseId = await open();
  const at = await sessionOf(lead, caseId);
  const before = await join(lead, at);
  const handover = await lead.do(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: helper.structureId,
    note: 'Suite.',
  });
  await helper.do(`/v1/handovers/${handover.id}/accept`, {});
  const after = await sessionOf(helper, caseId);
  const later = await join(helper, after);
  expect(await sees(lead, at, before.id)).toEqual(yes);
  expect(await sees(lead, after, later.id)).toEqual([200, 0, 404]);
  expect(await sees(helper, at, before.id)).toEqual(yes);
});

it('the database alone keeps it from whoever may not read it, and holds nothing of it in clear', async () => {
  const caseId = await open();
  const at = await sessionOf(lead, caseId);
  const bytes = pdf(`Besnard ${'x'.repeat(300_000)}`);
  await join(lead, at, bytes, 'besnard-impots.pdf');
  const parts = await partsOf(caseId);
  expect(parts.map(({ n, attached }) => [n, attached])).toEqual([
    [0, true],
    [1, true],
  ]);
  expect(parts.some(({ ciphertext }) => ciphertext.includes('Besnard'))).toBe(false);
  const rows = await system.database.query<{ row: string }>(
    `select e::text as row from event e where stream_id = $1 union all select t::text from attachment t where case_id = $1
     union all select p::text from piece p where stream_id = $1`,
    [caseId],
  );
  expect(rows.some(({ row }) => row.includes('besnard'))).toBe(false);
  expect(lines.some((line) => line.includes('besnard'))).toBe(false);
  const counted = async (person = lead) => {
    const client = new Client({ connectionString: system.database.administratorUrl, options: '-c role=reader' });
    await client.connect();
    await client.query('begin');
    await client.query('select enter($1, $2, null)', [tokenOf(person), system.clock.now()]);
    const { rows: counts } = await client.query<{ counts: number[] }>(
      `select array[(select count(*)::integer from attachment where case_id = $1), (select count(*)::integer from attachment_part where case_id = $1),
       (select count(*)::integer from piece where stream_id = $1 and kind = 'file_name')] as counts`,
      [caseId],
    );
    await client.end();
    return counts[0]!.counts;
  };
  expect(await counted()).toEqual([1, 2, 1]);
  for (const nobody of [stranger, helper, coordinator]) expect(await counted(nobody)).toEqual([0, 0, 0]);
});

it('it counts for the chain; what is taken away, or erased, leaves no hole', async () => {
  const caseId = await open();
  const at = await sessionOf(lead, caseId);
  const verified = async () => {
    const { chain, brokenAt } = (await auditor.get(`/v1/audit/cases/${caseId}/verification`)) as unknown as {
      chain: string;
      brokenAt?: number;
    };
    return [chain, brokenAt];
  };
  const [file, gone] = [await join(lead, at), await join(lead, at)];
  const keep = await partsOf(caseId);
  expect(await verified()).toEqual(['ok', undefined]);
  const seq = (await timeline(lead, caseId)).find(({ type }) => type === 'SessionFileAttached')!.seq;
  await system.database.query(
    `update attachment_part set ciphertext = set_byte(ciphertext, 40, 255 - get_byte(ciphertext, 40)) where attachment_id = $1`,
    [file.id],
  );
  expect(await verified()).toEqual(['broken', seq]);
  expect(await refused(lead.try('GET', `${at}/${file.id}`))).toEqual([409, 'unreadable']);
  await system.database.query(
    `update attachment_part set ciphertext = set_byte(ciphertext, 40, 255 - get_byte(ciphertext, 40)) where attachment_id = $1`,
    [file.id],
  );
  expect(await partsOf(caseId)).toEqual(keep);

  // For good, and once: of two at the same moment one is told that it is gone.
  const twice = await Promise.all([1, 2].map(() => lead.post(`${at}/${gone.id}/remove`, { reason: 'wrong_person' })));
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  expect(await sees(lead, at, gone.id)).toEqual([200, 0, 404]);
  expect(await partsOf(caseId)).toHaveLength(1);
  expect(
    await system.database.query(`select 1 from piece where stream_id = $1 and kind = 'file_name'`, [caseId]),
  ).toHaveLength(1);
  expect((await timeline(lead, caseId)).at(-1)).toMatchObject({
    type: 'SessionFileRemoved',
    data: { reason: 'wrong_person' },
  });
  expect(await verified()).toEqual(['ok', undefined]);
  const rows = () => system.database.query('select * from attachment order by id');
  const before = await rows();
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
  expect(await sees(lead, at, file.id)).toEqual(yes);
  await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
  expect(await partsOf(caseId)).toEqual([]);
  expect(await verified()).toEqual(['ok', undefined]);
  expect(await rebuild(system.database)).toEqual([]);
});

it('it is joined and taken away by the structure of the session alone, as it is corrected', async () => {
  const caseId = await open();
  await accepted(caseId, helper);
  const at = await sessionOf(lead, caseId);
  const file = await join(lead, at);
  expect(await refused(upload(helper, at, pdf()))).toEqual([403, 'forbidden']);
  expect(await refused(helper.post(`${at}/${file.id}/remove`, { reason: 'duplicate' }))).toEqual([404, 'not-found']);
  for (const nobody of [stranger, other]) expect(await refused(upload(nobody, at, pdf()))).toEqual([404, 'not-found']);
  for (const watching of [coordinator, auditor])
    expect(await refused(upload(watching, at, pdf()))).toEqual([403, 'forbidden']);
  // What was entered in error takes nothing more, and lets go of what it has.
  await lead.do(at.replace('/attachments', '/cancel'), { reason: 'wrong_person' });
  expect(await refused(upload(lead, at, pdf()))).toEqual([409, 'wrong-state']);
  expect(await sees(lead, at, file.id)).toEqual(yes);
  expect(await refused(lead.post(`${at}/${file.id}/remove`, { reason: 'other' }))).toEqual([
    422,
    'invalid',
    '/comment required',
  ]);
  await lead.do(`${at}/${file.id}/remove`, { reason: 'other', comment: 'Document d’une autre personne.' });
  expect(await sees(lead, at, file.id)).toEqual([200, 0, 404]);
  expect(await partsOf(caseId)).toEqual([]);
});

it('goes on where a record goes on: read there, joined there, taken away there', async () => {
  const [loser, survivor] = [await open(), await open()];
  const at = await sessionOf(lead, loser);
  const file = await join(lead, at);
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  const there = at.replace(loser, survivor);
  expect(await sees(lead, there, file.id)).toEqual(yes);
  expect((await lead.try('GET', at)).status).toBe(308);
  const later = await join(lead, at);
  expect(await sees(lead, there, later.id)).toEqual(yes);
  await lead.do(`${at}/${file.id}/remove`, { reason: 'duplicate' });
  await lead.do(`${there}/${later.id}/remove`, { reason: 'duplicate' });
  expect((await lead.get(there)).items).toEqual([]);
  expect(await partsOf(loser)).toEqual([]);
});

it('done once with one key; another file with it is another request', async () => {
  const caseId = await open();
  const at = await sessionOf(lead, caseId);
  const headers = { 'idempotency-key': 'joindre-1' };
  const bytes = pdf('Un.');
  const [first, again] = [await upload(lead, at, bytes, { headers }), await upload(lead, at, bytes, { headers })];
  expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await refused(upload(lead, at, pdf('Deux.'), { headers }))).toEqual([422, 'idempotency-key-reused']);
  expect(await refused(upload(lead, at, bytes, { headers, name: 'autre.pdf' }))).toEqual([
    422,
    'idempotency-key-reused',
  ]);
  expect((await lead.get(at)).items).toHaveLength(1);
  expect(await partsOf(caseId)).toHaveLength(1);
});

it('of what was never joined nothing stays', async () => {
  const caseId = await open();
  const keep = () =>
    system.database.query(`insert into attachment_part values (gen_random_uuid(), 0, $1, false, $2, $3)`, [
      caseId,
      system.clock.now(),
      randomBytes(10),
    ]);
  await keep();
  const sweep = () => system.worker.get(AttachmentLeftovers, { strict: false }).run();
  await sweep();
  expect(await partsOf(caseId)).toHaveLength(1);
  system.clock.advance({ minutes: 61 });
  await keep();
  await sweep();
  expect(await partsOf(caseId)).toHaveLength(1);
});

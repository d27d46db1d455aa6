/** Files joined to a referral: they go with the message, to whoever is asked; and what is refused of a file. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { largestFile, mostFilesOfEntry, mostOfRecord } from '../../libs/cases/src/attachment/attachment';
import { form, pdf, png, upload } from '../support/files';
import {
  accepted,
  coordinator,
  download,
  everybody,
  helper,
  join,
  lead,
  no,
  ofReferral,
  open,
  other,
  partsOf,
  refer,
  refused,
  sees,
  sessionOf,
  stranger,
  system,
  yes,
} from './attachments-stage';
import { request } from './driver';

everybody();

const told = async (person: typeof lead) => {
  await system.settle();
  const of = `select structure_id from notification where type = 'ReferralFileAttached' and structure_id = $1`;
  return (await system.database.query(of, [person.structureId])).length;
};

it('a file of a draft is its sender’s, then whoever is asked reads it with the message, and no more once it has declined', async () => {
  const caseId = await open();
  await accepted(caseId, other);
  const id = await refer(caseId, helper, { send: false });
  const at = ofReferral(id);
  const file = await join(lead, at, png([['tEXt', 'Author\0Besnard']]), 'lettre.png');
  expect(file).toMatchObject({ name: 'lettre.png', media: 'png', bytes: png().length });
  expect(await sees(helper, at, file.id)).toEqual(no);
  expect(await refused(upload(helper, at, pdf()))).toEqual([404, 'not-found']);
  await lead.do(`/v1/referrals/${id}/send`);
  expect(await sees(helper, at, file.id)).toEqual(yes);
  expect((await download(helper, `${at}/${file.id}`)).bytes).toEqual(png());
  const more = await join(lead, at);
  expect(await sees(helper, at, more.id)).toEqual(yes);
  // Of the one that came after the sending.
  expect(await told(helper)).toBe(1);
  // Who takes part otherwise reads no referral of others, and who watches reads no content.
  for (const nobody of [other, stranger, coordinator]) expect(await sees(nobody, at, file.id)).toEqual(no);
  expect(await refused(upload(other, at, pdf()))).toEqual([404, 'not-found']);
  // Whoever has yet to answer adds nothing.
  expect(await refused(upload(helper, at, pdf()))).toEqual([409, 'wrong-state']);
  await helper.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
  expect(await sees(helper, at, file.id)).toEqual([200, 0, 404]);
  expect(await sees(lead, at, file.id)).toEqual(yes);
  expect(await refused(upload(lead, at, pdf()))).toEqual([409, 'wrong-state']);
  // What was joined in error goes also when all is over.
  expect(await refused(helper.post(`${at}/${file.id}/remove`, { reason: 'duplicate' }))).toEqual([404, 'not-found']);
  await lead.do(`${at}/${file.id}/remove`, { reason: 'wrong_person' });
  expect((await lead.get(at)).items.map((one) => one.id)).toEqual([more.id]);
});

it('whoever helps joins files too, and the sender is told; neither takes the other’s away', async () => {
  const caseId = await open();
  const id = await accepted(caseId, helper);
  const at = ofReferral(id);
  const before = await told(lead);
  const file = await join(helper, at);
  expect(await told(lead)).toBe(before + 1);
  expect(await sees(lead, at, file.id)).toEqual(yes);
  expect(await refused(lead.post(`${at}/${file.id}/remove`, { reason: 'duplicate' }))).toEqual([404, 'not-found']);
  const history = (await lead.get(`/v1/referrals/${id}`)).history.map(({ type }) => type);
  expect(history.at(-1)).toBe('ReferralFileAttached');
  const offers = async (who: typeof lead) => {
    const list = (await who.get(at)) as unknown as { actions: string[]; items: { actions: string[] }[] };
    return [list.actions, list.items.map(({ actions }) => actions)];
  };
  expect([await offers(helper), await offers(lead)]).toEqual([
    [['attachments'], [['remove']]],
    [['attachments'], [[]]],
  ]);
  await helper.do(`/v1/referrals/${id}/return`, { reason: 'out_of_scope' });
  expect(await offers(lead)).toEqual([[], [[]]]);
  expect(await sees(helper, at, file.id)).toEqual([200, 0, 404]);
  expect(await sees(lead, at, file.id)).toEqual(yes);
});

it('who leads from then on reads the files of before; of a merged record they are read and taken away as before', async () => {
  const [loser, survivor] = [await open(), await open()];
  const id = await refer(loser, helper);
  const at = ofReferral(id);
  const [first, second] = [await join(lead, at), await join(lead, at)];
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  for (const reader of [lead, helper]) expect(await sees(reader, at, first.id)).toEqual(yes);
  const third = await join(lead, at);
  await lead.do(`${at}/${first.id}/remove`, { reason: 'duplicate' });
  for (const reader of [lead, helper]) {
    expect(await sees(reader, at, first.id)).toEqual([200, 0, 404]);
    for (const { id: one } of [second, third]) expect(await sees(reader, at, one)).toEqual(yes);
  }
  await helper.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
  const handover = { kind: 'push', toStructureId: other.structureId, note: 'Suite.' };
  const { id: given } = await lead.do(`/v1/cases/${survivor}/handovers`, handover);
  await other.do(`/v1/handovers/${given}/accept`, {});
  expect(await sees(other, at, third.id)).toEqual(yes);
  expect(await sees(lead, at, third.id)).toEqual(yes);
  expect(await sees(helper, at, third.id)).toEqual([200, 0, 404]);
});

describe('what is refused of a file', () => {
  let at: string;
  let caseId: string;
  beforeAll(async () => {
    caseId = await open();
    at = await sessionOf(lead, caseId);
  });

  it('another type, damaged, empty, without a name, two at once, no form', async () => {
    const cases: [Promise<{ status: number; body: Awaited<ReturnType<typeof request>>['body'] }>, unknown[]][] = [
      [upload(lead, at, Buffer.from('MZ program'), { name: 'facture.pdf' }), [415, 'unsupported-type']],
      [upload(lead, at, pdf().subarray(0, 60)), [422, 'invalid', '/file damaged']],
      [upload(lead, at, Buffer.alloc(0)), [422, 'invalid', '/file required']],
      [upload(lead, at, pdf(), { name: '…' }), [422, 'invalid', '/file letters']],
      [upload(lead, at, pdf(), { name: `${'x'.repeat(300)}.pdf` }), [422, 'invalid', '/file length']],
      [lead.try('POST', at, { form: form(pdf(), 'a.pdf', 'document') }), [415, 'unsupported-type']],
      [lead.post(at, { file: 'JVBERi0=' }), [415, 'unsupported-type']],
      [lead.try('POST', at), [415, 'unsupported-type']],
      [lead.try('POST', at, { raw: 'x', headers: { 'content-type': 'application/pdf' } }), [415, 'unsupported-type']],
      [lead.try('POST', '/v1/cases', { form: form(pdf()) }), [415, 'unsupported-type']],
    ];
    const two = form(pdf());
    two.append('file', new Blob(['x']), 'b.pdf');
    cases.push([lead.try('POST', at, { form: two }), [422, 'invalid', '/file one']]);
    const raw = (body: string, boundary = 'x') =>
      lead.try('POST', at, { raw: body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } });
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
    for (const broken of [
      '',
      '--x',
      `${head}abc`,
      `${head}abc\r\n--x`,
      `${head}abc\r\n--y--\r\n`,
      `z${head}abc\r\n--x--`,
    ])
      cases.push([raw(broken), [400, 'malformed-request']]);
    cases.push([raw(head, ''), [415, 'unsupported-type']]);
    for (const [answer, expected] of cases) expect(await refused(answer)).toEqual(expected);
    const french = await upload(lead, at, Buffer.from('GIF89a'), { headers: { 'accept-language': 'fr' } });
    expect((french.body as unknown as { detail: string }).detail).toMatch(/^Seuls les fichiers PDF/);
    expect(await partsOf(caseId)).toEqual([]);
  });

  it('a larger one, one too many for its entry, and what goes beyond the record', async () => {
    const filled = (length: number) => pdf('x'.repeat(length - pdf('').length));
    const large = await join(lead, at, filled(largestFile));
    expect(large.bytes).toBe(largestFile);
    expect((await download(lead, `${at}/${large.id}`)).bytes.equals(filled(largestFile))).toBe(true);
    expect(await refused(upload(lead, at, filled(largestFile + 1)))).toEqual([413, 'too-large']);
    expect(await refused(upload(lead, at, filled(largestFile * 2)))).toEqual([413, 'too-large']);
    for (let n = 2; n < mostFilesOfEntry; n++) await join(lead, at);
    // Of two at the same moment one finds the last place.
    const both = await Promise.all([upload(lead, at, pdf('Un.')), upload(lead, at, pdf('Deux.'))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(await refused(upload(lead, at, pdf()))).toEqual([422, 'invalid', '/file too-many']);
    await system.database.query('update attachment set bytes = $2 where id = $1', [large.id, mostOfRecord]);
    expect(await refused(upload(lead, await sessionOf(lead, caseId), pdf()))).toEqual([413, 'too-large']);
    const parts = await partsOf(caseId);
    expect(parts.filter(({ attached }) => !attached)).toEqual([]);
  });

  it('whoever may not is told before a byte of it is read; what stalls gets 408, and nobody waits for it', async () => {
    const { port } = new URL(system.baseUrl);
    const begin = async (authorization: string): Promise<string> => {
      const socket = connect({ port: Number(port), host: '127.0.0.1' });
      await once(socket, 'connect');
      socket.write(
        `POST ${at} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n--x`,
      );
      let answer = '';
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
      socket.on('error', () => undefined);
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      socket.destroy();
      return /^HTTP\/1\.1 (\d+) /.exec(answer)?.[1] ?? answer;
    };
    expect(await begin('Bearer nobody-at-all-0123456789')).toBe('401');
    expect(await begin(stranger.authorization)).toBe('404');
    expect(await begin(coordinator.authorization)).toBe('403');
    const stalled = [begin(helper.authorization), begin(lead.authorization), begin(lead.authorization)];
    expect((await Promise.all(stalled)).toSorted()).toEqual(['404', '408', '408']);
    // Their places are free again.
    await join(lead, await sessionOf(lead, await open()));
    const many = await Promise.all(Array.from({ length: 4 }, () => begin(lead.authorization)));
    expect(many.toSorted()).toEqual(['408', '408', '503', '503']);
  });
});

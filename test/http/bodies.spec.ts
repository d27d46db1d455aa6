import { gzipSync } from 'node:zlib';
import { newCase, Person, type View } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

describe('the bytes of a body', () => {
  let system: TestSystem;
  let counsellor: Person;
  beforeAll(async () => {
    system = await startSystem();
    counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  });
  afterAll(() => system.stop());

  async function open(
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: View }> {
    const answer = await fetch(`${system.baseUrl}/v1/cases`, {
      method: 'POST',
      body,
      headers: { authorization: counsellor.authorization, 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as View };
  }
  const named = (lastName: string): string => {
    const opening = newCase();
    return JSON.stringify({ ...opening, resident: { ...(opening['resident'] as object), lastName } });
  };
  const kept = async (): Promise<number> => (await counsellor.all('/v1/cases')).length;

  it.each([
    ['Latin-1', Buffer.from(named('Lefèvre'), 'latin1')],
    ['half a character', Buffer.from(named('Lefèvre')).filter((byte) => byte !== 0xa8)],
    ['a form that is too long', Buffer.from(named('X').replace('X', '\x00')).map((byte) => (byte === 0 ? 0xc0 : byte))],
    ['half a surrogate pair', Buffer.from(named('X_Y'), 'utf8').toString('latin1').replace('_', '\xed\xa0\x80')],
    ['UTF-16', Buffer.from(named('Lefèvre'), 'utf16le')],
  ])('that are not UTF-8 (%s) are 400, and nothing is kept', async (_, bytes) => {
    const before = await kept();
    const answer = await open(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-json']);
    expect(await kept()).toBe(before);
  });

  it.each([
    ['content-type', 'application/json; charset=iso-8859-1'],
    ['content-type', 'application/json;charset="UTF-16"'],
    ['content-type', 'application/json; charset=us-ascii'],
    ['content-type', 'text/plain'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['content-type', 'multipart/form-data; boundary=x'],
    ['content-encoding', 'gzip'],
    ['content-encoding', 'br'],
    ['content-encoding', 'GZIP, identity'],
  ])('of another kind (%s: %s) are 415, and nothing is kept', async (header, value) => {
    const before = await kept();
    const bytes = Buffer.from(named('Lefèvre'));
    const answer = await open(header === 'content-encoding' ? gzipSync(bytes) : bytes, { [header]: value });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-type']);
    expect(await kept()).toBe(before);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON; Charset=utf8',
  ])('are read as UTF-8 when they are %s', async (type) => {
    const answer = await open(Buffer.from(named('Lefèvre-Œuvrard')), {
      'content-type': type,
      'content-encoding': 'identity',
    });
    expect([answer.status, answer.body.resident]).toEqual([
      201,
      expect.objectContaining({ lastName: 'Lefèvre-Œuvrard' }),
    ]);
  });

  it('may begin with a byte order mark', async () => {
    expect((await open(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(named('Lefèvre'))]))).status).toBe(
      201,
    );
  });

  it.each(['%FF', 'Lef%E8vre', '%ED%A0%80', '%C3%28', 'a%C0%80'])(
    'are not UTF-8 in a query either (%s): 400 as well, not a list that is empty',
    async (words) => {
      for (const path of [
        `/v1/structures?q=${words}`,
        `/v1/communes?limit=5&q=${words}`,
        `/v1/structures?x?y=${words}`,
      ]) {
        const { status, body } = await counsellor.try('GET', path);
        expect([path, status, body.code]).toEqual([path, 400, 'malformed-request']);
      }
    },
  );

  it.each(['Lef%C3%A8vre', '100%', '100%25', 'La+Fl%c3%a8che', '%F0%9F%99%82'])(
    'are read in a query when they are (%s)',
    async (words) => {
      expect((await counsellor.try('GET', `/v1/structures?q=${words}`)).status).toBe(200);
    },
  );
});

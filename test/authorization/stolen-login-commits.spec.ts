/** What whoever speaks in the api's name can have done to records. */
import { Database } from '@fil-rouge/platform';
import { newSession, type Person } from '../journeys/driver';
import { steal, type Theft } from './stolen-login.stage';

interface Row {
  [column: string]: unknown;
}
interface Payload {
  token?: string;
  warrant?: object;
  session?: Row;
  streams: { id: string; expect: number; version: number }[];
  events: Row[];
  sealed: Row[];
  changes: { call: string; rows: Row[] }[];
  claims?: Row;
  consumes: Row;
}

let theft: Theft;
beforeAll(async () => {
  theft = await steal();
});
afterAll(() => theft.stop());

/** What the api would commit for this request, which is not done. */
async function payloadOf(person: Person, path: string, body: object): Promise<Payload> {
  let taken: string | undefined;
  const database = theft.system.api.get(Database, { strict: false });
  const whole = database.query.bind(database);
  const spy = jest.spyOn(database, 'query').mockImplementation(async (name, text, values) => {
    if (!/select commit_/.test(text)) return whole(name, text, values);
    taken = values![0] as string;
    throw new Error('taken');
  });
  await person.post(path, body);
  spy.mockRestore();
  return JSON.parse(taken!) as Payload;
}
const commit = (payload: Payload) => theft.ask('select commit_record($1)', [JSON.stringify(payload)]);
const events = async (stream: string) =>
  (await theft.system.database.query('select from event where stream_id = $1', [stream])).length;

describe('a commit in the api’s name', () => {
  let payload: Payload;
  beforeAll(async () => {
    payload = await payloadOf(theft.lead, `/v1/cases/${theft.caseId}/sessions`, newSession());
  });

  const changed = (change: (one: Payload) => void): Payload => {
    const copy = structuredClone(payload);
    change(copy);
    return copy;
  };

  it.each<[string, (one: Payload) => void, string]>([
    ['for nobody', (one) => void delete one.token, 'FR001'],
    ['in somebody else’s name', (one) => (one.events[0]!['actor'] = theft.elsewhere.id), '42501'],
    ['for another structure', (one) => (one.events[0]!['structure'] = theft.elsewhere.structureId), '42501'],
    ['of an event on another record', (one) => (one.events[0]!['stream'] = theft.foreign), '42501'],
    ['of a piece on another record', (one) => (one.sealed[0]!['stream'] = theft.foreign), '42501'],
    ['without an event', (one) => void ((one.events = []), (one.sealed = [])), '42501'],
    ['that leaves numbers out', (one) => void (one.streams[0]!.version += 1), '42501'],
    ['that consumes an effect', (one) => (one.consumes = { delivery: '1' }), '42501'],
    [
      'that takes claims away',
      (one) => (one.claims = { stream: theft.foreign, tokens: [], exclusive: false }),
      '42501',
    ],
    [
      'that changes a row of another record',
      (one) => void one.changes.push({ call: 'put_case_file', rows: [{ id: theft.foreign, case_id: theft.foreign }] }),
      '42501',
    ],
    [
      'that takes a row of another record',
      (one) =>
        one.changes.push({
          call: 'put_case_access',
          rows: [{ id: theft.foreign, case_id: theft.foreign, structure_id: theft.lead.structureId }],
        }),
      '42501',
    ],
    [
      'that opens another record to its structure',
      (one) =>
        one.changes.push({
          call: 'put_access_grant',
          rows: [
            {
              id: one.events[0]!['id'],
              stream_id: theft.foreign,
              structure_id: theft.lead.structureId,
              kind: 'lead',
              source: theft.foreign,
              from_seq: 1,
            },
          ],
        }),
      '42501',
    ],
    [
      'that gives somebody another address',
      (one) =>
        one.changes.push({
          call: 'put_account_of_person',
          rows: [
            {
              id: theft.elsewhere.id,
              name: 'X',
              search_name: 'x',
              email: 'voleur@exemple.fr',
              created_at: '2026-01-01',
            },
          ],
        }),
      '42501',
    ],
    [
      'that invites into somebody’s account',
      (one) =>
        one.changes.push({
          call: 'put_invitation_of_person',
          rows: [
            {
              id: theft.caseId,
              user_id: theft.elsewhere.id,
              created_at: '2026-01-01T00:00Z',
              expires_at: '2099-01-01T00:00Z',
            },
          ],
        }),
      '42501',
    ],
    [
      'that takes a second factor away',
      (one) =>
        one.changes.push({ call: 'erase_second_factor', rows: [{ userId: theft.lead.id, at: '2099-01-01T00:00Z' }] }),
      '42501',
    ],
    ['that erases', (one) => one.changes.push({ call: 'erase_record', rows: [{ id: theft.caseId }] }), '42501'],
  ])('is refused %s', async (_what, change, code) => {
    const before = await events(theft.caseId);
    await expect(commit(changed(change))).rejects.toMatchObject({ code });
    expect(await events(theft.caseId)).toBe(before);
  });

  it('is refused in a record where the structure has no part', async () => {
    const theirs = await payloadOf(theft.elsewhere, `/v1/cases/${theft.foreign}/sessions`, newSession());
    const [mySession] = [payload.session!];
    const forged = structuredClone(theirs);
    forged.token = payload.token;
    forged.session = mySession;
    for (const event of forged.events) [event['actor'], event['structure']] = [theft.lead.id, theft.lead.structureId];
    await expect(commit(forged)).rejects.toMatchObject({ code: '42501' });
  });

  it('is done as it was decided', async () => {
    const before = await events(theft.caseId);
    await commit(payload);
    expect(await events(theft.caseId)).toBe(before + payload.events.length);
  });
});

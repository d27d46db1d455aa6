/**
 * Two people decide on one batch at the same moment: whoever is told 200 has decided, whoever is told 409 has not. And no case is lost that moves or ends
 * at the moment it goes into a batch.
 */
import { Client } from 'pg';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person, type Answer } from './driver';

interface Item {
  caseId: string;
  status: string;
  decision?: string;
  outcome?: string;
  reason?: string;
  toCounsellor?: { id: string };
}
interface Batch {
  status: string;
  items: Item[];
}

const batches = '/v1/handover-batches';

describe('two at one batch', () => {
  let system: TestSystem;
  let manager: Person;
  let administrator: Person;
  const leavers = [
    'conseiller',
    'conseiller.pays-flechois',
    'conseiller.huisne-sarthoise',
    'conseiller.pays-sabolien',
    'conseiller.val-de-sarthe',
    'conseiller.sud-sarthe',
    'conseiller.maine-saosnois',
    'conseiller.braye-et-anille',
    'conseiller.gesnois-bilurien',
    'conseiller.loir-luce-berce',
    'conseiller.haute-sarthe-alpes-mancelles',
  ];
  let who: Person;
  const enter = (account: string): Promise<Person> =>
    Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password);
  let caseId: string;
  let id: string;

  beforeAll(async () => {
    system = await startSystem();
    // What waits to be carried out is looked at here.
    await system.worker.close();
    [manager, administrator] = (await Promise.all(['responsable', 'administrateur'].map(enter))) as [Person, Person];
  });
  afterAll(() => system.stop());
  beforeEach(async () => {
    who = await enter(leavers.pop()!);
    caseId = (await who.do('/v1/cases', newCase())).id;
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
  });

  type Ask = () => Promise<Answer>;
  const one = (decision: object) => ({ decisions: [{ caseId, ...decision }] });
  const colleague = (): object => ({ decision: 'colleague', counsellorId: manager.id });
  const close = (reason = 'need_met'): object => ({ decision: 'close', reason });
  const decide =
    (by: Person, decision: object, headers = {}): Ask =>
    () =>
      by.post(`${batches}/${id}/decisions`, one(decision), headers);
  const start =
    (by: Person, body: object = {}, headers = {}): Ask =>
    () =>
      by.post(`${batches}/${id}/start`, body, headers);
  const cancel =
    (by: Person, headers = {}): Ask =>
    () =>
      by.post(`${batches}/${id}/cancel`, {}, headers);
  const item = async (): Promise<Item> =>
    ((await administrator.get(`${batches}/${id}`)) as unknown as Batch).items.find((found) => found.caseId === caseId)!;

  /** All have looked at the batch before any of them writes; they then write one after the other. */
  const inThisOrder = (...asks: Ask[]): Promise<Answer[]> => whileHeld(id, ...asks);

  /** Each asks when the one before waits or was answered; then the record is let go of. */
  async function whileHeld(record: string, ...asks: Ask[]): Promise<Answer[]> {
    const holder = new Client({ connectionString: system.database.administratorUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from stream where id = $1 for update', [record]);
      const answers: Promise<Answer>[] = [];
      for (const ask of asks) {
        let answered = false;
        answers.push(ask().finally(() => (answered = true)));
        while (!answered && (await waiting()) < answers.length);
      }
      await holder.query('rollback');
      return await Promise.all(answers);
    } finally {
      await holder.end();
    }
  }
  const waiting = async (): Promise<number> =>
    (
      await system.database.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    )[0]!.n;
  const told = ({ status, body }: Answer): unknown[] => [status, body.code, body.status];

  it('a decision that comes after a cancellation is refused', async () => {
    const [cancelled, decided] = (await inThisOrder(cancel(manager), decide(administrator, colleague()))) as [
      Answer,
      Answer,
    ];
    expect(cancelled.status).toBe(200);
    expect(told(decided)).toEqual([409, 'wrong-state', 'cancelled']);
    expect(await item()).toMatchObject({ status: 'cancelled' });
    expect(await item()).not.toHaveProperty('decision');
  });

  it('a decision that comes after the start is refused: another one is being carried out', async () => {
    await decide(manager, close())();
    const [started, decided] = (await inThisOrder(start(manager), decide(administrator, colleague()))) as [
      Answer,
      Answer,
    ];
    expect(started.status).toBe(200);
    expect(told(decided)).toEqual([409, 'wrong-state', 'running']);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'close' });
  });

  it('of two starts with different decisions the one that is answered 200 is carried out', async () => {
    const [started, refused] = (await inThisOrder(
      start(manager, one(colleague())),
      start(administrator, one(close())),
    )) as [Answer, Answer];
    expect(started.status).toBe(200);
    expect(told(refused)).toEqual([409, 'wrong-state', 'running']);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'colleague', toCounsellor: { id: manager.id } });
  });

  it('a start decides nothing when it comes after a cancellation', async () => {
    const key = { 'idempotency-key': 'refus2' };
    const [cancelled, refused] = (await inThisOrder(cancel(administrator), start(manager, one(close()), key))) as [
      Answer,
      Answer,
    ];
    expect(cancelled.status).toBe(200);
    for (const answer of [refused, await start(manager, one(close()), key)()])
      expect(told(answer)).toEqual([409, 'wrong-state', 'cancelled']);
    expect(await item()).not.toHaveProperty('decision');
  });

  it('proposals are accepted for what nobody has decided on meanwhile', async () => {
    const [decided, started] = (await inThisOrder(
      decide(administrator, close()),
      start(manager, { acceptProposals: true }),
    )) as [Answer, Answer];
    expect([decided.status, started.status]).toEqual([200, 200]);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'close' });
  });

  it('a refused request is refused again under its key', async () => {
    const key = { 'idempotency-key': 'refus1' };
    await decide(manager, close())();
    const [, cancelled] = (await inThisOrder(start(manager), cancel(administrator, key))) as [Answer, Answer];
    expect(told(cancelled)).toEqual([409, 'wrong-state', 'running']);
    expect(told(await cancel(administrator, key)())).toEqual([409, 'wrong-state', 'running']);
  });

  it('a decision on a case that is given to somebody else at that moment: both are answered', async () => {
    const given = (): Promise<Answer> => manager.post(`/v1/cases/${caseId}/assignments`, { counsellorId: manager.id });
    const answers = await inThisOrder(decide(administrator, close()), given);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await item()).toMatchObject({ status: 'done', outcome: 'superseded' });
  });

  /** Its commit takes the records in the order of their ids: it waits for the one that is held when it has looked at all of them. */
  describe('while a batch is opened', () => {
    const reason = 'Madame Untel, trois rue des Lilas.';
    const opened = (): Promise<Answer> =>
      administrator.post(batches, { kind: 'counsellor_leaves', userId: who.id, reason });
    const waits = async (of: string): Promise<unknown[]> =>
      system.database.query(`select from batch_item where case_id = $1 and state in ('undecided', 'decided')`, [of]);
    const erase = (of: string) => (): Promise<Answer> =>
      administrator.post(`/v1/cases/${of}/erasure`, { reason: 'request_of_resident' });
    const give = (of: string) => (): Promise<Answer> =>
      manager.post(`/v1/cases/${of}/assignments`, { counsellorId: manager.id });
    let later: string;
    beforeEach(async () => {
      await cancel(manager)();
      later = (await who.do('/v1/cases', newCase())).id;
    });
    const managerStays = async (): Promise<void> => {
      const { employments } = (await administrator.get(`/v1/users/${manager.id}`)) as unknown as {
        employments: { id: string }[];
      };
      const end = `/v1/users/${manager.id}/employments/${employments[0]!.id}/end`;
      expect((await administrator.post(end, { reason })).status).toBe(409);
    };

    it.each<[string, () => string]>([
      ['the batch first', () => caseId],
      ['the colleague first', () => later],
    ])(
      'a case is given to a colleague, %s: it waits in no batch of who leaves, and the colleague does not leave without one',
      async (_, one) => {
        const [batch, given] = (await whileHeld(caseId, opened, give(one()))) as [Answer, Answer];
        expect([batch.status, given.status]).toEqual([201, 200]);
        expect(await waits(one())).toEqual([]);
        expect((await waits(one() === later ? caseId : later)).length).toBe(1);
        await managerStays();
      },
    );

    it('a case is erased after it went in: it waits in no batch, and what was said of it is gone', async () => {
      const [batch, erased] = (await whileHeld(caseId, opened, erase(caseId))) as [Answer, Answer];
      expect([batch.status, erased.status]).toEqual([201, 200]);
      expect(await waits(caseId)).toEqual([]);
      expect((await administrator.try('GET', `${batches}/${batch.body.id}`)).text).not.toContain('Lilas');
    });

    it('a case is erased before it goes in: the others go in without it', async () => {
      const [batch, erased] = (await whileHeld(caseId, opened, erase(later))) as [Answer, Answer];
      expect([batch.status, erased.status]).toEqual([201, 200]);
      expect(await waits(later)).toEqual([]);
      expect(batch.body).toMatchObject({ total: 1, items: [{ caseId }] });
    });
  });
});

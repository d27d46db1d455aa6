/** Two people decide on one batch at the same moment: whoever is told 200 has decided, whoever is told 409 has not. */
import { Client } from 'pg';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person, type Answer } from './driver';

interface Item { caseId: string; status: string; decision?: string; reason?: string; toCounsellor?: { id: string } }
interface Batch { status: string; items: Item[] }

const batches = '/v1/handover-batches';

describe('two at one batch', () => {
  let system: TestSystem;
  let manager: Person;
  let administrator: Person;
  const leavers = ['pays-flechois', 'huisne-sarthoise', 'pays-sabolien', 'val-de-sarthe', 'sud-sarthe', 'maine-saosnois'];
  let who: Person;
  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password);
  let caseId: string;
  let id: string;

  beforeAll(async () => {
    system = await startSystem();
    // What waits to be carried out is looked at here.
    await system.worker.close();
    [manager, administrator] = await Promise.all(['responsable', 'administrateur'].map(enter)) as [Person, Person];
  });
  afterAll(() => system.stop());
  beforeEach(async () => {
    who = await enter(`conseiller.${leavers.pop()!}`);
    caseId = (await who.do('/v1/cases', newCase())).id;
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
  });

  type Ask = () => Promise<Answer>;
  const one = (decision: object) => ({ decisions: [{ caseId, ...decision }] });
  const colleague = (): object => ({ decision: 'colleague', counsellorId: manager.id });
  const close = (reason = 'need_met'): object => ({ decision: 'close', reason });
  const decide = (by: Person, decision: object, headers = {}): Ask => () => by.post(`${batches}/${id}/decisions`, one(decision), headers);
  const start = (by: Person, body: object = {}, headers = {}): Ask => () => by.post(`${batches}/${id}/start`, body, headers);
  const cancel = (by: Person, headers = {}): Ask => () => by.post(`${batches}/${id}/cancel`, {}, headers);
  const item = async (): Promise<Item> => ((await administrator.get(`${batches}/${id}`)) as unknown as Batch).items.find((found) => found.caseId === caseId)!;

  /** All have looked at the batch before any of them writes; they then write one after the other. */
  async function inThisOrder(...asks: Ask[]): Promise<Answer[]> {
    const holder = new Client({ connectionString: system.database.administratorUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from handover_batch where id = $1 for update', [id]);
      const answers: Promise<Answer>[] = [];
      for (const ask of asks) {
        let answered = false;
        answers.push(ask().finally(() => (answered = true)));
        while (!answered && (await waiting()) < answers.length);
      }
      await holder.query('commit');
      return await Promise.all(answers);
    } finally {
      await holder.end();
    }
  }
  const waiting = async (): Promise<number> =>
    (await system.database.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))[0]!.n;
  const told = ({ status, body }: Answer): unknown[] => [status, body.code, body.status];

  it('a decision that comes after a cancellation is refused', async () => {
    const [cancelled, decided] = await inThisOrder(cancel(manager), decide(administrator, colleague())) as [Answer, Answer];
    expect(cancelled.status).toBe(200);
    expect(told(decided)).toEqual([409, 'wrong-state', 'cancelled']);
    expect(await item()).toMatchObject({ status: 'cancelled' });
    expect(await item()).not.toHaveProperty('decision');
  });

  it('a decision that comes after the start is refused: another one is being carried out', async () => {
    await decide(manager, close())();
    const [started, decided] = await inThisOrder(start(manager), decide(administrator, colleague())) as [Answer, Answer];
    expect(started.status).toBe(200);
    expect(told(decided)).toEqual([409, 'wrong-state', 'running']);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'close' });
  });

  it('of two starts with different decisions the one that is answered 200 is carried out', async () => {
    const [started, refused] = await inThisOrder(start(manager, one(colleague())), start(administrator, one(close()))) as [Answer, Answer];
    expect(started.status).toBe(200);
    expect(told(refused)).toEqual([409, 'wrong-state', 'running']);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'colleague', toCounsellor: { id: manager.id } });
  });

  it('a start decides nothing when it comes after a cancellation', async () => {
    const key = { 'idempotency-key': 'refus2' };
    const [cancelled, refused] = await inThisOrder(cancel(administrator), start(manager, one(close()), key)) as [Answer, Answer];
    expect(cancelled.status).toBe(200);
    for (const answer of [refused, await start(manager, one(close()), key)()]) expect(told(answer)).toEqual([409, 'wrong-state', 'cancelled']);
    expect(await item()).not.toHaveProperty('decision');
  });

  it('proposals are accepted for what nobody has decided on meanwhile', async () => {
    const [decided, started] = await inThisOrder(decide(administrator, close()), start(manager, { acceptProposals: true })) as [Answer, Answer];
    expect([decided.status, started.status]).toEqual([200, 200]);
    expect(await item()).toMatchObject({ status: 'pending', decision: 'close' });
  });

  it('a refused request is refused again under its key', async () => {
    const key = { 'idempotency-key': 'refus1' };
    await decide(manager, close())();
    const [, cancelled] = await inThisOrder(start(manager), cancel(administrator, key)) as [Answer, Answer];
    expect(told(cancelled)).toEqual([409, 'wrong-state', 'running']);
    expect(told(await cancel(administrator, key)())).toEqual([409, 'wrong-state', 'running']);
  });
});

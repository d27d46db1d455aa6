import {
  Clock,
  Consumer,
  Database,
  Deliveries,
  Log,
  newId,
  Records,
  Sealing,
  type Consumed,
  type ConsumerInterest,
} from '@fil-rouge/platform';
import type { RecordEvent, Uuid } from '@fil-rouge/kernel';
import { Consumers } from '../../libs/platform/src/deliveries/consumers';
import { Slices } from '../../libs/platform/src/records/slices';
import { startPlatform, type TestPlatform } from '../support/platform';
import { notes, type Whole } from './record-store-story';

const begun: string[] = [];
/** While it is set, every command fails. */
let failing = false;
let records: Records;

/** Keeps a promise for each note: a command, which consumes the delivery in its commit. */
class Promising extends Consumer {
  static readonly interest: ConsumerInterest = { name: 'promising', events: ['NoteTaken'] };

  override async command(event: RecordEvent, consumes: Consumed, target: Uuid): Promise<void> {
    begun.push(event.id);
    if (failing) throw new Error('not now');
    await records.decide<Whole, null>({
      caller: null,
      consumes,
      on: [{ kind: 'case', id: target }],
      decide: () => [[{ type: 'PromiseKept', data: {} }]],
      result: () => null,
    });
  }
}

describe('effects that are commands', () => {
  let platform: TestPlatform;
  let workers: Deliveries[];

  beforeAll(async () => {
    platform = await startPlatform([notes], [Promising]);
    const of = <T>(type: abstract new (...given: never[]) => T): T => platform.app.get<T>(type, { strict: false });
    records = of(Records);
    const another = new Deliveries(of(Database), of(Consumers), of(Slices), of(Sealing), of(Clock), of(Log));
    workers = [of(Deliveries), another];
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    begun.length = 0;
  });

  async function note(many: number): Promise<void> {
    for (let n = 0; n < many; n++)
      await records.decide<Whole, null>({
        caller: null,
        on: [{ kind: 'case', create: newId() }],
        decide: () => [[{ type: 'NoteTaken', data: {} }]],
        result: () => null,
      });
  }
  const left = () =>
    platform.database.query<{ attempts: number }>(`select attempts from delivery where consumer = 'promising'`);

  it('are begun once each, by however many workers look at the same time', async () => {
    await note(60);
    while ((await left()).length > 0) await Promise.all(workers.map((worker) => worker.look()));
    expect(begun).toHaveLength(60);
    expect(new Set(begun).size).toBe(60);
  });

  it('fail once for each try, whoever is at it: eight tries are eight', async () => {
    await note(1);
    failing = true;
    await Promise.all(workers.map((worker) => worker.look()));
    expect(await left()).toEqual([{ attempts: 1 }]);
    failing = false;
    platform.clock.advance({ minutes: 1 });
    await Promise.all(workers.map((worker) => worker.look()));
    expect(await left()).toEqual([]);
  });
});

import { Earshot } from './earshot';

/** A drain that ends when it is told to. */
function drains() {
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  const drain = ({ consumer, partition }: { consumer: string; partition: number }): Promise<void> => {
    const id = `${consumer} ${partition}`;
    begun.push(id);
    return new Promise((resolve) => open.set(id, resolve));
  };
  const end = async (id: string): Promise<void> => {
    open.get(id)!();
    await new Promise(setImmediate);
  };
  return { begun, drain, end };
}

const rings = (...partitions: number[]) => partitions.map((partition) => ({ consumer: 'inbox', partition }));

it('says that nobody listens, so that the queue is rung', () => {
  expect(new Earshot().ring(rings(1))).toBe(false);
});

it('drains what is rung, each once at a time, and once more for whatever was rung meanwhile', async () => {
  const { begun, drain, end } = drains();
  const earshot = new Earshot();
  earshot.listen(drain);
  expect(earshot.ring(rings(1))).toBe(true);
  for (let again = 0; again < 10; again++) earshot.ring(rings(1, 2));
  expect(begun).toEqual(['inbox 1', 'inbox 2']);
  await end('inbox 1');
  expect(begun).toEqual(['inbox 1', 'inbox 2', 'inbox 1']);
  await end('inbox 1');
  expect(begun).toHaveLength(3);
});

it('drains a few at a time, and the others as those end', async () => {
  const { begun, drain, end } = drains();
  const earshot = new Earshot();
  earshot.listen(drain);
  earshot.ring(rings(0, 1, 2, 3, 4, 5));
  expect(begun).toHaveLength(4);
  await end('inbox 2');
  expect(begun).toHaveLength(5);
});

it('leaves when what is being drained has ended, and takes nothing more', async () => {
  const { begun, drain, end } = drains();
  const earshot = new Earshot();
  earshot.listen(drain);
  earshot.ring(rings(0, 1, 2, 3, 4));
  let left = false;
  const leaving = earshot.leave().then(() => (left = true));
  expect(earshot.ring(rings(9))).toBe(false);
  for (const partition of [0, 1, 2]) await end(`inbox ${partition}`);
  expect(left).toBe(false);
  await end('inbox 3');
  await leaving;
  expect(begun).toHaveLength(4);
});

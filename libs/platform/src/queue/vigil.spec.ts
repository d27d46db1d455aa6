import { setTimeout as pause } from 'node:timers/promises';
import { Vigil, type Looked } from './vigil';

const nothing: Looked = { due: 0, done: 0 };

/** Looks that end when they are told to, in the order in which they began. */
function looks() {
  const open: ((found: Looked) => void)[] = [];
  let begun = 0;
  const look = (): Promise<Looked> => {
    begun++;
    return new Promise((resolve) => open.push(resolve));
  };
  const reach = async (count: number): Promise<void> => {
    while (begun < count) await pause(1);
  };
  return { look, reach, end: (found: Looked) => open.shift()!(found), begun: () => begun };
}

/** Several times as long as it is between two looks. */
const later = () => pause(150);

it('looks once when it is woken, and no more when nothing is there', async () => {
  const { look, end, begun } = looks();
  new Vigil(look).wake();
  expect(begun()).toBe(1);
  end(nothing);
  await later();
  expect(begun()).toBe(1);
});

it('looks once more, however often it is woken meanwhile, for it may have looked before all was written', async () => {
  const { look, reach, end, begun } = looks();
  const vigil = new Vigil(look);
  vigil.wake();
  for (let again = 0; again < 10; again++) vigil.wake();
  expect(begun()).toBe(1);
  end(nothing);
  await reach(2);
  end(nothing);
  await later();
  expect(begun()).toBe(2);
});

it('hears whoever wakes it in the very moment in which it falls asleep', async () => {
  const { look, reach, end, begun } = looks();
  const vigil = new Vigil(look);
  for (let round = 1; round <= 20; round++) {
    vigil.wake();
    await reach(round);
    end(nothing);
    // Twenty milliseconds after the look, and around them.
    await pause(15 + (round % 10));
  }
  await later();
  expect(begun()).toBe(20);
});

it('looks again after it has done something: an effect may have left another', async () => {
  const { look, reach, end, begun } = looks();
  new Vigil(look).wake();
  end({ due: 1, done: 3 });
  await reach(2);
  end(nothing);
  await later();
  expect(begun()).toBe(2);
});

it('leaves to the tick what it could not do: others are at it, or it stands behind what waits', async () => {
  let begun = 0;
  const vigil = new Vigil(() => {
    begun++;
    return Promise.resolve({ due: 1, done: 0 });
  });
  vigil.wake();
  await later();
  expect(begun).toBe(1);
  // Whoever rings meanwhile is not kept waiting by it.
  vigil.wake(10_000);
  while (begun < 5) await pause(1);
  await vigil.end();
});

it('goes on looking for as long as it is kept awake, whatever it finds', async () => {
  let begun = 0;
  const vigil = new Vigil(() => {
    begun++;
    return Promise.resolve(nothing);
  });
  vigil.wake(10_000);
  while (begun < 4) await pause(1);
  await vigil.end();
  const ended = begun;
  await later();
  expect(begun).toBe(ended);
});

it('looks for others while one look takes long, and once more when that one has ended', async () => {
  const { look, reach, end, begun } = looks();
  new Vigil(look).wake();
  await reach(2);
  const [first, second] = [() => end(nothing), () => end(nothing)];
  first();
  second();
  await reach(3);
  end(nothing);
  await later();
  expect(begun()).toBe(3);
});

it('ends when the looks that go on have ended', async () => {
  const { look, reach, end } = looks();
  const vigil = new Vigil(look);
  vigil.wake();
  await reach(2);
  let ended = false;
  const ending = vigil.end().then(() => (ended = true));
  end(nothing);
  await later();
  expect(ended).toBe(false);
  end(nothing);
  await ending;
});

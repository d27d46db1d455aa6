import { isUuid, newId } from './ids';

test('ids are UUIDv7, all different, and sort in the order they were made, whatever the millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => isUuid(id) && /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
});

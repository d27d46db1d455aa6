import { bareCode, isTimed, recoveryCode, stepOf } from './codes.service';

/** RFC 6238, appendix B, SHA-1: eight digits there, of which ours are the last six. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];
const at = (seconds: number) => new Date(seconds * 1000).toISOString();

it.each(vectors)('at %d seconds the code is %s', (seconds, code) => {
  expect(stepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
});

it('is taken half a minute early or late, and no further off', () => {
  const [seconds, code] = vectors[3]!;
  const step = Math.floor(seconds / 30);
  for (const off of [-30, 0, 30]) expect(stepOf(secret, code, at(seconds + off))).toBe(step);
  for (const off of [-60, 60, 3600]) expect(stepOf(secret, code, at(seconds + off))).toBeNull();
});

it('is no other text', () => {
  for (const code of ['', '28708', '2870822', 'abcdef', '287 082', '٢٨٧٠٨٢'])
    expect(stepOf(secret, code, at(59))).toBeNull();
});

it('is typed with or without spaces; a recovery code in capitals or not', () => {
  expect(bareCode(' 287 082')).toBe('287082');
  expect(isTimed(bareCode('287 082'))).toBe(true);
  const code = recoveryCode(Uint8Array.from({ length: 12 }, (_, n) => n * 21));
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/);
  expect([bareCode(code.toLowerCase()), isTimed(bareCode(code))]).toEqual([code.replaceAll('-', ''), false]);
});

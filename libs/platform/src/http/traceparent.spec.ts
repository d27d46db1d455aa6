import { traceOf } from './traceparent';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

it('is the trace of a header as the standard has it, and of a version to come', () => {
  expect(traceOf(`00-${trace}-${parent}-01`)).toBe(trace);
  expect(traceOf(`00-${trace}-${parent}-00`)).toBe(trace);
  expect(traceOf(`cc-${trace}-${parent}-01-what-will-be`)).toBe(trace);
});

it.each([
  ['none', undefined],
  ['two of them', [`00-${trace}-${parent}-01`, `00-${trace}-${parent}-01`]],
  ['more than this version has', `00-${trace}-${parent}-01-x`],
  ['no version', `ff-${trace}-${parent}-01`],
  ['capitals', `00-${trace.toUpperCase()}-${parent}-01`],
  ['no trace', `00-${'0'.repeat(32)}-${parent}-01`],
  ['no parent', `00-${trace}-${'0'.repeat(16)}-01`],
  ['too short', `00-${trace.slice(1)}-${parent}-01`],
  ['words', 'Monique Besnard'],
  ['a line of its own', `00-${trace}-${parent}-01\n{"level":50}`],
])('passes over %s', (_, header) => {
  expect(traceOf(header)).toBeUndefined();
});

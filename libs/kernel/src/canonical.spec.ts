import fc from 'fast-check';
import { canonicalJson } from './canonical';

describe('canonicalJson', () => {
  it('writes the sample of RFC 8785, 3.2.2 and 3.2.4', () => {
    const sample = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`) as unknown;
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units (RFC 8785, 3.2.3)', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const object = Object.fromEntries(keys.map((key) => [key, 0]));
    expect(Object.keys(JSON.parse(canonicalJson(object)) as object)).toHaveLength(7);
    expect(canonicalJson(object)).toBe('{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\u{1f600}":0,"\ufb33":0}');
  });

  it.each([
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [999999999999999700000, '999999999999999700000'],
    [0.000001, '0.000001'],
    [9.5367431640625e-7, '9.5367431640625e-7'],
  ])('writes the number %d as RFC 8785, appendix B', (number, text) => expect(canonicalJson(number)).toBe(text));

  it('keeps the value and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it('takes the same object twice beside itself', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  const cycle: Record<string, unknown> = {};
  cycle['again'] = cycle;
  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'undefined at the top'],
    ['an undefined member', { a: { 'b/c': undefined } }, 'undefined at /a/b~1c'],
    ['an undefined item', [1, undefined], 'undefined at /1'],
    ['a hole', new Array<number>(1), 'undefined at /0'],
    ['NaN', { minutes: NaN }, 'NaN at /minutes'],
    ['Infinity', [-Infinity], '-Infinity at /0'],
    ['a bigint', 1n, 'bigint'],
    ['a function', { f: () => 1 }, 'function at /f'],
    ['a symbol', Symbol('s'), 'symbol'],
    ['a symbol key', { [Symbol('s')]: 1 }, 'a symbol key'],
    ['a Date', { at: new Date(0) }, 'an instance of Date at /at'],
    ['a Map', new Map(), 'an instance of Map'],
    ['a lone surrogate', ['\ud800'], 'a lone surrogate at /0'],
    ['a lone surrogate in a key', { '\udc00': 1 }, 'a lone surrogate'],
    ['a cycle', cycle, 'a cycle at /again'],
  ])('refuses %s and says where', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson(value)).toThrow(message);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

/**
 * RFC 8785 (JSON Canonicalization Scheme): the one text of a JSON value, so that equal values have equal hashes.
 *
 * Own code because `canonicalize` 4 exports to `import` only (require() from CommonJS is refused with
 * ERR_PACKAGE_PATH_NOT_EXPORTED) and because it drops `undefined`, writes a Map as `{}` and calls toJSON: for a hash chain a value
 * that silently loses something is worse than an error. What remains of the RFC is sorting: its numbers and strings are
 * those of JSON.stringify, its key order (UTF-16 code units) is that of sort().
 *
 * Throws a TypeError that names the place (JSON Pointer) for whatever JSON cannot hold: undefined, NaN, Infinity, bigint,
 * functions, symbols, lone surrogates, class instances (Date, Map…), holes in arrays, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', new Set());
}

function write(value: unknown, at: string, ancestors: Set<object>): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, at);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value), at);
  if (typeof value !== 'object') return refuse(typeof value, at);
  if (ancestors.has(value)) return refuse('a cycle', at);

  ancestors.add(value);
  const text = Array.isArray(value)
    ? // Array.from visits holes, map would leave them out.
      `[${Array.from(value, (item: unknown, index) => write(item, `${at}/${index}`, ancestors)).join(',')}]`
    : `{${writeMembers(value, at, ancestors).join(',')}}`;
  ancestors.delete(value);
  return text;
}

function writeMembers(object: object, at: string, ancestors: Set<object>): string[] {
  const prototype: unknown = Object.getPrototypeOf(object);
  // A plain object of another realm (jest runs tests in one) has a prototype of its own without a parent.
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!plain) return refuse(`an instance of ${object.constructor.name}`, at);
  if (Object.getOwnPropertySymbols(object).length > 0) return refuse('a symbol key', at);
  return Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => {
      const below = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return `${writeString(key, at)}:${write(member, below, ancestors)}`;
    });
}

function writeString(text: string, at: string): string {
  // With the u flag a surrogate matches \p{Cs} only when it stands alone.
  return /\p{Cs}/u.test(text) ? refuse('a lone surrogate', at) : JSON.stringify(text);
}

function refuse(what: string, at: string): never {
  throw new TypeError(`canonical JSON cannot hold ${what} at ${at === '' ? 'the top' : at}`);
}

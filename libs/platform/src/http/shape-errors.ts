import { Problem, type FieldError } from '@fil-rouge/kernel';
import type { ValidationError } from 'class-validator';

const mostErrors = 50;

/** Of one member all rules are asked, and one is told: the first that helps. */
export const shapeProblem = (errors: readonly ValidationError[], root: string): Problem =>
  new Problem('invalid', 'Some values in the request are missing or not acceptable; see `errors`.', {
    errors: errors
      .slice(0, mostErrors)
      .flatMap((error) => fieldErrors(error, root))
      .slice(0, mostErrors),
  });

export const unknownMembers = (pointers: readonly string[]): Problem =>
  new Problem('invalid', 'Some members of the request are not known; see `errors`.', {
    errors: pointers.slice(0, mostErrors).map((pointer) => ({ pointer, ...unknown })),
  });

const unknown = { code: 'unknown', detail: 'Nothing of this name is expected here.' };

/** A name as a step of a JSON pointer (RFC 6901). */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function fieldErrors(error: ValidationError, root: string): FieldError[] {
  const pointer = `${root}${escaped(error.property)}`;
  const below = (error.children ?? []).flatMap((child) => fieldErrors(child, `${pointer}/`));
  return error.constraints ? [{ pointer, ...fault(error) }, ...below] : below;
}

/** Rules about what kind of value it is: as long as it is of another kind, no other rule says anything. */
const kinds = ['isArray', 'isObject', 'nestedValidation', 'isString', 'isInt', 'isNumber', 'isBoolean'];
const ofLists = /^(isArray|array)/;
const ofSizes = /^(array(Not|Min|Max)|isNotEmpty|m(in|ax)(Length)?$)/;

function fault({ property, constraints = {}, value }: ValidationError): Omit<FieldError, 'pointer'> {
  if ('whitelistValidation' in constraints) return unknown;
  const rules = Object.keys(constraints);
  const isList = rules.some((rule) => ofLists.test(rule));
  const expected = expectation(constraints, property, isList);
  if (value === undefined) return { code: 'required', detail: `This is required: it ${expected}.` };
  if (value === null) return { code: 'null', detail: `This cannot be null: it ${expected}.` };
  if (isList && !Array.isArray(value)) return { code: 'array', detail: `This ${expected}.` };
  const rule =
    kinds.find((kind) => kind in constraints) ??
    rules.find((name) => ofSizes.test(name)) ??
    rules.find((name) => name !== 'arrayUnique') ??
    rules[0]!;
  return { code: codeOf(rule), detail: sentence(said(constraints[rule]!, property)) };
}

/** What stands there when all is well: the rule that says most about it. */
function expectation(constraints: Record<string, string>, property: string, isList: boolean): string {
  const rules = Object.keys(constraints).filter(
    (rule) => !ofLists.test(rule) && isPredicate(said(constraints[rule]!, property)),
  );
  const telling =
    rules.find((rule) => !kinds.includes(rule) && !ofSizes.test(rule)) ??
    rules.find((rule) => kinds.includes(rule)) ??
    rules[0];
  const one = telling === undefined ? undefined : said(constraints[telling]!, property);
  if (!isList) return one ?? 'must be given';
  return one === undefined
    ? 'must be a list'
    : `must be a list, of which each value ${one.replace(/^each value /, '')}`;
}

/** What is said of the value, as most rules say it; some know a whole sentence of their own. */
const isPredicate = (words: string): boolean => /^(must|should|each value) /.test(words);
const sentence = (words: string): string =>
  words.startsWith('each value ') ? `E${words.slice(1)}.` : isPredicate(words) ? `This ${words}.` : words;

/** The validators' own sentence without its subject, which the pointer names. */
function said(message: string, property: string): string {
  if (/nested property/.test(message)) return 'must be an object';
  if (/elements must be unique$/.test(message)) return 'must hold each value once';
  const subject = `${property} `;
  return message.startsWith(subject)
    ? message.slice(subject.length)
    : message.replace(`each value in ${subject}`, 'each value ');
}

const codeOf = (rule: string): string => {
  if (rule === 'isNotEmpty') return 'required';
  if (rule === 'nestedValidation') return 'object';
  return rule
    .replace(/^is(?=[A-Z])/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
};

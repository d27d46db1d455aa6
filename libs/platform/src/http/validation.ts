import { Param, ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { invalid, notFound, Problem, type FieldError } from '@fil-rouge/kernel';
import type { ValidationError } from 'class-validator';
import { isUuid } from '../ids';

const shapes = (root: string) => new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  transform: true,
  stopAtFirstError: true,
  validationError: { target: false, value: true },
  exceptionFactory: (errors) => shapeProblem(errors, root),
});

/** Shape errors of every body and query: 422 `invalid` with a JSON pointer per value; unknown members included. The input is never echoed. */
export class ShapePipe implements PipeTransform {
  private readonly body = shapes('/');
  private readonly query = shapes('?');

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query') return this.query.transform(value, metadata) as Promise<unknown>;
    if (metadata.type !== 'body') return Promise.resolve(value);
    // A missing body is an empty one: its missing members are then named.
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      throw new Problem('invalid', 'The body must be a JSON object.', { errors: [{ pointer: '', code: 'object' }] });
    }
    look(given);
    return this.body.transform(given, metadata) as Promise<unknown>;
  }
}

/** Far above any body of ours (the longest list is a structure's communes). More is looked at by nobody. */
const mostValues = 5000;
const deepest = 12;
const mostErrors = 50;

/**
 * Before any validator, which would recurse and name every error: a body of a few thousand nested or unknown members must not cost
 * more than its refusal. Texts hold no half surrogate pair and no NUL, which neither UTF-8 nor PostgreSQL can keep.
 */
function look(body: object): void {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value: body, pointer: '', depth: 0 }];
  for (let seen = 0, next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string' && !isStorable(value)) throw invalid(pointer, 'characters', 'This text contains characters that cannot be stored.');
    if (typeof value !== 'object' || value === null) continue;
    const members = Object.entries(value);
    seen += members.length;
    if (depth >= deepest || seen > mostValues) throw invalid(pointer, 'too-much', 'The body is too deep or has too many values.');
    for (const [key, member] of members) {
      if (!isStorable(key)) throw invalid(pointer, 'characters', 'The name of a member contains characters that cannot be stored.');
      waiting.push({ value: member, pointer: `${pointer}/${key}`, depth: depth + 1 });
    }
  }
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

export function shapeProblem(errors: readonly ValidationError[], root: string): Problem {
  return new Problem('invalid', 'Some values in the request are missing or not acceptable; see `errors`.', { errors: errors.slice(0, mostErrors).flatMap((error) => fieldErrors(error, root)).slice(0, mostErrors) });
}

function fieldErrors({ property, constraints, children, value }: ValidationError & { value?: unknown }, root: string): FieldError[] {
  const pointer = `${root}${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(constraints ?? {}).map(([name, detail]) => ({ pointer, code: codeOf(name, value), detail }));
  return [...own, ...(children ?? []).flatMap((child) => fieldErrors(child, `${pointer}/`))];
}

const codeOf = (constraint: string, value: unknown): string =>
  constraint === 'whitelistValidation' ? 'unknown' : constraint === 'isDefined' || constraint === 'isNotEmpty' ? 'required' : value === null ? 'null' : kebab(constraint.replace(/^is(?=[A-Z])/, ''));

const kebab = (camel: string): string => camel.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** An id nobody can have is an id nobody may see: 404, not a lesson in our formats. */
class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw notFound();
    return value.toLowerCase();
  }
}

export const IdParam = (name: string) => Param(name, new IdPipe());

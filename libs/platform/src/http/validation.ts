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
    const pointer = unstorable(given, '');
    if (pointer !== null) throw invalid(pointer, 'characters', 'This text contains characters that cannot be stored.');
    return this.body.transform(given, metadata) as Promise<unknown>;
  }
}

/** Where a text holds half a surrogate pair or a NUL, which neither UTF-8 nor PostgreSQL can hold; null: nowhere. */
function unstorable(value: unknown, pointer: string): string | null {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? null : pointer;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = unstorable(key, pointer) ?? unstorable(member, `${pointer}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

export function shapeProblem(errors: readonly ValidationError[], root: string): Problem {
  return new Problem('invalid', 'Some values in the request are missing or not acceptable; see `errors`.', { errors: errors.flatMap((error) => fieldErrors(error, root)) });
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

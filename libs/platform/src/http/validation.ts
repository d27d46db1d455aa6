import { Param, ValidationPipe, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { invalid, notFound, Problem } from '@fil-rouge/kernel';
import { isUuid } from '../ids';
import { escaped, shapeProblem, unknownMembers } from './shape-errors';
import { canonicalTexts } from './text';

const shapes = (root: string) =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: true },
    exceptionFactory: (errors) => shapeProblem(errors, root),
  });

/** Shape errors of every body and query: 422 `invalid` with a JSON pointer per value; unknown members included. The input is never echoed. */
export class ShapePipe implements PipeTransform {
  private readonly body = shapes('/');
  private readonly query = shapes('?');

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' && metadata.type !== 'query') return Promise.resolve(value);
    const root = metadata.type === 'body' ? '/' : '?';
    // A missing body is an empty one: its missing members are then named.
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      throw new Problem('invalid', 'The body must be a JSON object.', { errors: [{ pointer: '', code: 'object' }] });
    }
    look(given, root);
    return this[metadata.type].transform(canonicalTexts(given, metadata.metatype), metadata) as Promise<unknown>;
  }
}

/** What a body of that class must be, for whoever is no request: the same rules, the same problems. */
export const shaped = <T extends object>(type: Type<T>, value: object): Promise<T> =>
  new ShapePipe().transform(value, { type: 'body', metatype: type }) as Promise<T>;

/** Far above any body of ours (the longest list is a structure's communes). More is looked at by nobody. */
const mostValues = 5000;
const deepest = 12;

/**
 * Before any validator, which would recurse and name every error: a body of a few thousand nested or unknown members must not cost more than its
 * refusal. Texts hold no half surrogate pair and no NUL, which neither UTF-8 nor PostgreSQL can keep. A member called like one that every object
 * inherits (`constructor`) is refused here: the validators look names up in plain objects and would find it known. So is `prototype`: Nest removes
 * it before anything validates, and whoever sent it would hear of no error.
 */
function look(given: object, root: '/' | '?'): void {
  const inherited: string[] = [];
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value: given, pointer: '', depth: 0 }];
  for (let seen = 0, next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string' && !isStorable(value))
      throw invalid(pointer, 'characters', 'This text contains characters that cannot be stored.');
    if (typeof value !== 'object' || value === null) continue;
    const members = Object.entries(value);
    seen += members.length;
    if (depth >= deepest || seen > mostValues)
      throw invalid(pointer, 'too-much', 'The request is too deep or has too many values.');
    for (const [key, member] of members) {
      const below = depth === 0 ? `${root}${escaped(key)}` : `${pointer}/${escaped(key)}`;
      if (!isStorable(key))
        throw invalid(pointer, 'characters', 'The name of a member contains characters that cannot be stored.');
      if (!Array.isArray(value) && (key in Object.prototype || key === 'prototype')) inherited.push(below);
      waiting.push({ value: member, pointer: below, depth: depth + 1 });
    }
  }
  if (inherited.length > 0) throw unknownMembers(inherited);
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** An id nobody can have is an id nobody may see: 404, not a lesson in our formats. */
class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw notFound();
    return value.toLowerCase();
  }
}

export const IdParam = (name: string) => Param(name, new IdPipe());

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { communeName } from './communes.service';

/** Members that hold INSEE codes, and the one that says their names. */
const named: Readonly<Record<string, string>> = {
  commune: 'communeName',
  communes: 'communeNames',
  territory: 'territoryNames',
};

/** Beside a commune's code its name, in every answer: nobody sees of 72200 whether Moncé-en-Belin was meant or the postal code of La Flèche. */
@Injectable()
export class NamedCommunes implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map(withNames));
  }
}

export function withNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, said]): [string, unknown][] => {
      const name = Object.hasOwn(named, member) ? namesOf(said) : undefined;
      return name === undefined
        ? [[member, withNames(said)]]
        : [
            [member, said],
            [named[member]!, name],
          ];
    }),
  );
}

function namesOf(codes: unknown): string | (string | null)[] | undefined {
  if (typeof codes === 'string') return communeName(codes);
  if (!Array.isArray(codes) || !codes.every((code) => typeof code === 'string')) return undefined;
  return codes.map((code) => communeName(code) ?? null);
}

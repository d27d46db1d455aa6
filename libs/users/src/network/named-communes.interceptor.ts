import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
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
    return next.handle().pipe(map((body) => (body instanceof StreamableFile ? body : withNames(body))));
  }
}

/** A loop and no chain of arrays: it goes over every member of every answer, a tenth of the time of a long one. */
export function withNames(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withNames);
  const shown: Record<string, unknown> = {};
  for (const member of Object.keys(value)) {
    const said = (value as Record<string, unknown>)[member];
    const name = Object.hasOwn(named, member) ? namesOf(said) : undefined;
    shown[member] = name === undefined ? withNames(said) : said;
    if (name !== undefined) shown[named[member]!] = name;
  }
  return shown;
}

function namesOf(codes: unknown): string | (string | null)[] | undefined {
  if (typeof codes === 'string') return communeName(codes);
  if (!Array.isArray(codes) || !codes.every((code) => typeof code === 'string')) return undefined;
  return codes.map((code) => communeName(code) ?? null);
}

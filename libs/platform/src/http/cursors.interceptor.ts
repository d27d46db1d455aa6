import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { canonicalJson, invalid } from '@fil-rouge/kernel';
import { map, type Observable } from 'rxjs';
import type { SignedInRequest } from '../access/requires';
import { Sealing } from '../records/sealing';
import { longestCursor } from './page';

type Members = Record<string, unknown>;

/**
 * A cursor leaves sealed for one list and its filters, and comes back as the sort key that `cursorOf` reads. On another list, or with other
 * filters, the same key would silently begin a page somewhere in the middle. A key that was not made here never reaches a statement. How many rows
 * a page has is no filter.
 */
@Injectable()
export class BoundCursors implements NestInterceptor {
  constructor(private readonly sealing: Sealing) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
      object | undefined;
    // A search has its filters and its cursor in the body. Where a route has a query as well, the body says something else, such as why a record is
    // read.
    const [root, given] = Object.keys(taken ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`))
      ? ['?', request.query as Members]
      : ['/', request.body as Members];
    const list = (): string => listOf(request, given);
    const cursor = isMembers(given) ? given['cursor'] : undefined;
    // What is no text, or too long for one of ours, the shape refuses.
    if (typeof cursor === 'string' && cursor !== '' && cursor.length <= longestCursor) {
      const opened = this.sealing.openToken(list(), cursor)?.['after'];
      if (typeof opened !== 'string') {
        throw invalid(
          `${root}cursor`,
          'cursor',
          'This cursor is of another list, or of other filters. Start again from the first page, with the filters you want.',
        );
      }
      given['cursor'] = opened;
    }
    return next.handle().pipe(
      map((body: unknown) => {
        if (!isMembers(body) || typeof body['nextCursor'] !== 'string') return body;
        return { ...body, nextCursor: this.sealing.sealToken(list(), { after: body['nextCursor'] }) };
      }),
    );
  }
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The address and what was filtered by: as they were sent, whatever their order. */
function listOf({ method, routeOptions, params }: SignedInRequest, given: unknown): string {
  const { cursor: _cursor, limit: _limit, ...filters } = isMembers(given) ? given : {};
  const named = Object.values((params as Record<string, string> | undefined) ?? {}).map((id) => id.toLowerCase());
  return `cursor|${method} ${routeOptions.url ?? ''}|${named.join('|')}|${written(filters)}`;
}

/** A text with half a surrogate pair has no canonical form; the shape refuses it next. */
function written(filters: Members): string {
  try {
    return canonicalJson(filters);
  } catch {
    return '';
  }
}

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { Observable } from 'rxjs';
import { requirement, type SignedInRequest } from '../access/requires';
import { takesFile, wantsFile } from './one-file';
import { escaped, unknownMembers } from './shape-errors';

/**
 * A route that takes no body, or no query, has no shape that would refuse one. A client that sends `{"reason": …}` to an action without a reason
 * would believe it kept. `?status=` where nothing is filtered would show everything. Public addresses are left alone: monitors add parameters of
 * their own.
 */
@Injectable()
export class NothingUnasked implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    if (Reflect.getMetadata(requirement, handler) === 'public') return next.handle();
    const taken = Object.keys(
      (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined) ?? {},
    ).map((key) => Number(key.split(':')[0]));
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const { body, query } = request;
    const unasked = [
      ...(taken.includes(RouteParamtypes.BODY) ? [] : membersOf(body, '/')),
      ...(taken.includes(RouteParamtypes.QUERY) ? [] : membersOf(query, '?')),
    ];
    if (unasked.length > 0) throw takesFile(request) && body ? wantsFile() : unknownMembers(unasked);
    return next.handle();
  }
}

function membersOf(given: unknown, root: string): string[] {
  if (given === undefined || given === null) return [];
  return typeof given === 'object' ? Object.keys(given).map((name) => `${root}${escaped(name)}`) : [''];
}

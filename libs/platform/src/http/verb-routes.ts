import { applyDecorators, Body, HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Permission } from '@fil-rouge/kernel';
import type { FastifyReply } from 'fastify';
import { Requires, SignedIn } from '../access/requires';
import type { Caller } from '../access/session';
import { IdParam } from './validation';

/** A row of a table of verbs, as far as its route goes. */
export interface VerbRoute {
  /** Who may ask at all, by role; whose it is and when, the rules say. */
  readonly may: Permission;
  /** The class that what is said is checked against; null: nothing is said. */
  readonly body: Type<object> | null;
  /** For the documentation. */
  readonly does: string;
  /** The name of the operation in the OpenAPI document, where it is not the verb's own. */
  readonly operation?: string;
}

/** A controller that does to a thing that is there whatever its table names. */
interface Acting<V extends string> {
  act(reply: FastifyReply, caller: Caller, id: string, verb: V, said?: object): Promise<object>;
}

/** `POST /v1/<at>/{id}/<verb>` for each row, as if the controller had a method for it with the decorators, and the types of arguments, that Nest looks for. */
export function addVerbRoutes<V extends string>(
  { prototype }: { prototype: Acting<V> },
  at: string,
  answers: Type<object>,
  verbs: Readonly<Record<V, VerbRoute>>,
): void {
  for (const [verb, { may, body, does, operation }] of Object.entries<VerbRoute>(verbs)) {
    const name = operation ?? verb.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    // Nest, and the interceptors, look arguments up by the function's own name.
    const { [name]: method } = {
      [name](this: Acting<V>, reply: FastifyReply, caller: Caller, id: string, said?: object) {
        return this.act(reply, caller, id, verb as V, said);
      },
    };
    Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true });
    Res({ passthrough: true })(prototype, name, 0);
    SignedIn()(prototype, name, 1);
    IdParam('id')(prototype, name, 2);
    if (body) Body()(prototype, name, 3);
    Reflect.defineMetadata('design:paramtypes', [Object, Object, String, ...(body ? [body] : [])], prototype, name);
    const route = applyDecorators(
      Post(`${at}/:id/${verb}`),
      HttpCode(200),
      Requires(may),
      ApiOkResponse({ type: answers }),
      ApiOperation({ summary: does }),
    );
    route(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
  }
}

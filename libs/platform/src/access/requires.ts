import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Permission, ProblemCode } from '@fil-rouge/kernel';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './session';

export const requirement = 'fil-rouge:requires';

/** The permission a route needs: guard, OpenAPI security and documentation from one word. */
export const Requires = (permission: Permission) =>
  applyDecorators(SetMetadata(requirement, permission), ApiBearerAuth(), ApiExtension('x-permission', permission));

/** Open to anybody, said on purpose. */
export const Public = () => SetMetadata(requirement, 'public');

/** For the documentation: refusals of this route that cannot be told from its permission, address and shape. */
export const Refuses = (...codes: ProblemCode[]) => ApiExtension('x-refuses', codes);

export type SignedInRequest = FastifyRequest & { caller?: Caller };

/** The signed-in person a request is for. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!caller) throw new Error('@SignedIn() on a route that is @Public().');
  return caller;
});

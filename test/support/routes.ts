import type { DynamicModule, Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { KeyRing, loadSettings, openLog } from '@fil-rouge/platform';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { ApiModule } from '../../apps/api/src/api.module';

/** A route as its controller declares it. */
export interface Route {
  readonly method: string;
  /** With `{id}` where an id stands, as in the OpenAPI document. */
  readonly path: string;
  readonly permission: string;
  readonly body?: Shape;
  readonly query?: Shape;
}
export type Shape = new () => object;

/** Every route of the api, found in the code: a test over all of them needs no list that somebody keeps. */
export function routes(): Route[] {
  const runtime = {
    settings: loadSettings({}),
    masterKeys: KeyRing.of(Buffer.alloc(32)),
    databaseUrl: 'postgresql://nobody@localhost/nothing',
    bell: {},
    logger: openLog('silent', 'test'),
  };
  return controllersOf(ApiModule.for(runtime)).flatMap(routesOf);
}

function controllersOf(module: DynamicModule | Type): Type[] {
  const dynamic = 'module' in module ? module : { module };
  const metadata = <T>(key: string): T[] => [
    ...((Reflect.getMetadata(key, dynamic.module) as T[] | undefined) ?? []),
    ...((dynamic[key as keyof DynamicModule] as T[] | undefined) ?? []),
  ];
  return [
    ...metadata<Type>(MODULE_METADATA.CONTROLLERS),
    ...metadata<DynamicModule | Type>(MODULE_METADATA.IMPORTS)
      .filter((one) => 'module' in one || typeof one === 'function')
      .flatMap(controllersOf),
  ];
}

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  const root = Reflect.getMetadata(PATH_METADATA, controller) as string;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method =
      name === 'constructor' ? undefined : (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined);
    if (method === undefined) return [];
    const types = (Reflect.getMetadata('design:paramtypes', prototype, name) as unknown[] | undefined) ?? [];
    const taken =
      (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as Record<string, { index: number }> | undefined) ??
      {};
    const shapeOf = (kind: RouteParamtypes): Shape | undefined => {
      const [, argument] = Object.entries(taken).find(([key]) => key.startsWith(`${kind}:`)) ?? [];
      return argument && (types[argument.index] as Shape);
    };
    const steps = ['v1', root, Reflect.getMetadata(PATH_METADATA, handler) as string]
      .flatMap((step) => step.split('/'))
      .filter((step) => step !== '');
    const path = `/${steps.join('/')}`.replace(/:(\w+)/g, '{$1}').replace(/^\/v1\/(health|metrics)/, '/$1');
    return [
      {
        method: RequestMethod[method],
        path,
        permission: Reflect.getMetadata('fil-rouge:requires', handler) as string,
        ...of('body', shapeOf(RouteParamtypes.BODY)),
        ...of('query', shapeOf(RouteParamtypes.QUERY)),
      },
    ];
  });
}

const of = (name: string, shape: Shape | undefined): object => (shape ? { [name]: shape } : {});

/** The rules of each member of a shape, as its decorators declare them. */
export function rulesOf(shape: Shape): Map<string, ValidationMetadata[]> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return new Map(
    [...new Set(rules.map(({ propertyName }) => propertyName))].map((member) => [
      member,
      rules.filter(({ propertyName }) => propertyName === member),
    ]),
  );
}

import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { requirement } from './requires';

/** Stops the start when a route declares neither a permission nor `@Public()`: a forgotten decorator must not be found by a stranger. */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.discovery.getControllers().flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: never[]) => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((method) => this.reflector.get<unknown>(METHOD_METADATA, prototype[method]!) !== undefined)
        .filter((method) => this.reflector.get<unknown>(requirement, prototype[method]!) === undefined)
        .map((method) => `${String(name)}.${method}`);
    });
    if (open.length > 0)
      throw new Error(`These routes declare no permission: ${open.join(', ')}. Add @Requires('…') or @Public().`);
  }
}

import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Uuid } from '@fil-rouge/kernel';

/** What the module that knows cases says before an employment ends. It provides this class; this module only knows the question. */
export abstract class EmploymentGuard {
  /** How many open cases this person leads for this structure, without those a batch of handovers covers. */
  abstract openCasesLedBy(userId: Uuid, structureId: Uuid): Promise<number>;
}

/** The guard of whichever module provides one, asked for late: importing it would turn the libraries' order around. */
@Injectable()
export class EmploymentGuards {
  constructor(private readonly modules: ModuleRef) {}

  /** 0 in a process without cases. */
  async openCasesLedBy(userId: Uuid, structureId: Uuid): Promise<number> {
    return (await this.guard()?.openCasesLedBy(userId, structureId)) ?? 0;
  }

  private guard(): EmploymentGuard | undefined {
    try {
      return this.modules.get<EmploymentGuard>(EmploymentGuard, { strict: false });
    } catch {
      return undefined;
    }
  }
}

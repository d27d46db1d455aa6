import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Decided, JsonObject, Uuid } from '@fil-rouge/kernel';
import type { Caller } from '@fil-rouge/platform';
import type { CaseRecord } from './case';
import type { Closing } from './case.decider';
import type { MergeShare } from './merge.decider';

/**
 * What else on the record stands against closing a case. Cases may not know what lives above them: whoever does provides this class
 * in its own module. Pure: throws a `Problem` (`open-referrals`, `open-handover`) or lets it pass.
 */
export abstract class ClosingRule {
  abstract check(whole: CaseRecord, input: Closing): void;
}

/** What else of a record ends or goes on when it is merged into another one; provided like the rule. Pure. */
export abstract class MergingRule implements MergeShare {
  abstract endings(loser: CaseRecord, survivor: CaseRecord): { ofLoser: Decided[]; ofSurvivor: Decided[] };
  abstract carried(loser: CaseRecord, survivor: CaseRecord): { takenOver: JsonObject; sealed: JsonObject };
}

/** Added to a case wherever it is shown. */
export type CaseInsert = { referralStatus: string };
/** Added to `GET /v1/cases/{id}`. */
export type WholeInsert = CaseInsert & { referrals: object[]; openHandover?: object };

/** Members that a module above adds to cases, as this caller may see them; provided like the rule. */
export abstract class CaseInserts {
  abstract of(caller: Caller, caseId: Uuid): Promise<WholeInsert>;
  /** Of a page of cases, in its order: one read for all. */
  abstract ofEach(caller: Caller, caseIds: readonly Uuid[]): Promise<CaseInsert[]>;
}

/** The hooks of whichever module provides them, asked for late: importing them would turn the libraries' order around. */
@Injectable()
export class CaseHooks {
  constructor(private readonly modules: ModuleRef) {}

  get closingRule(): ClosingRule | undefined {
    return this.find(ClosingRule);
  }

  get mergingRule(): MergingRule | undefined {
    return this.find(MergingRule);
  }

  get inserts(): CaseInserts | undefined {
    return this.find(CaseInserts);
  }

  private find<T>(hook: abstract new () => T): T | undefined {
    try {
      return this.modules.get<T>(hook, { strict: false });
    } catch {
      return undefined;
    }
  }
}

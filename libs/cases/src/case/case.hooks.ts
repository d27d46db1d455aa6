import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { textOf, type Caller, type Select } from '@fil-rouge/platform';
import type { CaseShown, CaseSummary } from './cases.responses.dto';

/** Added to a case wherever it is shown. */
export type CaseInsert = { referralStatus: string };
/** Added to `GET /v1/cases/{id}`. */
export type WholeInsert = CaseInsert & Pick<CaseShown, 'referrals' | 'openHandover' | 'actions'>;

/** What is read beside a case, in the same select and under the same rights, and how it is shown. */
export interface Insert<Found, Shown> {
  /** A JSON expression. @param record the column with the case's id */
  selected(caller: Caller, record: string): string;
  /** @param on the case as it is shown without it */
  shown(found: Found, caller: Caller, on: CaseSummary): Shown;
}

/**
 * Members that a module above adds to cases, as this caller may see them. Cases may not know what lives above them: whoever does provides this class in its own
 * module. Without it a case is shown with less; what decides is never provided so, but is a function of a slice.
 */
export abstract class CaseInserts {
  abstract readonly ofOne: Insert<unknown, WholeInsert>;
  /** Of each case of a page. */
  abstract readonly ofEach: Insert<unknown, CaseInsert>;
}

export interface Inserted {
  readonly inserted?: unknown;
}

/** The inserts of whichever module provides them, asked for late: importing it would turn the libraries' order around. */
@Injectable()
export class CaseHooks {
  constructor(private readonly modules: ModuleRef) {}

  /** The select with one more column, `inserted`. */
  select(caller: Caller, select: Select, of: keyof CaseInserts): Select {
    const insert = this.inserts?.[of];
    if (!insert) return select;
    return (params) => `select c.*, ${insert.selected(caller, 'c.id')} as inserted from (${textOf(select, params)}) c`;
  }

  shown<Of extends keyof CaseInserts>(
    caller: Caller,
    row: Inserted,
    of: Of,
    on: CaseSummary,
  ): ReturnType<CaseInserts[Of]['shown']> | object {
    return this.inserts?.[of].shown(row.inserted, caller, on) ?? {};
  }

  private get inserts(): CaseInserts | undefined {
    try {
      return this.modules.get<CaseInserts>(CaseInserts, { strict: false });
    } catch {
      return undefined;
    }
  }
}

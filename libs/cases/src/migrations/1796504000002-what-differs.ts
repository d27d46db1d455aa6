import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from '@fil-rouge/platform';

/** What a verification found besides the logs: records of which people see something else, and tables with rows of no record. */
export class WhatDiffers1796504000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table verification add column if not exists differing integer not null default 0, add column if not exists strays text[],
       add column if not exists anchor text, add column if not exists anchors integer not null default 0, add column if not exists faults jsonb not null default '[]'`,
    );
  }
}

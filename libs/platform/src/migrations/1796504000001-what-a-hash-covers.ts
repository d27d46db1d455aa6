import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** What the hash of an event covers, see `HashVersion`: those that are there, and those the version before goes on writing, have the first one. */
export class WhatAHashCovers1796504000001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table event add column if not exists hash_version smallint not null default 1`);
  }
}

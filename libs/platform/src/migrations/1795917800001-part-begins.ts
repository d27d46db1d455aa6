import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** A part in a thing begins with an event, as it ends with one: what was worded before it is not read. Until now every part began with the first. */
export class PartBegins1795917800001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table party add column if not exists from_event uuid');
  }
}

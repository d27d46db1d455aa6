import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** In which transaction somebody was told, which a trigger says: a list knows which of them it could see, however instants and commits lie. */
export class ToldIn1796050200005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table notification add column if not exists told_in text');
  }
}

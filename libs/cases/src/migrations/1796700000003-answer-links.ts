import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What an organisation outside the network answers by itself, and the link with which it does. */
export class AnswerLinks1796700000003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table outside_referral
  add column if not exists answer text,
  add column if not exists answer_reason text,
  add column if not exists answered_at timestamptz(3),
  add column if not exists by_recipient boolean,
  add column if not exists link_id uuid,
  add column if not exists link_hash text,
  add column if not exists link_event uuid,
  add column if not exists link_until timestamptz(3),
  add column if not exists link_end text;
create unique index if not exists outside_referral_link on outside_referral (link_hash) where link_hash is not null;
`);
  }
}

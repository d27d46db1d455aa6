import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Whom residents are sent to outside the network, and what came of it. */
export class OutsideReferrals1796200200003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists outside_referral (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  author_id uuid not null,
  recipient text not null,
  needs text[] not null,
  means text not null,
  status text not null,
  outcome text,
  outcome_on date,
  version integer not null,
  seq integer not null,
  text_event uuid not null,
  sent_on date not null,
  sent_at timestamptz(3) not null,
  end_event uuid,
  ended_at timestamptz(3),
  ended_by uuid,
  constraint outside_referral_pk primary key (id)
);
create index if not exists outside_referral_case on outside_referral (case_id, sent_at, id);
create index if not exists outside_referral_of on outside_referral (structure_id, sent_at, id);
`);
  }
}

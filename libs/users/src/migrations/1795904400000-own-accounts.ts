import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * One e-mail opens the accounts that several employers have made; it can be changed; a sign-in knows where it was before; and the directory knows the days
 * on which somebody works in a structure.
 */
export class OwnAccounts1795904400000 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table structure add column staffed datemultirange;

alter table account drop constraint account_email_key;
create index account_email on account (email);

create table email_change (
  id uuid not null,
  user_id uuid not null,
  old_email text not null,
  new_email text not null,
  created_at timestamptz(3) not null,
  constraint email_change_pk primary key (id)
);

-- An e-mail and an address from which it has signed in, as one hash.
create table known_origin (
  key bytea not null,
  last_at timestamptz(3) not null,
  constraint known_origin_pk primary key (key)
);
create index known_origin_last on known_origin (last_at);
`);
  }
}

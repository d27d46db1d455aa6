import { foldName } from '@fil-rouge/kernel';
import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Accounts are searched by the words of their name, in its order; a session has a name by which it is ended, which opens nothing. */
export class AccountsSearched1796300000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table account add column search_name text not null default '';
create index account_directory on account (search_name, id);
alter table access_token add column id uuid;
alter table access_token no force row level security;
update access_token set id = gen_random_uuid();
alter table access_token force row level security;
alter table account no force row level security;
`);
    const accounts = (await runner.query('select id, name from account')) as { id: string; name: string }[];
    await runner.query(
      'update account a set search_name = f.folded from unnest($1::uuid[], $2::text[]) f(id, folded) where a.id = f.id',
      [accounts.map(({ id }) => id), accounts.map(({ name }) => foldName(name))],
    );
    await runner.query('alter table account force row level security');
  }
}

import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** A sender that has left the case may still ask the recipient to stop. Its image then says so, and nothing else that has happened since it left. */
export class AskedByWhoLeft1700000000021 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create function put_referral_access_asked(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  update referral_access a set cancellation_requested_at = n.at from jsonb_to_recordset(rows) as n(structure_id uuid, id uuid, at timestamptz)
  where a.structure_id = n.structure_id and a.id = n.id
$$;
revoke execute on function put_referral_access_asked(jsonb) from public;
alter function put_referral_access_asked(jsonb) owner to writer;

-- That others were asked as well is not for those who were asked: as the projection writes it from now on.
set local role writer;
update referral_access set broadcast_id = null where box = 'received' and broadcast_id is not null and not 'lead' = any(roles);
set local role owner;
`);
  }
}

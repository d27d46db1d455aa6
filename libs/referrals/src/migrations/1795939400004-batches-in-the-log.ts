import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Batches of handovers follow from the log. The tables before (`handover_batch`, `handover_batch_item`) stay as they are until a release later, for whoever
 * wants to look; what waited in them waits no more, its cases can be put into a batch anew: no migration can chain and seal what the log would have to say.
 */
export class BatchesInTheLog1795939400004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists batch (
  id uuid not null,
  kind text not null,
  structure_id uuid not null,
  user_id uuid,
  to_structure_id uuid,
  status text not null,
  total integer not null,
  created_by uuid,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  drawn_up uuid not null,
  constraint batch_pk primary key (id)
);
create index if not exists batch_recent on batch (created_at, id);

-- structure_id: the lead the case is to leave, as in its batch. decided_*: in whose name it is carried out.
create table if not exists batch_item (
  id uuid not null,
  batch_id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  handover_id uuid not null,
  state text not null,
  proposed_structure_id uuid,
  proposed_user_id uuid,
  proposed_because text[] not null,
  decision text,
  to_structure_id uuid,
  to_user_id uuid,
  close_reason text,
  decided_by uuid,
  decided_for uuid,
  decided_as text,
  outcome text,
  failure text,
  ended_at timestamptz(3),
  constraint batch_item_pk primary key (id),
  constraint batch_item_once unique (batch_id, case_id)
);
create index if not exists batch_item_case on batch_item (case_id);
create index if not exists batch_item_waiting on batch_item (batch_id) where state in ('undecided', 'failed');
create index if not exists batch_item_proposed on batch_item (handover_id) where state = 'done' and outcome = 'proposed';
`);
  }
}

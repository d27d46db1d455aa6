import { Baseline } from '@fil-rouge/platform';

/** What the referral and each structure's sight of it have in common. */
const image = /* sql */ `
  version integer not null,
  seq integer not null,
  status text not null,
  from_structure_id uuid not null,
  to_structure_id uuid not null,
  needs text[],
  contact text,
  urgency text not null,
  onward_allowed boolean not null,
  parent_referral_id uuid,
  previous_referral_id uuid,
  contact_user_id uuid,
  sent_at timestamptz(3),
  due_at timestamptz(3),
  late_from timestamptz(3),
  hold_until date,
  cancellation_requested_at timestamptz(3),
  ended_at timestamptz(3),
  outcome text,
  reason text,
  draft_event uuid not null,
  sheet_event uuid,
  last_activity_at timestamptz(3) not null,`;

/** Referrals, handovers, batches of handovers. */
export class ReferralsBaseline1795903200004 extends Baseline {
  protected readonly foldedAfter = 'BatchesUnderLocks1700000000025';
  protected readonly tables = /* sql */ `
create table referral (
  id uuid not null,
  case_id uuid not null,
  parent_from_id uuid,${image}
  broadcast_id uuid,
  constraint referral_pk primary key (id)
);
create index referral_case on referral (case_id);
create index referral_recent on referral (last_activity_at, id);
-- What a decision on a structure concerns: few rows of each structure are open.
create index referral_open_from on referral (from_structure_id) where ended_at is null;
create index referral_open_to on referral (to_structure_id) where ended_at is null;
-- By which a structure's expiries of the last 90 days are counted.
create index referral_expired on referral (to_structure_id, ended_at) where status = 'expired';

-- The referral as one structure may see it; frozen at until_seq when its access ended.
create table referral_access (
  structure_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  box text not null,
  roles text[] not null,
  sheet_open boolean not null,
  until_seq integer,${image}
  broadcast_id uuid,
  constraint referral_access_pk primary key (structure_id, id)
);
create index referral_access_recent on referral_access (structure_id, last_activity_at, id);
create index referral_access_case on referral_access (case_id, structure_id);
-- What the list of tasks reads, found without the history.
create index referral_access_open on referral_access (structure_id, case_id) where until_seq is null and ended_at is null;
create index referral_access_ended on referral_access (structure_id, ended_at) where until_seq is null and ended_at is not null;

create table handover (
  id uuid not null,
  case_id uuid not null,
  version integer not null,
  kind text not null,
  status text not null,
  from_structure_id uuid not null,
  to_structure_id uuid not null,
  from_counsellor_id uuid,
  to_counsellor_id uuid,
  effective_at timestamptz(3),
  created_at timestamptz(3) not null,
  due_at timestamptz(3),
  ended_at timestamptz(3),
  note_event uuid not null,
  last_activity_at timestamptz(3) not null,
  created_seq integer not null,
  by_user uuid,
  constraint handover_pk primary key (id)
);
create unique index handover_one_open on handover (case_id) where status in ('proposed', 'requested', 'accepted');
create index handover_case on handover (case_id);
create index handover_activity on handover (last_activity_at, id);
create index handover_agreed on handover (to_counsellor_id) where status = 'accepted';
create index handover_unanswered_request on handover (ended_at) where kind = 'pull' and status = 'expired';

create table handover_access (
  structure_id uuid not null,
  id uuid not null,
  case_id uuid,
  box text not null,
  sheet_open boolean not null,
  version integer not null,
  kind text not null,
  status text not null,
  from_structure_id uuid,
  to_structure_id uuid not null,
  from_counsellor_id uuid,
  to_counsellor_id uuid,
  effective_at timestamptz(3),
  created_at timestamptz(3) not null,
  due_at timestamptz(3),
  ended_at timestamptz(3),
  note_event uuid not null,
  last_activity_at timestamptz(3) not null,
  constraint handover_access_pk primary key (structure_id, id)
);
create index handover_access_activity on handover_access (structure_id, last_activity_at, id);
create index handover_access_case on handover_access (case_id, structure_id);
create index handover_access_unanswered on handover_access (structure_id) where status in ('proposed', 'requested');
create index handover_access_refused on handover_access (structure_id, ended_at) where status in ('declined', 'expired');

create table handover_batch (
  id uuid not null,
  kind text not null,
  structure_id uuid not null,
  user_id uuid,
  to_structure_id uuid,
  status text not null,
  reason text,
  created_by uuid,
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  constraint handover_batch_pk primary key (id)
);
create index handover_batch_recent on handover_batch (created_at, id);
create index handover_batch_running on handover_batch (started_at) where status = 'running';

-- structure_id: the lead the case is to leave, as in its batch. decided_*: in whose name it is carried out.
create table handover_batch_item (
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
  cancel_referrals boolean not null default false,
  decided_by uuid,
  decided_for uuid,
  decided_as text,
  attempts smallint not null default 0,
  outcome text,
  failure text,
  ended_at timestamptz(3),
  constraint handover_batch_item_pk primary key (id),
  constraint handover_batch_item_once unique (batch_id, case_id)
);
-- A case waits in one batch at a time: two of them would each decide for it.
create unique index handover_batch_item_one_open on handover_batch_item (case_id) where state in ('undecided', 'decided', 'pending');
create index handover_batch_item_case on handover_batch_item (case_id);
create index handover_batch_item_waiting on handover_batch_item (batch_id) where state in ('undecided', 'failed');
create index handover_batch_item_proposed on handover_batch_item (handover_id) where state = 'done' and outcome = 'proposed';
`;
}

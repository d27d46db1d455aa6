import { Injectable } from '@nestjs/common';
import {
  isStaff,
  notFound,
  type Capacity,
  type Json,
  type JsonObject,
  type PieceKind,
  type ReferralStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import type { Identity, Profile } from '@fil-rouge/cases';
import {
  asked,
  Clock,
  cursorOf,
  evenUnreadable,
  limitOf,
  openPiece,
  pageOf,
  Reads,
  refuseFilters,
  Sealing,
  Slices,
  type Caller,
  type Page,
  type Select,
  type Asking,
  type Rows,
} from '@fil-rouge/platform';
import { nameAt } from '@fil-rouge/users';
import type { DraftText, Sheet } from './referral';
import { actionsIn, isTakingOn, type Role } from './referral.policy';
import { boxes, rowsOf, sentOn, withMerged } from './referral.sql';
import type { ReferralsQuery } from './referrals.dto';
import { ReferralResponse } from './referrals.responses.dto';

interface PieceRow {
  event: Uuid;
  kind: PieceKind;
  ciphertext: string;
  stream: Uuid;
  key: string;
}

/** A referral as the caller's structure may see it, or as somebody who watches sees all of them; pieces only where the sheet is open. */
export interface ReferralRow {
  id: Uuid;
  case_id: Uuid;
  version: number;
  status: ReferralStatus;
  from_structure_id: Uuid;
  to_structure_id: Uuid | null;
  from_name: string;
  to_name: string | null;
  roles: Role[];
  until_seq: number | null;
  sheet_open: boolean;
  needs: string[] | null;
  contact: string | null;
  urgency: string;
  pressing: boolean;
  onward_allowed: boolean;
  parent_referral_id: Uuid | null;
  previous_referral_id: Uuid | null;
  broadcast_id: Uuid | null;
  contact_user_id: Uuid | null;
  contact_name: string | null;
  sent_at: string | null;
  due_at: string | null;
  hold_until: string | null;
  cancellation_requested_at: string | null;
  ended_at: string | null;
  outcome: string | null;
  reason: string | null;
  better_structure_id: Uuid | null;
  better_name: string | null;
  to_capacity: Capacity | null;
  draft_event: Uuid;
  sheet_event: Uuid | null;
  last_activity_at: string;
  pieces: PieceRow[] | null;
  history?: HistoryRow[];
  /** The reader's own structure; null without one. */
  suspended: boolean | null;
}

interface HistoryRow {
  event: Uuid;
  at: string;
  type: string;
  schema: number;
  data: JsonObject;
  structure_id: Uuid | null;
  structure: string | null;
  actor_id: Uuid | null;
  actor: string | null;
  ciphertext: string | null;
  stream: Uuid;
  key: string | null;
}

/** What has been opened of a row's pieces. */
export type Opened = { text?: DraftText; sheet?: Sheet; firstName?: string; identity?: Identity; profile?: Profile };

/** The referral's own pieces, and the latest of the resident's: row-level security returns those the structure may read, no more. */
const shown = /* sql */ `
  (select o.status = 'suspended' from structure o where o.id = me_structure()) as suspended, f.name as from_name, t.name as to_name, t.capacity as to_capacity, u.name as contact_name, b.name as better_name,
  case when r.sheet_open then (
    select json_agg(json_build_object('event', p.event_id, 'kind', p.kind, 'ciphertext', p.ciphertext, 'stream', p.stream_id, 'key', key_of(p.stream_id))) from (
      select event_id, kind, ciphertext, stream_id from piece where event_id in (r.draft_event, r.sheet_event)
      union all
      select l.event_id, l.kind, l.ciphertext, l.stream_id from unnest(array['first_name', 'identity', 'profile']) k(kind), lateral (
        select event_id, piece.kind, ciphertext, stream_id from piece where stream_id = r.case_id and piece.kind = k.kind and shared_by is null order by seq desc limit 1) l
    ) p) end as pieces`;

const named = /* sql */ `
  join structure f on f.id = r.from_structure_id left join structure t on t.id = r.to_structure_id left join account u on u.id = r.contact_user_id
  left join structure b on b.id = r.better_structure_id`;

const filters = asked({
  box: `(box = any(array(select jsonb_array_elements_text($1->'boxes'))) or ($1->>'box' = 'sent' and ${sentOn}))`,
  statuses: `status = any(array(select jsonb_array_elements_text($1->'statuses')))`,
  late: `(status in ('sent', 'under_review') and late_from < ($1->>'now')::timestamptz) = ($1->>'late')::boolean`,
  urgency: `urgency = any(array(select jsonb_array_elements_text($1->'urgency')))`,
  after: `(pressing, last_activity_at, id) < (($1->'after'->>0)::boolean, ($1->'after'->>1)::timestamptz, ($1->'after'->>2)::uuid)`,
});
const listOf =
  (rows: string): Select =>
  (params) => /* sql */ `
  select r.*, ${shown} from (
    select * from (${rows}) v where true${filters(params)}
    order by pressing desc, last_activity_at desc, id desc limit ($1->>'limit')::integer
  ) r ${named} order by r.pressing desc, r.last_activity_at desc, r.id desc`;

const detailOf = (rows: string): string => /* sql */ `
  select r.*, ${shown}, (
    select json_agg(json_build_object('event', e.id, 'at', e.at, 'type', e.type, 'schema', e.schema, 'data', e.data, 'structure_id', e.structure_id, 'structure', ${nameAt('s', 'e.at')},
        'actor_id', e.actor_id, 'actor', a.name, 'ciphertext', c.ciphertext, 'stream', c.stream_id, 'key', key_of(c.stream_id)) order by merges_after(e.stream_id) desc, e.seq)
    from event e left join structure s on s.id = e.structure_id left join account a on a.id = e.actor_id
      left join piece c on r.sheet_open and c.event_id = e.id and c.kind = 'shared_text'
    where e.about = r.id and (e.type not in ('ReferralDrafted', 'ReferralDraftEdited') or e.id = r.draft_event or r.box not in ('received', 'child') or 'lead' = any(r.roles))
      and (r.until_seq is null or e.seq <= r.until_seq or e.structure_id = me_structure() or goes_on_in(e.stream_id, r.case_id))
  ) as history
  from (${rows}) r ${named} where r.id = ($1->>'id')::uuid`;

const texts = {
  structure: { list: listOf(rowsOf.structure), detail: detailOf(withMerged) },
  watcher: { list: listOf(rowsOf.watcher), detail: detailOf(rowsOf.watcher) },
};
const textsFor = ({ session }: Caller) => (isStaff(session) ? texts.structure : texts.watcher);

/** Lists and details of referrals, under the caller's rights. One round trip each. */
@Injectable()
export class ReferralsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly slices: Slices,
  ) {}

  /** What is urgent and open first, then the newest activity. */
  async page(caller: Caller, query: ReferralsQuery): Promise<Page<ReferralResponse>> {
    const limit = limitOf(query);
    if (!isStaff(caller.session)) refuseFilters(query, { box: 'Your role sends and receives nothing.' });
    const rows = await this.reads.rows<ReferralRow>(
      caller,
      textsFor(caller).list,
      {
        box: query.box,
        boxes: query.box && [...boxes[query.box]!],
        statuses: query.status,
        urgency: query.urgency,
        late: query.late,
        now: this.clock.now(),
        after: cursorOf(query),
        limit: limit + 1,
      },
      { audit: { action: 'referral.list' } },
    );
    return pageOf(
      rows,
      limit,
      ({ pressing, last_activity_at, id }): Json[] => [Number(pressing), last_activity_at, id],
      evenUnreadable(
        (row) => this.show(row, caller),
        (row) => ({ ...row, pieces: null }),
      ),
    );
  }

  asking(caller: Caller, id: Uuid): Asking {
    const audit = { action: 'referral.read', recordIn: 'case_id' };
    return this.reads.asking(caller, textsFor(caller).detail, { id }, { audit });
  }

  /** Problems: 404 when the caller may not know of it. */
  async one(caller: Caller, id: Uuid, rows?: Rows): Promise<ReferralResponse> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, id)))) as ReferralRow[];
    if (!row) throw notFound();
    return this.show(row, caller);
  }

  private show(row: ReferralRow, caller: Caller): ReferralResponse {
    const now = actionsIn(row.status, row.cancellation_requested_at !== null, row.roles);
    const actions = row.suspended ? now.filter((action) => !isTakingOn(action)) : now;
    const comments = new Map(
      (row.history ?? []).flatMap(({ event, ciphertext, stream, key }) =>
        ciphertext ? [[event, this.open({ event, kind: 'shared_text', ciphertext, stream, key: key! })]] : [],
      ),
    );
    const opened = this.opened(row);
    const history = row.history?.map((entry) => this.slices.upcast('case', entry));
    const { needs = null, contact = null } = opened.text ?? {};
    return ReferralResponse.from(
      { ...row, history, needs: row.needs ?? needs, contact: row.contact ?? contact },
      opened,
      actions,
      comments,
      caller.session.role,
    );
  }

  private opened(row: ReferralRow): Opened {
    const own = (event: Uuid | null, kind: PieceKind): JsonObject | undefined =>
      this.found(row, (piece) => piece.event === event && piece.kind === kind);
    const latest = (kind: PieceKind): JsonObject | undefined =>
      this.found(row, (piece) => piece.kind === kind && piece.event !== row.sheet_event);
    const firstName = latest('first_name') ?? own(row.sheet_event, 'first_name');
    return {
      text: own(row.draft_event, 'shared_text') as DraftText | undefined,
      sheet: own(row.sheet_event, 'shared_text') as Sheet | undefined,
      firstName: firstName?.['firstName'] as string | undefined,
      identity: latest('identity'),
      profile: latest('profile') as Profile | undefined,
    };
  }

  private found(row: ReferralRow, is: (piece: PieceRow) => boolean): JsonObject | undefined {
    const piece = row.pieces?.find(is);
    return piece && this.open(piece);
  }

  /** With the key of the record it stands in: a referral that came with a merged record has pieces in both. */
  private open({ stream, key, event, kind, ciphertext }: PieceRow): JsonObject {
    return openPiece(this.sealing, key, stream, event, kind, ciphertext);
  }
}

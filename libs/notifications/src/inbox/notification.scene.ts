import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { localDateOf } from '@fil-rouge/kernel';
import type { Transaction } from '@fil-rouge/platform';
import { awayOn, lives } from '@fil-rouge/users';
import type { Scene, Side } from './notification.audience';
import type { Employee } from './notification.people';
import type { Told } from './notification.rules';

interface Parties {
  from_structure_id: Uuid;
  to_structure_id: Uuid;
}

interface SceneRow {
  commune: string;
  lead_structure_id: Uuid | null;
  lead_user_id: Uuid | null;
  referral: (Parties & { contact_user_id: Uuid | null; sent_at: string | null; urgency: string }) | null;
  handover: (Parties & { kind: string; from_counsellor_id: Uuid | null; to_counsellor_id: Uuid | null }) | null;
  /** Who answers for the recipient of the referral where nobody was chosen. */
  on_duty: Uuid | null;
  blind: boolean;
  /** A referral has been sent, by the log: the rows of an erased record are gone when its people are told. */
  disclosed: boolean;
  contributors: { structure: Uuid; contact: Uuid | null }[];
  expiries: number;
}

/**
 * Rows as they stand when the event is told, perhaps a few events later: whoever leads by then is told. Contributors are those of the moment of the
 * event; an event that ends the follow-up has those whose part ends with it. A structure that led a merged record is still spoken for by its
 * counsellor. A merged record is led where it goes on. Only the log says that an asker is blind; an acceptance lets the asker see.
 */
const scenesSql = `
  select w.n, s.* from unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::boolean[])
    with ordinality as w(stream, about, seq, since, at, ends, n),
  lateral (
    select p.commune, p.lead_structure_id, p.lead_user_id, to_jsonb(r) as referral, on_duty(r.to_structure_id, (w.at at time zone 'Europe/Paris')::date) as on_duty, to_jsonb(h) as handover,
      exists (select from event e where e.about = h.id and e.type = 'HandoverRequested' and (e.data->>'blind')::boolean)
        and not exists (select from event e where e.about = h.id and e.type = 'HandoverAccepted' and e.seq <= w.seq) as blind,
      exists (select from event e where e.about = w.about and e.type = 'ReferralSent') as disclosed,
      (select coalesce(jsonb_agg(jsonb_build_object('structure', g.structure_id, 'contact', coalesce(o.contact_user_id, b.to_counsellor_id,
           (select (m.data->'takenOver'->'lead'->>'counsellorId')::uuid from event m where m.stream_id = c.id and m.seq = g.from_seq and m.type = 'RecordsMerged' and g.source = (m.data->>'loserId')::uuid))
         ) order by g.from_seq), '[]')
       from access_grant g left join referral o on o.id = g.source left join handover b on b.id = g.source
       where g.stream_id = c.id and g.kind = 'contributor' and g.from_seq <= w.seq and case when w.ends then g.to_seq = w.seq else g.to_seq is null or g.to_seq > w.seq end) as contributors,
      case when w.since is null then 0 else (select count(*)::int from referral x
       where x.to_structure_id = r.to_structure_id and x.status = 'expired' and x.ended_at > w.since and x.ended_at <= w.at) end as expiries
    from case_file c join case_file p on p.id = present_record(c.id) left join referral r on r.id = w.about left join handover h on h.id = w.about
    where c.id = w.stream
    -- By their keys, each: left to itself, the planner would read the tables whole for a few events as soon as those are small.
    offset 0) s`;

const expiryDays = 90;
const endings = ['CaseClosed', 'CaseErased'];

/** What stands around events of cases, in their order; undefined where the case has no file (any more). */
export async function scenesOf(
  events: readonly RecordEvent[],
  transaction: Transaction,
): Promise<(Scene | undefined)[]> {
  const rows = await transaction.query<SceneRow & { n: string }>(scenesSql, [
    events.map(({ stream }) => stream),
    events.map(({ about }) => about),
    events.map(({ seq }) => seq),
    events.map(({ type, at }) =>
      type === 'ReferralExpired' ? new Date(Date.parse(at) - expiryDays * 86_400_000).toISOString() : null,
    ),
    events.map(({ at }) => at),
    events.map(({ type }) => endings.includes(type)),
  ]);
  const found = new Map(rows.map((row) => [Number(row.n), row]));
  return events.map((event, n) => sceneOf(event, found.get(n + 1)));
}

function sceneOf(event: RecordEvent, row: SceneRow | undefined): Scene | undefined {
  if (!row) return undefined;
  const { commune, lead_structure_id, lead_user_id, on_duty, blind, contributors, expiries } = row;
  const { referral, handover } = says(event, row);
  const lead = lead_structure_id ? { structureId: lead_structure_id, counsellorId: lead_user_id } : null;
  const taking = contributors.map(({ structure, contact }): Side => ({
    structureId: structure,
    counsellorId: contact,
  }));
  /** Who speaks for a structure on this case: the counsellor named for its lead, else the contact of its own referral. */
  const speaking = (structureId: Uuid): Side =>
    [lead, ...taking].find((side) => side?.structureId === structureId) ?? { structureId, counsellorId: null };
  return {
    commune,
    lead,
    contributors: taking,
    ...(referral && {
      referral: {
        from: speaking(referral.from_structure_id),
        to: { structureId: referral.to_structure_id, counsellorId: referral.contact_user_id ?? on_duty },
        sent: referral.sent_at !== null,
        urgent: referral.urgency === 'urgent',
        expiries,
      },
    }),
    ...(handover && {
      handover: {
        from: { structureId: handover.from_structure_id, counsellorId: handingOver(event, handover, lead) },
        to: { structureId: handover.to_structure_id, counsellorId: handover.to_counsellor_id },
        kind: handover.kind,
        blind,
      },
    }),
  };
}

/**
 * Who hands over. Once the handover has taken effect, the event names that person. Before that it is whoever follows the case now, perhaps a
 * colleague who was given it since the handover began.
 */
function handingOver(
  { data }: RecordEvent,
  { from_structure_id, from_counsellor_id }: NonNullable<SceneRow['handover']>,
  lead: Side | null,
): Uuid | null {
  if (data['fromCounsellorId'] !== undefined) return data['fromCounsellorId'] as Uuid | null;
  return lead?.structureId === from_structure_id ? lead.counsellorId : from_counsellor_id;
}

/** Referral and handover the event is about; of an erased record only what the event itself says. */
function says(
  { type, data, at }: RecordEvent,
  { referral, handover, disclosed }: SceneRow,
): Pick<SceneRow, 'referral' | 'handover'> {
  const { fromStructureId: from_structure_id, toStructureId: to_structure_id } = data as {
    fromStructureId?: Uuid;
    toStructureId?: Uuid;
  };
  if (referral || handover || !from_structure_id || !to_structure_id) return { referral, handover };
  const parties = { from_structure_id, to_structure_id };
  return type.startsWith('Referral')
    ? { handover, referral: { ...parties, contact_user_id: null, sent_at: disclosed ? at : null, urgency: 'normal' } }
    : { referral, handover: { ...parties, kind: 'push', from_counsellor_id: null, to_counsellor_id: null } };
}

/** Lives as sign-in says it does: whoever cannot sign in for a structure is not told on its behalf. */
const staffSql = `
  select distinct e.user_id as "userId", e.structure_id as "structureId", e.role, e.territory, b.deputy_id as "deputyId"
  from employment e join structure s on s.id = e.structure_id
  left join absence b on b.structure_id = e.structure_id and b.user_id = e.user_id and b.until_date >= $1 and ${awayOn('b', '$1')}
  where ${lives('e', 's', '$1')}
    and ((e.structure_id = any($2::uuid[]) and e.role in ('counsellor', 'manager')) or ($3 and e.role = 'coordinator'))`;

export async function staffOf(told: readonly Told[], now: Instant, transaction: Transaction): Promise<Employee[]> {
  const sides = told.flatMap(({ to }) => (to === 'coordinator' ? [] : [to.structureId]));
  return transaction.query<Employee>(staffSql, [localDateOf(now), sides, told.some(({ to }) => to === 'coordinator')]);
}

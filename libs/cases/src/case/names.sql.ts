import { nameAt } from '@fil-rouge/users';

/** Constant fragments of selects: `{id, name}` of a structure or a person by the column that holds the id; null when it is null. */
export const structureNamed = (column: string): string =>
  `(select json_build_object('id', n.id, 'name', n.name) from structure n where n.id = ${column})`;
/** The same by what it was called at that moment, for what was done then; null: for what still is. */
export const structureNamedAt = (column: string, at: string): string =>
  `(select json_build_object('id', n.id, 'name', ${nameAt('n', at)}) from structure n where n.id = ${column})`;
export const personNamed = (column: string): string =>
  `(select json_build_object('id', n.id, 'name', n.name) from account n where n.id = ${column})`;

/** The ciphertext of one piece. Row-level security has the last word on it. */
export const pieceOfEvent = (
  column: string,
  kind: 'first_name' | 'identity' | 'profile' | 'shared_text' | 'private_note',
): string => `(select p.ciphertext from piece p where p.event_id = ${column} and p.kind = '${kind}')`;

/**
 * The resident's name as the reader may have it beside something else, for the rows of a page only; null for whoever may not. `record`: of which case; `about`: the
 * referral or handover that the row is about, whose recipient reads the first name as it was sent. A name that is read here is asked for again with every
 * reading, so it is gone with the participation. Opened by `nameOf`. The record that goes on, and what the row is about, are worked out before the join: beside a
 * policy no index is asked for what an expression comes to. Each row is looked up by its key (`limit 1`): joined, a plan made while tables were small would go on
 * reading all that a structure has, for every name. Where a select says it twice, it is looked up twice: what uses the column stands around a select that ends with
 * `offset 0`.
 */
export const residentNamed = (record: string, about = 'null::uuid'): string => `(
  select to_json(name) from (
    select own.participation as view, own.case_id as record, key_of(own.case_id) as key, own.first_name_event, ${pieceOfEvent('own.first_name_event', 'first_name')} as first_name,
      own.identity_event, ${pieceOfEvent('own.identity_event', 'identity')} as identity
    from (select coalesce(visible_survivor(${record}), ${record}) as id offset 0) present
    cross join lateral (
      select * from case_access a where a.structure_id = me_structure() and a.case_id = present.id and a.participation in ('lead', 'contributor') limit 1) own
    union all
    select 'candidate', sheet.stream_id, key_of(sheet.stream_id), sheet.event_id, sheet.ciphertext, null, null
    from (select ${about} as id offset 0) it
    cross join lateral (select * from party p where p.about = it.id and p.structure_id = me_structure() limit 1) part
    cross join lateral (
      select from access_grant g where g.stream_id = part.stream_id and g.structure_id = me_structure() and g.source = part.about and g.kind = 'candidate' and g.to_seq is null limit 1) asked
    cross join lateral (select * from piece p where p.shared_by = part.about and p.kind = 'first_name' limit 1) sheet
    order by identity_event limit 1
  ) name)`;

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Constant fragments of selects: `{id, name}` of a structure or a person by the column that holds the id; null when it is null. */
export const structureNamed = (column: string): string =>
  `(select json_build_object('id', n.id, 'name', n.name) from structure n where n.id = ${column})`;
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
 * policy no index is asked for what an expression comes to. Where a select says it twice, it is looked up twice: what uses the column stands around a select that
 * ends with `offset 0`.
 */
export const residentNamed = (record: string, about = 'null::uuid'): string => `(
  select to_json(name) from (
    select own.participation as view, own.case_id as record, key_of(own.case_id) as key, own.first_name_event, ${pieceOfEvent('own.first_name_event', 'first_name')} as first_name,
      own.identity_event, ${pieceOfEvent('own.identity_event', 'identity')} as identity
    from (select coalesce(visible_survivor(${record}), ${record}) as id offset 0) present
    join case_access own on own.case_id = present.id and own.structure_id = me_structure() and own.participation in ('lead', 'contributor')
    union all
    select 'candidate', sheet.stream_id, key_of(sheet.stream_id), sheet.event_id, sheet.ciphertext, null, null
    from (select ${about} as id offset 0) it
    join party part on part.about = it.id and part.structure_id = me_structure()
    join access_grant asked on asked.stream_id = part.stream_id and asked.structure_id = part.structure_id and asked.source = part.about and asked.kind = 'candidate' and asked.to_seq is null
    join piece sheet on sheet.shared_by = part.about and sheet.kind = 'first_name'
    order by identity_event limit 1
  ) name)`;

export interface Named {
  readonly id: string;
  readonly name: string;
}

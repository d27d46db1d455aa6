/** Constant fragments of selects: `{id, name}` of a structure or a person by the column that holds the id; null when it is null. */
export const structureNamed = (column: string): string =>
  `(select jsonb_build_object('id', n.id, 'name', n.name) from structure n where n.id = ${column})`;
export const personNamed = (column: string): string =>
  `(select jsonb_build_object('id', n.id, 'name', n.name) from account n where n.id = ${column})`;

/** The ciphertext of one piece. Row-level security has the last word on it. */
export const pieceOfEvent = (column: string, kind: 'first_name' | 'identity' | 'profile' | 'shared_text' | 'private_note'): string =>
  `(select p.ciphertext from piece p where p.event_id = ${column} and p.kind = '${kind}')`;

export interface Named {
  readonly id: string;
  readonly name: string;
}

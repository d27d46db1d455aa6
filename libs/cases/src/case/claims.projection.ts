/** The words by which another record of the same resident is noticed: written whenever a record says who it is about. Pure. */
import { claimsOf, type Change, type Claimed, type ClaimKind, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { residentTold } from './resident';

/** `token` is keyed by the store: the plain word never reaches the database. */
export interface ClaimRow {
  $key: string;
  token: Claimed;
  stream_id: Uuid;
  kind: ClaimKind;
}

export function projectClaims(event: RecordEvent): Change[] {
  const resident = residentTold(event);
  if (resident === null) return [];
  const { stream } = event;
  return [
    { call: 'remove_claim', rows: [{ id: stream }] },
    {
      call: 'put_claim',
      rows: claimsOf(resident).map(({ word, kind }): ClaimRow => ({
        $key: `${stream}/${word}`,
        token: { claimed: word },
        stream_id: stream,
        kind,
      })),
    },
  ];
}

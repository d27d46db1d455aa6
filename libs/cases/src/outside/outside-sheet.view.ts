/** The sheet as it is handed to an organisation outside the network, opened: the same when it is printed and behind a link. */
import { ageBracketOf, localDateOf, type Instant, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { instantOf, openPiece, type Sealing } from '@fil-rouge/platform';
import type { ReceptionPlace } from '@fil-rouge/users';
import type { FirstName, Profile } from '../case/case';
import type { Box } from '../entry/on-case.sql';
import type { OutsideSheet, OutsideShown } from './outside-referrals.dto';
import type { SealedResident, SheetOutsideRead } from './outside-referrals.sql';

export const opened = (box: Box | null, sealing: Sealing): JsonObject =>
  box?.key ? openPiece(sealing, box.key, box.stream, box.event, 'shared_text', box.ciphertext) : {};

/** What was written when the resident was sent there. */
export const wordsOf = (box: Box | null, sealing: Sealing) =>
  opened(box, sealing) as Partial<Pick<OutsideShown, 'name' | 'place' | 'message' | 'informed'>>;

export interface SealedSheet {
  readonly outside: SheetOutsideRead;
  readonly resident: SealedResident | undefined;
  readonly reception: object[] | undefined;
}

export function sheetOf(
  { outside: row, resident, reception = [] }: SealedSheet,
  caseId: Uuid,
  sealing: Sealing,
  now: Instant,
): OutsideSheet {
  const { name, place, message } = wordsOf(row.text, sealing);
  return {
    id: row.id,
    sentAt: instantOf(row.sent_at),
    recipient: row.recipient,
    needs: row.needs,
    structure: row.structure,
    person: row.actor,
    ...(name === undefined ? {} : { name }),
    ...(place === undefined ? {} : { place }),
    ...(message === undefined ? {} : { message }),
    resident: minimal(resident, caseId, sealing, now),
    reception: reception as ReceptionPlace[],
  };
}

function minimal(
  sealed: SealedResident | undefined,
  caseId: Uuid,
  sealing: Sealing,
  now: Instant,
): OutsideSheet['resident'] {
  if (!sealed?.key) return {};
  const { key, first_name_event, first_name, profile_event, profile } = sealed;
  const { firstName } = (
    first_name_event && first_name ? openPiece(sealing, key, caseId, first_name_event, 'first_name', first_name) : {}
  ) as Partial<FirstName>;
  const { commune, birthYear } = (
    profile_event && profile ? openPiece(sealing, key, caseId, profile_event, 'profile', profile) : {}
  ) as Partial<Profile>;
  const ageBracket = ageBracketOf(birthYear, localDateOf(now));
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(commune === undefined ? {} : { commune }),
    ...(ageBracket ? { ageBracket } : {}),
  };
}

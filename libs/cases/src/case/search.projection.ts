/** The words a structure finds a resident by: written for who reads the case, copied to who joins, gone when a contributor leaves. Pure. */
import {
  ownNames,
  pieceOf,
  searchTokens,
  type Change,
  type Keyed,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { participationOf, type CaseState } from './case';
import { residentOf, type Resident } from './resident';

/** `token` is keyed by the store: the plain word never reaches the database. */
export interface SearchTokenRow {
  $key: string;
  structure_id: Uuid;
  token: Keyed;
  case_id: Uuid;
}

const reads = (state: CaseState, structureId: Uuid): boolean =>
  state.grants.some((grant) => grant.structureId === structureId && grant.kind !== 'candidate');

export function projectSearchWords(before: CaseState, after: CaseState, event: RecordEvent): Change[] {
  const case_id = event.stream;
  const readers = [...new Set(after.grants.map(({ structureId }) => structureId))].filter((structureId) =>
    reads(after, structureId),
  );
  const joined = readers.filter((structureId) => !reads(before, structureId));
  // A lead that ends still finds the resident it keeps. A contributor that leaves does not: it keeps nothing of the resident. A former lead that had
  // come back as a contributor keeps the resident as of its own end, but its words would say what was corrected since.
  const left = Object.keys(after.formers).filter(
    (structureId) =>
      reads(before, structureId) && !reads(after, structureId) && participationOf(before, structureId) !== 'lead',
  );

  const resident = residentOf((kind) => pieceOf(event, kind));
  const tells = (event.type === 'CaseOpened' || event.type === 'ResidentCorrected') && resident !== null;
  const from = before.grants.find(({ kind }) => kind === 'lead')?.structureId;
  const copied = tells || from === undefined ? [] : joined;
  const told = tells ? readers : [];
  // Whoever searches the name of a record that ended here finds this one, until a correction says what the resident is called.
  const merged = event.type === 'RecordsMerged' && resident !== null ? readers : [];

  return [
    // Before anything is put: the words of an earlier access, of an earlier name.
    {
      call: 'remove_all_search_token',
      rows: [...told, ...copied, ...left].map((structure_id) => ({
        $key: `${structure_id}/${case_id}`,
        structure_id,
        case_id,
      })),
    },
    {
      call: 'put_search_token',
      rows: [...told, ...merged].flatMap((structureId) =>
        wordRows(case_id, structureId, resident ? wordsOf(resident) : []),
      ),
    },
    {
      call: 'copy_search_token',
      rows: copied.map((structureId) => ({
        $key: `${structureId}/${case_id}`,
        case_id,
        from_structure_id: from,
        to_structure_id: structureId,
      })),
    },
  ];
}

const wordsOf = (resident: Resident): string[] => [...searchTokens(resident), ...ownNames(resident).kept];

const wordRows = (case_id: Uuid, structure_id: Uuid, words: readonly string[]): SearchTokenRow[] =>
  words.map((word) => ({ $key: `${structure_id}/${case_id}/${word}`, structure_id, token: { keyed: word }, case_id }));

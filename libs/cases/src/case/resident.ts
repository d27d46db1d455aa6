/** A resident's details: their place in sealed pieces and what may be wrong with them. Pure. */
import {
  canonicalJson,
  invalid,
  isPlausibleBirthYear,
  languageName,
  nameWords,
  normalizePhone,
  pieceOf,
  type Json,
  type JsonObject,
  type LocalDate,
  type Piece,
  type RecordEvent,
} from '@fil-rouge/kernel';
import type { FirstName, Identity, Profile, Representative } from './case';

export interface Resident {
  /** One of the two at least. */
  firstName?: string;
  lastName?: string;
  /** The surname at birth, beside the one in use. */
  birthName?: string;
  birthYear?: number;
  phone?: string;
  email?: string;
  commune: string;
  gender?: string;
  status?: string;
  language?: string;
  interpreter?: boolean;
  representative?: Representative;
}

/** Absent: as it was. Null: taken away. */
export type ResidentChanges = { [field in keyof Resident]?: Resident[field] | null };

/** Throws 422. Shapes (lengths, vocabularies, communes) were checked at the edge. Details that stay as they are were right when they were written. */
export function checkResident(resident: Partial<Resident>, today: LocalDate): void {
  for (const field of ['firstName', 'lastName', 'birthName'] as const) {
    const name = resident[field];
    if (name !== undefined && nameWords(name).length === 0)
      throw invalid(`/resident/${field}`, 'letters', 'A name needs at least one letter.');
  }
  const { birthYear, phone, language, representative } = resident;
  if (birthYear !== undefined && !isPlausibleBirthYear(birthYear, today)) {
    throw invalid('/resident/birthYear', 'range', 'The birth year must lie between 120 years ago and this year.');
  }
  if (phone !== undefined && normalizePhone(phone) === null)
    throw invalid('/resident/phone', 'phone', 'This is not a telephone number.');
  if (language !== undefined && languageName(language) === undefined)
    throw invalid(
      '/resident/language',
      'language',
      'There is no language of this code: give an ISO 639 code such as `ar`.',
    );
  if (representative?.phone !== undefined && normalizePhone(representative.phone) === null)
    throw invalid('/resident/representative/phone', 'phone', 'This is not a telephone number.');
}

export function piecesOf({
  firstName,
  lastName,
  birthName,
  phone,
  email,
  birthYear,
  commune,
  gender,
  status,
  language,
  interpreter,
  representative,
}: Resident): Piece[] {
  return [
    { kind: 'first_name', value: plain({ firstName } satisfies FirstName) },
    { kind: 'identity', value: plain({ lastName, birthName, phone, email, representative } satisfies Identity) },
    { kind: 'profile', value: plain({ birthYear, commune, gender, status, language, interpreter }) },
  ];
}

/** The resident from the three pieces; null when one is missing. */
export function residentOf(
  piece: (kind: 'first_name' | 'identity' | 'profile') => JsonObject | undefined,
): Resident | null {
  const name = piece('first_name') as FirstName | undefined;
  const identity = piece('identity') as Identity | undefined;
  const profile = piece('profile') as Profile | undefined;
  return name && identity && profile ? { ...name, ...identity, ...profile } : null;
}

/** Whom an event says the record is about: all of it, as it is from then on. Null: it does not say. */
export const residentTold = (event: RecordEvent): Resident | null =>
  event.type === 'CaseOpened' || event.type === 'ResidentCorrected' ? residentOf((kind) => pieceOf(event, kind)) : null;

/** The details after a correction, and which of them are different now. */
export function correctedResident(
  resident: Resident,
  changes: ResidentChanges,
): { resident: Resident; changed: (keyof Resident)[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const corrected = plain({
    ...resident,
    ...Object.fromEntries(given.map(([field, value]) => [field, value ?? undefined])),
  }) as unknown as Resident;
  if (corrected.firstName === undefined && corrected.lastName === undefined)
    throw invalid('/resident/lastName', 'required', 'Somebody has at least one name.');
  const changed = given
    .map(([field]) => field as keyof Resident)
    .filter((field) => canonicalJson(corrected[field] ?? null) !== canonicalJson(resident[field] ?? null));
  return { resident: corrected, changed };
}

const plain = (value: object): JsonObject =>
  Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, Json] => entry[1] !== undefined)
      .map(([name, said]) => [name, typeof said === 'object' && said !== null ? { ...said } : said]),
  );

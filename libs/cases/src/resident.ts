/** A resident's details: their place in sealed pieces and what may be wrong with them. Pure. */
import { invalid, nameWords, normalizePhone, type Json, type JsonObject, type LocalDate, type Piece } from '@fil-rouge/kernel';
import type { FirstName, Identity, Profile } from './case';

export interface Resident {
  firstName: string;
  lastName: string;
  birthYear?: number;
  phone?: string;
  email?: string;
  commune: string;
  gender?: string;
  status?: string;
}

/** Absent: as it was. Null: taken away. */
export type ResidentChanges = { [field in keyof Resident]?: Resident[field] | null };

/** Throws 422. Shapes (lengths, vocabularies, communes) were checked at the edge. */
export function checkResident(resident: Resident, today: LocalDate): void {
  for (const field of ['firstName', 'lastName'] as const) {
    if (nameWords(resident[field]).length === 0) throw invalid(`/resident/${field}`, 'letters', 'A name needs at least one letter.');
  }
  const { birthYear, phone } = resident;
  if (birthYear !== undefined && (birthYear < 1900 || birthYear > Number(today.slice(0, 4)))) {
    throw invalid('/resident/birthYear', 'range', 'The birth year must lie between 1900 and this year.');
  }
  if (phone !== undefined && normalizePhone(phone) === null) throw invalid('/resident/phone', 'phone', 'This is not a telephone number.');
}

export function piecesOf({ firstName, lastName, phone, email, birthYear, commune, gender, status }: Resident): Piece[] {
  return [
    { kind: 'first_name', value: { firstName } satisfies FirstName },
    { kind: 'identity', value: plain({ lastName, phone, email }) },
    { kind: 'profile', value: plain({ birthYear, commune, gender, status }) },
  ];
}

/** The resident from the three pieces; null when one is missing. */
export function residentOf(piece: (kind: 'first_name' | 'identity' | 'profile') => JsonObject | undefined): Resident | null {
  const name = piece('first_name') as FirstName | undefined;
  const identity = piece('identity') as Identity | undefined;
  const profile = piece('profile') as Profile | undefined;
  return name && identity && profile ? { ...name, ...identity, ...profile } : null;
}

/** The details after a correction, and which of them are different now. */
export function correctedResident(resident: Resident, changes: ResidentChanges): { resident: Resident; changed: (keyof Resident)[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const corrected = plain({ ...resident, ...Object.fromEntries(given.map(([field, value]) => [field, value ?? undefined])) }) as unknown as Resident;
  const changed = given.map(([field]) => field as keyof Resident).filter((field) => corrected[field] !== resident[field]);
  return { resident: corrected, changed };
}


const plain = (value: object): JsonObject => Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined));

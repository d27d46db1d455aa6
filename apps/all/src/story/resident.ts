import type { Resident } from './shapes';

/** Invented from end to end: nobody of this name, and a number from the range reserved for fiction. */
export const nadia = {
  firstName: 'Nadia',
  lastName: 'Ferrand',
  birthYear: 1979,
  phone: '0639982417',
  commune: '72264',
  gender: 'feminin',
  status: 'sans_emploi',
} as const;

export const fullName = `${nadia.firstName} ${nadia.lastName}`;

/** What nobody without a right to it may find anywhere in an answer: surname, phone number in any spacing. */
export function givesAway(answer: unknown): boolean {
  const text = JSON.stringify(answer);
  return text.includes(nadia.lastName) || /39[\s.]?98[\s.]?24[\s.]?17/.test(text);
}

/** The minimal sheet: first name, commune and age bracket, and not one thing more. */
export function isMinimal(resident: Resident | null | undefined): boolean {
  if (
    resident?.firstName !== nadia.firstName ||
    resident.commune !== nadia.commune ||
    resident.ageBracket === undefined
  )
    return false;
  return Object.entries(resident).every(
    ([field, value]) => ['firstName', 'commune', 'communeName', 'ageBracket'].includes(field) || value == null,
  );
}

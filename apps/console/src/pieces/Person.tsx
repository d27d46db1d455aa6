import { Link } from 'wouter';
import type { Shape } from '../api/client';

type Named = Partial<Pick<Shape<'ResidentResponse'>, 'firstName' | 'lastName'>> & { unreadable?: boolean };

/** The name a person may read: whole, a first name alone, or that there is one. */
export const nameOf = (resident: Named | undefined): string =>
  [resident?.firstName, resident?.lastName].filter(Boolean).join(' ') || 'Une personne';

/** A resident's name that leads to the page of the follow-up. */
export function Resident({ resident, caseId }: { resident: Named | undefined; caseId: string | undefined }) {
  if (caseId === undefined) return <span className="name">{nameOf(resident)}</span>;
  return (
    <Link className="name" href={`/cases/${caseId}`}>
      {nameOf(resident)}
    </Link>
  );
}

/** A case as it is shown: what was read, opened and left out as the reader's view allows. */
import { ageBracketOf, languageName, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import { instantOf, openPiece, type Sealing } from '@fil-rouge/platform';
import type { CaseState, Objection } from './case';
import { actionsIn, maySee, type Part, type View } from './case.policy';
import type { CaseShown, CaseSummary } from './cases.responses.dto';
import type { Named } from './names.sql';
import { residentOf, type Resident } from './resident';

/** What a resident's name is opened from; ciphertexts and key are null for who watches from outside. */
export interface NamedRow {
  id: Uuid;
  participation: View;
  key: string | null;
  first_name: string | null;
  first_name_event: Uuid | null;
  identity: string | null;
  identity_event: Uuid | null;
  profile: string | null;
  profile_event: Uuid | null;
}

/** Columns of a list's row. */
export interface CaseListRow extends NamedRow {
  status: CaseState['status'];
  version: number;
  commune: string | null;
  themes: string[] | null;
  lead_structure: Named | null;
  lead_user: Named | null;
  lead_since: string | null;
  opened_at: string;
  last_activity_at: string;
  objections: Objection[] | null;
}

export interface LeadRow {
  structure: Named;
  counsellor: Named | null;
  from_at: string;
  until_at: string | null;
  until_seq: number | null;
}

export interface CaseRow extends CaseListRow {
  closed_at: string | null;
  erased_from: LocalDate | null;
  until_seq: number | null;
  /** The record in which this one ended, when the reader may see it. */
  survivor: Uuid | null;
  last_day: LocalDate | null;
  merged_from: Uuid[];
  leads: LeadRow[];
}

/** @param today for the age bracket */
export function showCase(row: CaseListRow, sealing: Sealing, today: LocalDate): CaseSummary {
  const view = row.participation;
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    openedAt: instantOf(row.opened_at),
    resident: maySee(view, 'details') ? residentShown(row, sealing, today) : {},
    themes: (maySee(view, 'first_name') && row.themes) || [],
    ...(maySee(view, 'lead') && row.lead_structure && row.lead_since
      ? {
          lead: {
            structure: row.lead_structure,
            ...(row.lead_user ? { counsellor: row.lead_user } : {}),
            since: instantOf(row.lead_since),
          },
        }
      : {}),
    participation: view,
    objections: (maySee(view, 'objections') && row.objections) || [],
    lastActivityAt: instantOf(row.last_activity_at),
  };
}

/** The name alone, as far as `showCase` would show it. */
export const showName = (row: NamedRow, sealing: Sealing): Pick<Resident, 'firstName' | 'lastName'> =>
  (maySee(row.participation, 'details') && opened(row, sealing)) || {};

function opened(row: NamedRow, sealing: Sealing): Resident | null {
  const { key } = row;
  if (key === null) return null;
  return residentOf((kind) => {
    const [event, box] = [row[`${kind}_event`], row[kind]];
    return event && box ? openPiece(sealing, key, row.id, event, kind, box) : undefined;
  });
}

function residentShown(row: CaseListRow, sealing: Sealing, today: LocalDate): CaseSummary['resident'] {
  const resident = opened(row, sealing);
  if (!resident) return {};
  const spoken = resident.language === undefined ? undefined : languageName(resident.language);
  return {
    ...resident,
    ageBracket: ageBracketOf(resident.birthYear, today),
    ...(spoken === undefined ? {} : { languageName: spoken }),
  };
}

const isPart = (view: View): view is Part => view !== 'coordinator' && view !== 'auditor';

export function showCaseWhole(row: CaseRow, sealing: Sealing, today: LocalDate): CaseShown {
  // Its end of a period that came after the access is not the reader's to know.
  const ended = ({ until_seq }: LeadRow): boolean =>
    until_seq !== null && (row.until_seq === null || until_seq <= row.until_seq);
  return {
    ...showCase(row, sealing, today),
    ...(row.closed_at ? { closedAt: instantOf(row.closed_at) } : {}),
    ...(row.erased_from ? { erasedFrom: row.erased_from } : {}),
    leads: maySee(row.participation, 'lead')
      ? row.leads.map((lead) => ({
          structure: lead.structure,
          ...(lead.counsellor ? { counsellor: lead.counsellor } : {}),
          from: instantOf(lead.from_at),
          ...(ended(lead) && lead.until_at ? { until: instantOf(lead.until_at) } : {}),
        }))
      : [],
    ...(row.merged_from.length > 0 ? { mergedFrom: row.merged_from } : {}),
    referrals: [],
    actions: isPart(row.participation)
      ? actionsIn({ participation: row.participation, status: row.status, lastDay: row.last_day }, today)
      : [],
  };
}

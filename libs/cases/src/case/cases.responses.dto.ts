import {
  ageBracketValues,
  caseReferralStatusValues,
  genderValues,
  informedHowValues,
  likenessValues,
  participationValues,
  readingReasonValues,
  referralStatusValues,
  representationValues,
  residentStatusValues,
  shownCaseStatusValues,
  themeValues,
} from '@fil-rouge/kernel';
import { Code, Codes } from '@fil-rouge/platform';
import { caseActions } from './case.policy';

export class NamedResponse {
  id!: string;
  name!: string;
}

export class LeadResponse {
  structure!: NamedResponse;
  /** Absent when nobody is named. */
  counsellor?: NamedResponse;
  since!: string;
}

export class LeadPeriodResponse {
  structure!: NamedResponse;
  counsellor?: NamedResponse;
  from!: string;
  /** Absent while it lasts. */
  until?: string;
}

export class ObjectionResponse {
  id!: string;
  /** A structure's id, or `all`. */
  against!: string;
  on!: string;
  @Code(informedHowValues)
  how!: string;
}

export class RepresentativeResponse {
  name!: string;
  /** By what right: tutelle, curatelle, sauvegarde_de_justice, habilitation_familiale, mandat_de_protection, autorite_parentale or autre. */
  @Code(representationValues)
  right!: string;
  phone?: string;
  email?: string;
}

/** As much as the reader's participation allows; empty for who watches from outside. */
export class ResidentResponse {
  firstName?: string;
  lastName?: string;
  birthName?: string;
  birthYear?: number;
  @Code(ageBracketValues)
  ageBracket?: string;
  phone?: string;
  email?: string;
  commune?: string;
  communeName?: string;
  @Code(genderValues)
  gender?: string;
  @Code(residentStatusValues)
  status?: string;
  /** ISO 639 code of the language the resident speaks, where it is another than French. */
  language?: string;
  /** Its name in French. */
  languageName?: string;
  /** Nothing is understood without an interpreter. */
  interpreter?: boolean;
  /** Who acts for a minor or for somebody under protection. */
  representative?: RepresentativeResponse;
  /** Its sealed part does not open: only what stands in clear is shown. */
  unreadable?: boolean;
}

/** Who it is about, for whoever takes part in the case at present; before an answer to what was asked, the first name alone. */
export class ResidentNamed {
  firstName?: string;
  lastName?: string;
}

export class CaseSummary {
  id!: string;
  /** Counts the events of the case itself; also the ETag. */
  version!: number;
  /** open or closed; merged for who reads a record that ended in one it does not see. */
  @Code(shownCaseStatusValues)
  status!: string;
  openedAt!: string;
  resident!: ResidentResponse;
  @Codes(themeValues)
  themes!: string[];
  /** Who leads now; absent while the case is closed. */
  lead?: LeadResponse;
  /** contributor, lead, former_lead, former_contributor, coordinator or auditor. */
  @Code(participationValues)
  participation!: string;
  /** Of all the referrals the reader may see: none, waiting, in_progress, helped, partly_helped or not_helped. */
  @Code(caseReferralStatusValues)
  referralStatus?: string;
  /** What the resident objects to at present. */
  objections!: ObjectionResponse[];
  lastActivityAt!: string;
  /** Its sealed part does not open: only what stands in clear is shown. */
  unreadable?: boolean;
}

export class ReferralOfCase {
  id!: string;
  /** Absent while a draft leaves it open. */
  toStructure?: NamedResponse;
  @Code(referralStatusValues)
  status!: string;
}

export class CaseShown extends CaseSummary {
  closedAt?: string;
  /** For who leads: the first day on which the record may be erased, as was announced; anything that is done on it ends that. */
  erasedFrom?: string;
  /** Lead periods, oldest first. */
  leads!: LeadPeriodResponse[];
  /** The referrals the reader may see. */
  referrals!: ReferralOfCase[];
  /** As a line of `GET /v1/handovers`. */
  openHandover?: object;
  /** What you may do with it now, by the words of the routes: sessions, notes, appointments, goals, outside-referrals, corrections, objections, assignments, close, reopen, referrals, handovers, merge, erasure, leave. */
  @Codes(caseActions)
  actions!: string[];
  /** Records of the same resident that ended in this one. */
  mergedFrom?: string[];
}

export class CasePage {
  items!: CaseSummary[];
  nextCursor!: string | null;
}

export class ResemblanceResponse {
  /** The two records, the younger one first. */
  cases!: CaseSummary[];
  /** How they are alike: phone, email, name_and_birth_year, birth_year_off_by_one, part_of_name or name_or_phone; never what the name or the number is. */
  @Codes(likenessValues)
  alike!: string[];
}

export class ResemblancePage {
  items!: ResemblanceResponse[];
  nextCursor!: string | null;
}

export class ReaderResponse {
  at!: string;
  action!: string;
  user!: NamedResponse | null;
  structure!: NamedResponse | null;
  /** Why an auditor read. */
  @Code(readingReasonValues)
  reason?: string;
}

export class ReaderPage {
  items!: ReaderResponse[];
  nextCursor!: string | null;
}

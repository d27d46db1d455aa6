/** What the HTTP contract promises, as far as the story reads it. Written by hand: the story is a client like any other, it shares no class with the server. */

export interface Named {
  id: string;
  name: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface SignIn {
  accessToken: string;
  user: Named & { email?: string };
  structure: Named | null;
  role: string;
}

export interface Resident {
  firstName?: string;
  lastName?: string;
  birthYear?: number;
  ageBracket?: string;
  phone?: string;
  commune?: string;
}

export interface LeadPeriod {
  structure: Named;
  counsellor?: Named | null;
  from: string;
  until?: string | null;
}

export interface CaseFile {
  id: string;
  status: string;
  openedAt: string;
  resident?: Resident;
  lead?: { structure: Named; counsellor?: Named | null; since?: string };
  leads?: LeadPeriod[];
  participation: string;
}

export interface Referral {
  id: string;
  status: string;
  dueAt?: string;
  needs?: string[];
  message?: string;
  resident?: Resident | null;
  previousReferralId?: string;
  actions: string[];
  history?: { type: string; at: string }[];
}

export interface Handover {
  id: string;
  status: string;
  note?: string;
}

export interface TimelineEntry {
  id: string;
  seq?: number;
  type: string;
  at: string;
  actor?: Named | null;
  structure?: Named | null;
  data: Record<string, unknown>;
  text?: string | null;
  privateNote?: string | null;
}

export interface Notice {
  id: string;
  type: string;
  title: string;
  referralId?: string | null;
  handoverId?: string | null;
}

export interface AuditEntry {
  id: string;
  action: string;
}

export interface Verification {
  events: number;
  chain: string;
  continuity: string;
  gaps: unknown[];
}

export interface BatchItem {
  caseId: string;
  status: string;
  proposal?: { decision: string; structure: Named; counsellor?: Named };
  outcome?: string;
  failure?: string;
  handoverId?: string;
}

export interface HandoverBatch {
  /** Absent in a preview. */
  id?: string;
  status: string;
  total: number;
  undecided: number;
  done: number;
  failed: number;
  remaining: number;
  items: BatchItem[];
}

export interface Task {
  kind: string;
  late: boolean;
  referralId?: string;
  resident?: Resident;
}

export interface Appointment {
  id: string;
  status: string;
  resident?: Resident;
}

export interface Today {
  tasks: Task[];
  appointments: Appointment[];
}

export interface Goal {
  id: string;
  steps: { id: string; reachedOn?: string }[];
}

export interface Progress {
  themes: { theme: string; points: { date: string }[] }[];
  goals: { open: Goal[] };
}

export interface Employee extends Named {
  employments: { id: string; ended: boolean }[];
}

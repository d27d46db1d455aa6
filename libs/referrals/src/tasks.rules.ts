/**
 * READ FIRST: what a person must do next, as one table: state → task → who → due. Pure. Nothing here is ever typed in: a task is there
 * while its row matches, and gone with the event that changes the row. `tasks.queries.ts` applies the table to what is open.
 */
import type { ReferralStatus } from '@fil-rouge/kernel';

/** What a row of a read table says of one open thing; `detail`: outcome or reason of a referral, kind of a handover, what a case lacks. */
export interface Thing {
  readonly of: 'referral' | 'handover' | 'case' | 'batch';
  /** What the reader, or the reader's structure, is to it. Whoever leads is the sender too once the sender has left the case, and the heir of its drafts. */
  readonly roles: readonly string[];
  readonly status: string;
  readonly detail: string | null;
  /** The other side asked to cancel. */
  readonly requested: boolean;
  /** Somebody who works for the structure today is named as the contact. */
  readonly named: boolean;
}

type Dated = 'due_at' | 'late_from' | 'hold_end' | 'cancellation_requested_at' | 'ended_at' | 'last_activity_at' | 'lead_since' | 'created_at';

export interface TaskRule {
  readonly kind: string;
  readonly of: Thing['of'];
  readonly role: 'recipient' | 'sender' | 'lead' | 'answering' | 'proposing' | 'deciding' | 'heir';
  readonly statuses: readonly string[];
  readonly details?: readonly string[];
  readonly requested?: boolean;
  readonly named?: boolean;
  /** Whose it is when somebody is named: the contact of a referral, the counsellor who speaks for the structure on the case; else the managers'. */
  readonly who: 'contact' | 'speaker' | null;
  /** `days` calendar days after that instant. */
  readonly due: { readonly from: Dated; readonly days: number };
  /** When it is shown as late; without it, once it is due. */
  readonly late?: Dated;
  /** Said of `other`, the structure on the other side; alone with a capital. */
  readonly title: string;
}

/** How long something that ended asks for a next step; after that the case itself does (`review_case`). */
export const followUpDays = 60;
/** A case that is led and in which nothing has happened for so long. */
export const idleDays = 60;
const week = 7;

const underWay = ['accepted', 'in_progress', 'on_hold'] as const satisfies readonly ReferralStatus[];
const referral = { of: 'referral' } as const;
const ended = { from: 'ended_at', days: week } as const;

export const taskRules: readonly TaskRule[] = [
  {
    ...referral, kind: 'answer_referral', role: 'recipient', statuses: ['sent', 'under_review'], who: 'contact', due: { from: 'due_at', days: 0 }, late: 'late_from',
    title: 'orientation à accepter ou à refuser',
  },
  {
    ...referral, kind: 'assign_contact', role: 'recipient', statuses: ['accepted'], named: false, who: null, due: { from: 'due_at', days: 0 },
    title: 'orientation acceptée, désigner qui accompagne et enregistrer un premier accompagnement',
  },
  {
    ...referral, kind: 'start_referral', role: 'recipient', statuses: ['accepted'], named: true, who: 'contact', due: { from: 'due_at', days: 0 },
    title: 'orientation acceptée, premier accompagnement à enregistrer',
  },
  {
    ...referral, kind: 'resume_referral', role: 'recipient', statuses: ['on_hold'], who: 'contact', due: { from: 'hold_end', days: 0 },
    title: 'orientation en pause, à reprendre',
  },
  {
    ...referral, kind: 'agree_cancellation', role: 'recipient', statuses: underWay, requested: true, who: 'contact', due: { from: 'cancellation_requested_at', days: week },
    title: 'annulation d’une orientation demandée, à confirmer',
  },
  {
    ...referral, kind: 'send_draft', role: 'sender', statuses: ['draft'], who: 'speaker', due: { from: 'last_activity_at', days: week },
    title: 'brouillon d’orientation à compléter et à envoyer',
  },
  {
    // Nobody sends in the name of a structure that has left.
    ...referral, kind: 'settle_draft', role: 'heir', statuses: ['draft'], who: 'speaker', due: { from: 'last_activity_at', days: week },
    title: 'brouillon d’orientation laissé par une autre structure, à refaire ou à retirer',
  },
  {
    ...referral, kind: 'choose_other_structure', role: 'sender', statuses: ['declined'], who: 'speaker', due: ended,
    // Not when the resident has somebody already, or does not want it.
    details: ['no_capacity', 'out_of_area', 'not_our_service', 'not_our_public', 'not_reachable', 'missing_information', 'other'],
    title: 'orientation refusée, choisir une autre structure',
  },
  {
    ...referral, kind: 'propose_next_step', role: 'sender', statuses: ['declined'], details: ['not_interested', 'already_followed', 'duplicate'], who: 'speaker', due: ended,
    title: 'orientation refusée, voir la suite avec la personne',
  },
  {
    ...referral, kind: 'choose_other_structure', role: 'sender', statuses: ['expired'], who: 'speaker', due: ended,
    title: 'orientation restée sans réponse, choisir une autre structure',
  },
  {
    ...referral, kind: 'choose_other_structure', role: 'sender', statuses: ['cancelled'], who: 'speaker', due: ended,
    details: ['structure_closed', 'structure_not_validated', 'recipient_not_active', 'recipient_unavailable', 'out_of_area'],
    title: 'orientation annulée, choisir une autre structure',
  },
  {
    ...referral, kind: 'propose_next_step', role: 'lead', statuses: ['returned'], who: 'speaker', due: ended,
    title: 'orientation rendue, proposer une suite',
  },
  {
    ...referral, kind: 'propose_next_step', role: 'sender', statuses: ['completed'], details: ['could_not_help', 'not_reachable', 'no_show'], who: 'speaker', due: ended,
    title: 'orientation terminée sans avoir pu aider, proposer une suite',
  },
  {
    of: 'handover', kind: 'answer_handover', role: 'answering', statuses: ['proposed'], who: 'contact', due: { from: 'due_at', days: 0 },
    title: 'passation d’un suivi proposée, à accepter ou à refuser',
  },
  {
    of: 'handover', kind: 'answer_handover', role: 'answering', statuses: ['requested'], who: 'contact', due: { from: 'due_at', days: 0 },
    title: 'passation d’un suivi demandée, à accepter ou à refuser',
  },
  {
    of: 'handover', kind: 'choose_other_lead', role: 'proposing', statuses: ['declined', 'expired'], details: ['push'], who: 'speaker', due: ended,
    title: 'passation refusée ou restée sans réponse, garder ce suivi ou le proposer à une autre structure',
  },
  {
    // Silence never moves the lead: it comes to who may.
    of: 'handover', kind: 'decide_lead', role: 'deciding', statuses: ['expired'], details: ['pull'], who: null, due: ended,
    title: 'passation demandée et restée sans réponse, décider qui mène ce suivi',
  },
  {
    of: 'batch', kind: 'decide_batch', role: 'deciding', statuses: ['undecided', 'failed'], who: null, due: { from: 'created_at', days: week },
    title: 'suivis à confier avant ou après un départ, décider pour chacun',
  },
  {
    of: 'case', kind: 'assign_counsellor', role: 'lead', statuses: ['open'], details: ['unassigned'], who: null, due: { from: 'lead_since', days: week },
    title: 'suivi sans conseiller référent, en désigner un',
  },
  {
    of: 'case', kind: 'review_case', role: 'lead', statuses: ['open'], details: ['idle'], who: 'speaker', due: { from: 'last_activity_at', days: idleDays },
    title: `suivi sans activité depuis ${idleDays} jours, à reprendre ou à clore`,
  },
];

/** The rows of the table that a thing matches; the select of `tasks.queries.ts` says the same of rows in the database. */
export const rulesFor = (thing: Thing): TaskRule[] =>
  taskRules.filter(({ of, role, statuses, details, requested, named }) =>
    of === thing.of && thing.roles.includes(role) && statuses.includes(thing.status)
    && (details === undefined || (thing.detail !== null && details.includes(thing.detail)))
    && (requested === undefined || requested === thing.requested) && (named === undefined || named === thing.named));

/** As titles of notifications: the structure before a colon (with U+00A0, as French wants), never the resident. */
export const titleOf = ({ title }: TaskRule, other: string | null): string =>
  other === null ? `${title.charAt(0).toLocaleUpperCase('fr')}${title.slice(1)}` : `${other}\u00a0: ${title}`;

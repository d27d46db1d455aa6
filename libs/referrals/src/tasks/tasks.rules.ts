/**
 * READ FIRST: what a person must do next, as one table: state → task → who → due. Pure. Nothing here is ever typed in: a task is there
 * while its row matches, and gone with the event that changes the row. `tasks.sql.ts` applies the table to what is open.
 */
import type { ReferralStatus, TaskKind } from '@fil-rouge/kernel';

/**
 * What a row of a read table says of one open thing. `detail` is, of a referral, its outcome, its reason or who withdrew it; of a handover, its
 * kind; of a case, what it lacks.
 */
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

type Dated =
  | 'due_at'
  | 'late_from'
  | 'hold_end'
  | 'cancellation_requested_at'
  | 'ended_at'
  | 'last_activity_at'
  | 'lead_since'
  | 'created_at';

export interface TaskRule {
  readonly kind: TaskKind;
  readonly of: Thing['of'];
  readonly role: 'recipient' | 'sender' | 'lead' | 'answering' | 'proposing' | 'deciding' | 'heir';
  readonly statuses: readonly string[];
  readonly details?: readonly string[];
  readonly requested?: boolean;
  readonly named?: boolean;
  /** Whose it is when somebody is named: the contact of a referral (before one is chosen, whoever answers for the structure that day), the counsellor who speaks for the structure on the case; else the managers'. */
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
const ended = { from: 'ended_at', days: week } as const;
const onItsDay = { from: 'due_at', days: 0 } as const;

/** Of a referral that waits for who received it. */
const received = (...statuses: ReferralStatus[]) => ({ of: 'referral', role: 'recipient', statuses }) as const;
/** Of a draft that nobody has sent. */
const unsent = { of: 'referral', statuses: ['draft'], who: 'speaker' } as const;
/** Of a referral that has ended, or was not answered: its sender looks for what comes next. */
const missed = (...statuses: ReferralStatus[]) =>
  ({ of: 'referral', role: 'sender', statuses, who: 'speaker', due: ended }) as const;
const handover = { of: 'handover' } as const;
const followUp = { of: 'case', role: 'lead', statuses: ['open'] } as const;

export const taskRules: readonly TaskRule[] = [
  {
    ...received('sent', 'under_review'),
    kind: 'answer_referral',
    who: 'contact',
    due: onItsDay,
    late: 'late_from',
    title: 'orientation à accepter ou à refuser',
  },
  {
    ...received('accepted'),
    kind: 'assign_contact',
    named: false,
    who: null,
    due: onItsDay,
    title: 'orientation acceptée, désigner qui accompagne et enregistrer un premier accompagnement',
  },
  {
    ...received('accepted'),
    kind: 'start_referral',
    named: true,
    who: 'contact',
    due: onItsDay,
    title: 'orientation acceptée, premier accompagnement à enregistrer',
  },
  {
    ...received('on_hold'),
    kind: 'resume_referral',
    who: 'contact',
    due: { from: 'hold_end', days: 0 },
    title: 'orientation en pause, à reprendre',
  },
  {
    ...received(...underWay),
    kind: 'agree_cancellation',
    requested: true,
    who: 'contact',
    due: { from: 'cancellation_requested_at', days: week },
    title: 'annulation d’une orientation demandée, à confirmer',
  },
  {
    ...unsent,
    kind: 'send_draft',
    role: 'sender',
    due: { from: 'last_activity_at', days: week },
    title: 'brouillon d’orientation à compléter et à envoyer',
  },
  {
    // Nobody sends in the name of a structure that has left.
    ...unsent,
    kind: 'settle_draft',
    role: 'heir',
    due: { from: 'last_activity_at', days: week },
    title: 'brouillon d’orientation laissé par une autre structure, à refaire ou à retirer',
  },
  {
    ...missed('declined'),
    kind: 'choose_other_structure',
    // Not when the resident has somebody already, or does not want it.
    details: 'no_capacity out_of_area not_our_service not_our_public not_reachable missing_information other'.split(
      ' ',
    ),
    title: 'orientation refusée, choisir une autre structure',
  },
  {
    ...missed('declined'),
    kind: 'propose_next_step',
    details: ['not_interested', 'already_followed', 'duplicate'],
    title: 'orientation refusée, voir la suite avec la personne',
  },
  {
    ...missed('expired'),
    kind: 'choose_other_structure',
    title: 'orientation restée sans réponse, choisir une autre structure',
  },
  {
    ...missed('cancelled'),
    kind: 'choose_other_structure',
    details: 'structure_closed structure_not_validated recipient_not_active recipient_unavailable out_of_area'.split(
      ' ',
    ),
    title: 'orientation annulée, choisir une autre structure',
  },
  {
    ...missed('withdrawn'),
    kind: 'choose_other_structure',
    details: ['coordinator'],
    title: 'orientation retirée par la coordination, choisir une autre structure',
  },
  {
    ...missed('cancelled'),
    kind: 'choose_other_structure',
    details: ['forced'],
    title: 'orientation annulée par la coordination, choisir une autre structure',
  },
  {
    // No other structure would help whoever may not send.
    ...missed('cancelled'),
    kind: 'propose_next_step',
    details: ['sender_not_validated'],
    title: 'orientation annulée faute de validation de la structure qui l’envoie, à refaire une fois validée',
  },
  { ...missed('returned'), role: 'lead', kind: 'propose_next_step', title: 'orientation rendue, proposer une suite' },
  {
    ...missed('completed'),
    kind: 'propose_next_step',
    details: ['could_not_help', 'not_reachable', 'no_show'],
    title: 'orientation terminée sans avoir pu aider, proposer une suite',
  },
  {
    ...handover,
    kind: 'answer_handover',
    role: 'answering',
    statuses: ['proposed'],
    who: 'contact',
    due: onItsDay,
    title: 'passation d’un suivi proposée, à accepter ou à refuser',
  },
  {
    ...handover,
    kind: 'answer_handover',
    role: 'answering',
    statuses: ['requested'],
    details: ['pull'],
    who: 'contact',
    due: onItsDay,
    title: 'passation d’un suivi demandée, à accepter ou à refuser',
  },
  {
    ...handover,
    kind: 'answer_handover',
    role: 'answering',
    statuses: ['requested'],
    details: ['beside'],
    who: 'contact',
    due: onItsDay,
    title: 'demande à accompagner aussi une personne que vous suivez, à accepter ou à refuser',
  },
  {
    ...handover,
    kind: 'choose_other_lead',
    role: 'proposing',
    statuses: ['declined', 'expired'],
    details: ['push'],
    who: 'speaker',
    due: ended,
    title: 'passation refusée ou restée sans réponse, garder ce suivi ou le proposer à une autre structure',
  },
  {
    // Silence never moves the lead: it comes to who may.
    ...handover,
    kind: 'decide_lead',
    role: 'deciding',
    statuses: ['expired'],
    details: ['pull'],
    who: null,
    due: ended,
    title: 'passation demandée et restée sans réponse, décider qui mène ce suivi',
  },
  {
    of: 'batch',
    kind: 'decide_batch',
    role: 'deciding',
    statuses: ['undecided', 'failed'],
    who: null,
    due: { from: 'created_at', days: week },
    title: 'suivis à confier avant ou après un départ, décider pour chacun',
  },
  {
    ...followUp,
    kind: 'assign_counsellor',
    details: ['unassigned'],
    who: null,
    due: { from: 'lead_since', days: week },
    title: 'suivi sans conseiller référent, en désigner un',
  },
  {
    ...followUp,
    kind: 'review_case',
    details: ['idle'],
    who: 'speaker',
    due: { from: 'last_activity_at', days: idleDays },
    title: `suivi sans activité depuis ${idleDays} jours, à reprendre ou à clore`,
  },
];

/** The rows of the table that a thing matches; the select of `tasks.sql.ts` says the same of rows in the database. */
export const rulesFor = (thing: Thing): TaskRule[] =>
  taskRules.filter(
    ({ of, role, statuses, details, requested, named }) =>
      of === thing.of &&
      thing.roles.includes(role) &&
      statuses.includes(thing.status) &&
      (details === undefined || (thing.detail !== null && details.includes(thing.detail))) &&
      (requested === undefined || requested === thing.requested) &&
      (named === undefined || named === thing.named),
  );

/** As titles of notifications: the structure before a colon (with U+00A0, as French wants), never the resident. */
export function titleOf({ title }: TaskRule, other: string | null, urgent = false): string {
  const text = urgent ? title.replace(/^(brouillon d’)?orientation\b/, '$& urgente') : title;
  return other === null ? `${text.charAt(0).toLocaleUpperCase('fr')}${text.slice(1)}` : `${other}\u00a0: ${text}`;
}

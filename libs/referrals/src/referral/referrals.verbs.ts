import type { Context, Decided, PieceKind, Uuid } from '@fil-rouge/kernel';
import type { RowAddress, VerbRoute } from '@fil-rouge/platform';
import { networkId } from '@fil-rouge/users';
import type { ReferralRecord } from './referral';
import {
  accept,
  acknowledge,
  agreeCancellation,
  cancel,
  complete,
  decline,
  edit,
  giveBack,
  hold,
  nameContact,
  requestCancellation,
  resume,
  send,
  voidReferral,
  withdraw,
} from './referral.decider';
import { sheetPieces } from './referral.events';
import type { ReferralAction } from './referral.policy';
import type { OnReferral } from './referral.standing.decider';
import {
  AcceptReferralBody,
  CompleteReferralBody,
  DeclineReferralBody,
  EditReferralBody,
  HoldReferralBody,
  NameContactBody,
  ReasonBody,
  ReturnReferralBody,
  SendReferralBody,
  WithdrawReferralBody,
} from './referrals.dto';

/** What a decision needs at hand beside the record, the referral's read row and both structures. `events`: columns of that row, of which the pieces are read. */
export interface Needed {
  readonly facts?: readonly (Uuid | undefined)[];
  readonly pieces?: readonly PieceKind[];
  readonly rows?: Readonly<Record<string, RowAddress>>;
  readonly events?: readonly string[];
}

interface Door extends Omit<VerbRoute, 'body'> {
  /** What ended on a record that goes on in another one is still decided, in the log of that one. */
  readonly afterMerge?: true;
}
type Decide<B> = (record: ReferralRecord, input: OnReferral & B, context: Context) => Decided[];
interface Saying<B> extends Door {
  readonly body: new () => B;
  readonly decide: Decide<B>;
  readonly needs?: (body: B) => Needed;
}
interface Silent extends Door {
  readonly decide: Decide<object>;
}

/** A row as the route and the command read it: what was said has been checked against the row's own class by then. */
export interface Verb extends Door, VerbRoute {
  readonly decide: Decide<object>;
  readonly needs?: (body: object) => Needed;
}

/** Holds body, needs and decision of one row to each other. */
const saying = <B extends object>(row: Saying<B>): Verb => row as unknown as Verb;
const silent = (row: Silent): Verb => ({ ...row, body: null });

/** The ended one that this one tries again. */
export const previousOf = ({
  previousReferralId: id,
}: {
  previousReferralId?: Uuid | null;
}): Record<string, RowAddress> => (id ? { previous: { table: 'referral', id } } : {});

/**
 * Everything that can be done to a referral: a row per verb, in the order of the table in docs/domain.md. `POST /v1/referrals/{id}/<verb>`, its documentation and
 * the one command are made from here; a verb of the rules without a row here does not compile. Whose it is and when: `rules` in referral.policy.ts.
 */
export const verbs: Readonly<Record<ReferralAction, Verb>> = {
  edit: saying({
    may: 'referral.create',
    body: EditReferralBody,
    decide: edit,
    needs: (body) => ({ facts: [body.toStructureId ?? undefined], events: ['draft_event'], rows: previousOf(body) }),
    does: 'Changes what a draft says; nobody but its sender and the lead ever reads what it said before.',
  }),
  send: saying({
    may: 'referral.create',
    body: SendReferralBody,
    decide: send,
    needs: () => ({ facts: [networkId], pieces: sheetPieces }),
    does: 'Sends a draft; everything is checked again.',
  }),
  acknowledge: silent({
    may: 'referral.answer',
    decide: acknowledge,
    does: 'The recipient has seen it and will answer.',
  }),
  accept: saying({
    may: 'referral.answer',
    body: AcceptReferralBody,
    decide: accept,
    needs: ({ contactUserId }) => ({ facts: [contactUserId] }),
    does: 'The recipient helps: it reads the shared record and adds to it from now on.',
  }),
  decline: saying({
    may: 'referral.answer',
    body: DeclineReferralBody,
    decide: decline,
    needs: ({ betterStructureId }) => ({ facts: [betterStructureId] }),
    does: 'The recipient does not help.',
  }),
  withdraw: saying({
    may: 'referral.withdraw',
    body: WithdrawReferralBody,
    decide: withdraw,
    does: 'Takes back what was not answered yet.',
  }),
  hold: saying({ may: 'referral.answer', body: HoldReferralBody, decide: hold, does: 'The recipient pauses it.' }),
  resume: silent({ may: 'referral.answer', decide: resume, does: 'The recipient takes it up again.' }),
  'name-contact': saying({
    may: 'referral.answer',
    body: NameContactBody,
    decide: nameContact,
    needs: ({ contactUserId }) => ({ facts: [contactUserId] }),
    operation: 'nameContactPerson',
    does: 'The recipient names who helps, or somebody else than before, while it is under way.',
  }),
  complete: saying({
    may: 'referral.answer',
    body: CompleteReferralBody,
    decide: complete,
    does: 'The recipient has finished.',
  }),
  return: saying({
    may: 'referral.answer',
    body: ReturnReferralBody,
    decide: giveBack,
    operation: 'giveBack',
    does: 'The recipient gives it back unfinished.',
  }),
  'request-cancellation': saying({
    may: 'referral.create',
    body: ReasonBody,
    decide: requestCancellation,
    does: 'Asks the recipient to stop.',
  }),
  'agree-cancellation': silent({
    may: 'referral.answer',
    decide: agreeCancellation,
    does: 'The recipient agrees to stop.',
  }),
  cancel: saying({ may: 'referral.cancel', body: ReasonBody, decide: cancel, does: 'A coordinator stops it.' }),
  void: saying({
    may: 'referral.cancel',
    body: ReasonBody,
    decide: voidReferral,
    afterMerge: true,
    does: 'A coordinator marks it as entered in error.',
  }),
};

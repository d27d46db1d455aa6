/** What each command asks of the product: the permission of its route, and the rule that decides it. */
import { localDateOf, type Context, type Decided, type Permission } from '@fil-rouge/kernel';
import * as cases from '../../libs/cases/src/case/case.decider';
import { endObjection, object } from '../../libs/cases/src/case/objection.decider';
import { cancelSession } from '../../libs/cases/src/session/session.cancelling.decider';
import { recordSession, type SessionRow } from '../../libs/cases/src/session/session.decider';
import { carryOut, type Order } from '../../libs/referrals/src/batch/handover-batch.decider';
import { structureLeaving } from '../../libs/referrals/src/batch/handover-batch.drawing.decider';
import * as handovers from '../../libs/referrals/src/handover/handover.decider';
import * as referrals from '../../libs/referrals/src/referral/referral.decider';
import type { HandoverRecord, ReferralRecord } from '@fil-rouge/referrals';
import type { Asked } from './commands';
import { later, plusDays } from './days';
import { needs } from './network';
import { secret } from './tables';

export type Record_ = ReferralRecord & HandoverRecord;
/** Ids for the model's numbers; `unknown` for what is not there. */
export interface Ids {
  readonly caseId: string;
  referral(n: number): string;
  handover(n: number): string;
  needsOf(n: number): string[];
  readonly ifMatch?: number;
}
type On<K extends Asked['do']> = Extract<Asked, { do: K }>;

const noFields = { date: '', minutes: 60, place: 'autre', themes: [], equipment: [] };
const answers = [
  'acknowledge',
  'accept',
  'decline',
  'hold',
  'resume',
  'name-contact',
  'complete',
  'return',
  'agree-cancellation',
];

/** The guard looks at it before the record. */
export function permissionOf(command: Asked): Permission {
  switch (command.do) {
    case 'create':
    case 'broadcast':
      return 'referral.create';
    case 'referral':
      return answers.includes(command.action)
        ? 'referral.answer'
        : command.action === 'withdraw'
          ? 'referral.withdraw'
          : ['cancel', 'void'].includes(command.action)
            ? 'referral.cancel'
            : 'referral.create';
    case 'open-handover':
      return 'handover.create';
    case 'handover':
      return 'handover.answer';
    case 'join':
      return 'case.join';
    case 'erase':
      return 'case.erase';
    case 'merge':
      return 'case.merge';
    case 'carry-out':
      return 'handover.batch';
    default:
      return 'case.write';
  }
}

export function decideOn(
  command: Exclude<Asked, { do: 'merge' | 'erase' }>,
  ids: Ids,
  record: Record_,
  context: Context,
): Decided[] {
  const { today } = context;
  const { ifMatch } = ids;
  switch (command.do) {
    case 'create':
      return referrals.create(record, { ...asking(command, ids, context), toStructureId: command.to }, context);
    case 'broadcast':
      return referrals.broadcast(record, { ...asking(command, ids, context), toStructureIds: command.to }, context);
    case 'referral':
      return onReferral(command, ids, record, context);
    case 'session':
      return recordSession(
        record.case,
        {
          sessionId: context.newId(),
          fields: {
            date: plusDays(today, -(command.ago ?? 0)),
            minutes: 60,
            place: 'autre',
            themes: ['email'],
            equipment: [],
          },
          referralId: command.n === null ? undefined : ids.referral(command.n),
        },
        context,
      );
    case 'cancel-session': {
      const row = context.row<SessionRow>('session');
      return cancelSession(
        record.case,
        {
          caseId: ids.caseId,
          entryId: row?.id ?? 'unknown',
          present: row ? { event: row.text_event, fields: noFields } : null,
          reason: 'duplicate',
        },
        context,
      );
    }
    case 'object':
      return object(record.case, { against: command.against, on: today, how: 'oral' }, context);
    case 'end-objection':
      return endObjection(record.case, { objectionId: record.case.objections[command.n]?.id ?? 'unknown' }, context);
    case 'close':
      return cases.close(record.case, command, context);
    case 'reopen':
      return cases.reopen(record.case, { reason: 'De retour.' }, context);
    case 'move':
      return cases.correct(record.case, { resident: { commune: command.commune } }, context);
    case 'assign':
      return cases.assign(record.case, { counsellorId: command.counsellor }, context);
    case 'open-handover': {
      const open = {
        push: handovers.propose,
        pull: handovers.request,
        beside: handovers.request,
        internal: handovers.reassignInside,
        administrative: handovers.reassignByDecision,
      }[command.kind];
      const text = command.said ? { note: 'Note de passation.', reason: 'Départ.' } : {};
      const effectiveAt = command.days === null ? undefined : later(context.now, { days: command.days });
      return open(
        record,
        {
          handoverId: context.newId(),
          kind: command.kind,
          toStructureId: command.to ?? undefined,
          toCounsellorId: command.counsellor ?? undefined,
          effectiveAt,
          ...text,
        },
        context,
      );
    }
    case 'handover': {
      const answer = {
        accept: handovers.accept,
        decline: handovers.decline,
        withdraw: handovers.withdraw,
        cancel: handovers.cancel,
      }[command.action];
      const effectiveAt = command.days === null ? undefined : later(context.now, { days: command.days });
      return answer(
        record,
        {
          handoverId: ids.handover(command.n),
          ifMatch,
          effectiveAt,
          counsellorId: command.counsellor ?? undefined,
          reason: 'Autre choix.',
        },
        context,
      );
    }
    case 'join':
      return handovers.join(
        record,
        { handoverId: context.newId(), kind: command.beside ? 'beside' : 'pull', note: secret },
        context,
      );
    case 'carry-out':
      return ofBatch(command, record, context);
  }
}

function onReferral(command: On<'referral'>, ids: Ids, record: Record_, context: Context): Decided[] {
  const on = { referralId: ids.referral(command.n), ifMatch: ids.ifMatch };
  const { outcome, remaining, contact, comment, days } = command;
  switch (command.action) {
    case 'edit':
      return referrals.edit(record, { ...on, ...changes(command, ids, context) }, context);
    case 'send':
      return referrals.send(
        record,
        { ...on, informed: command.informed ? { on: context.today, how: 'oral' } : undefined },
        context,
      );
    case 'acknowledge':
      return referrals.acknowledge(record, on, context);
    case 'accept':
      return referrals.accept(record, { ...on, contactUserId: contact ?? undefined }, context);
    case 'decline':
      return referrals.decline(
        record,
        { ...on, ...(comment ? { reason: 'other', comment: secret } : { reason: 'no_capacity' }) },
        context,
      );
    case 'withdraw':
      return referrals.withdraw(record, { ...on, reason: 'changed_mind' }, context);
    case 'hold':
      return referrals.hold(
        record,
        { ...on, reason: 'waiting_list', until: localDateOf(later(context.now, { days })) },
        context,
      );
    case 'resume':
      return referrals.resume(record, on, context);
    case 'name-contact':
      return referrals.nameContact(record, { ...on, contactUserId: contact ?? command.by }, context);
    case 'complete':
      return referrals.complete(
        record,
        { ...on, outcome, remainingNeeds: remaining ? ids.needsOf(command.n) : [] },
        context,
      );
    case 'return':
      return referrals.giveBack(record, { ...on, reason: 'out_of_scope' }, context);
    case 'request-cancellation':
      return referrals.requestCancellation(record, { ...on, reason: secret }, context);
    case 'agree-cancellation':
      return referrals.agreeCancellation(record, on, context);
    case 'cancel':
      return referrals.cancel(record, { ...on, reason: secret }, context);
    case 'void':
      return referrals.voidReferral(record, { ...on, reason: secret }, context);
  }
}

function changes({ to, needs: asked, parent, informed }: On<'referral'>, ids: Ids, { today }: Context) {
  return {
    toStructureId: to,
    needs: asked === undefined ? undefined : needs[asked],
    parentReferralId: typeof parent === 'number' ? ids.referral(parent) : parent,
    informed: informed ? { on: today, how: 'oral' } : undefined,
  };
}

function asking(command: On<'create' | 'broadcast'>, ids: Ids, { now, today }: Context) {
  const on = { yes: today, no: undefined, tomorrow: localDateOf(later(now, { days: 1 })) }[command.informed];
  return {
    caseId: ids.caseId,
    needs: needs[command.needs]!,
    urgency: 'normal',
    contact: 'in_person',
    message: secret,
    informed: on ? { on, how: 'oral' } : undefined,
    onwardAllowed: command.onward,
    parentReferralId: command.parent === null ? undefined : ids.referral(command.parent),
    send: command.send,
  };
}

function ofBatch(
  { of, leaving, decision, to, counsellor, cancelReferrals }: On<'carry-out'>,
  record: Record_,
  context: Context,
): Decided[] {
  const kind = leaving === null ? 'structure_closed' : 'counsellor_leaves';
  structureLeaving(kind, { structureId: of, userId: leaving ?? undefined }, context.actor);
  const order: Order = {
    itemId: 'item',
    handoverId: context.newId(),
    leaving: { kind, structureId: of, userId: leaving, toStructureId: null },
    decision,
    toStructureId: to,
    toCounsellorId: counsellor,
    closing: decision === 'close' ? { reason: 'need_met', cancelReferrals } : null,
    reason: secret,
  };
  // The decision is carried out later, on whatever record it concerns: who took it watches the whole of it.
  const carried = { ...context, actor: { ...context.actor, territory: null } };
  return carryOut(record, order, carried);
}

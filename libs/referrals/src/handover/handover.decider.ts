/**
 * The rules of a handover, row by row of docs/domain.md's table. Pure: (record, input, context) → events; a `Problem` refuses.
 * What ends or moves an open one by itself: handover.consequences.decider.ts.
 * Order of checks everywhere: not there or hidden (404), not yours (403), stale (412), state (409), rules (422).
 */
import {
  forbidden,
  invalid,
  notFound,
  Problem,
  wrongState,
  type Context,
  type Decided,
  type HandoverKind,
} from '@fil-rouge/kernel';
import { participationOf } from '@fil-rouge/cases';
import type { HandoverRecord } from './handover';
import {
  agreeable,
  checkActive,
  checkCaseIsOpen,
  checkCounsellor,
  checkNoneIsOpen,
  checkOwnIsActive,
  enter,
  refuseDate,
  required,
  successor,
  toAnswer,
  type Answer,
  type Opening,
} from './handover.conditions.decider';
import {
  type Move,
  takeEffect,
  cancelled,
  candidateEnds,
  contributes,
  disclosed,
  happened,
  texts,
  sheet,
} from './handover.events';

/** – | propose (push): summary note mandatory | `proposed` | lead */
export function propose(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (enter(record, context) !== 'lead')
    throw forbidden('Only the structure that leads the case can propose to hand it over.');
  checkOwnIsActive(context);
  checkCaseIsOpen(record, input);
  checkNoneIsOpen(record, context);
  const note = required('/note', input.note);
  const to = successor(record, input.toStructureId, context);
  const effectiveAt = input.effectiveAt === undefined ? null : agreeable(input.effectiveAt, context);
  checkCounsellor('/toCounsellorId', input.toCounsellorId, to, effectiveAt, context);
  const move = { id: input.handoverId, kind: 'push' as const, from: context.actor.structureId ?? '', to };
  return [
    happened(
      'HandoverProposed',
      move,
      {
        kind: 'push',
        toCounsellorId: input.toCounsellorId ?? null,
        effectiveAt,
        opened: [{ id: context.newId(), structureId: to, kind: 'candidate', source: input.handoverId }],
      },
      sheet(record, note, context),
    ),
  ];
}

/** – | request (pull, beside) | `requested` | a structure with a participation; silence never moves the lead, it escalates */
export function request(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  const participation = enter(record, context);
  if (participation === null) throw forbidden('Only a structure that takes part in the case can ask for it.');
  const asks = () => ask(record, input, context, participation === 'former_contributor');
  return participation === 'former_contributor' || participation === 'former_lead' ? discreetly(asks, true) : asks();
}

/** A request by a structure that was only told that such a record may exist. That structure learns the state of its own request and nothing else. */
export function join(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (record.case.status === 'none' || record.case.status === 'erased') throw notFound();
  const participation = participationOf(record.case, context.actor.structureId);
  const knows = participation === 'lead' || participation === 'contributor' || participation === 'former_lead';
  return discreetly(() => ask(record, input, context, !knows), knows);
}

/**
 * A structure that does not see how the case stands now must not learn it from a refusal: every reason gets the same answer.
 * @param knowsWhich the structure knows which case it asks for, and may be told of its own open request. A structure that does not know must not be
 * told: by joining under one name and then another, it would learn that both are one person.
 */
function discreetly(decide: () => Decided[], knowsWhich: boolean): Decided[] {
  try {
    return decide();
  } catch (error) {
    if (knowsWhich && error instanceof Problem && error.members['handoverId'] !== undefined) throw error;
    if (error instanceof Problem)
      throw invalid('', 'cannot-be-asked', 'This case cannot be asked for at present. The coordinator can say more.');
    throw error;
  }
}

/** The lead, or a part beside it. */
type Request = Extract<HandoverKind, 'pull' | 'beside'>;

function ask(record: HandoverRecord, input: Opening, context: Context, blind: boolean): Decided[] {
  const kind: Request = input.kind === 'beside' ? 'beside' : 'pull';
  const own = context.actor.structureId ?? undefined;
  const participation = participationOf(record.case, own ?? null);
  if (participation === 'lead') throw forbidden('Your structure leads this case already.');
  if (kind === 'beside' && participation === 'contributor')
    throw forbidden('Your structure takes part in this case already.');
  checkCaseIsOpen(record, input);
  checkNoneIsOpen(record, context);
  if (kind === 'beside') refuseDate(input);
  if (input.toStructureId !== undefined && input.toStructureId !== own) {
    throw invalid('/toStructureId', 'not-yours', 'You can ask for a case only for your own structure.');
  }
  const to = successor(record, own, context);
  const effectiveAt = input.effectiveAt === undefined ? null : agreeable(input.effectiveAt, context);
  checkCounsellor('/toCounsellorId', input.toCounsellorId, to, effectiveAt, context);
  const move = { id: input.handoverId, kind, to, ...(blind ? {} : { from: record.case.lead?.structureId }) };
  const asked = { kind, toCounsellorId: input.toCounsellorId ?? null, effectiveAt, blind };
  return [happened('HandoverRequested', move, asked, texts({ note: input.note }))];
}

/** – | reassign inside the structure | `effective` | structure manager. It moves the person only: an open handover stays open. */
export function reassignInside(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (enter(record, context) !== 'lead')
    throw forbidden('Only the structure that leads the case can reassign it inside.');
  if (context.actor.role !== 'manager')
    throw forbidden('Assigning a case to somebody else is the business of a manager of the structure.');
  checkCaseIsOpen(record, input);
  const { lead } = record.case;
  if (!lead) throw wrongState(record.case.status);
  const own = lead.structureId;
  if (input.toStructureId !== undefined && input.toStructureId !== own) {
    throw invalid(
      '/toStructureId',
      'not-yours',
      'An internal handover stays in your structure: propose a push instead.',
    );
  }
  const counsellor = required('/toCounsellorId', input.toCounsellorId);
  if (counsellor === lead.counsellorId)
    throw invalid('/toCounsellorId', 'already-leads', 'This counsellor leads the case already.');
  refuseDate(input);
  checkCounsellor('/toCounsellorId', counsellor, own, null, context);
  return [
    takeEffect(
      record,
      { id: input.handoverId, kind: 'internal', from: own, to: own, toCounsellor: counsellor },
      context,
      input,
    ),
  ];
}

/** – | reassign by decision, administrative | `effective` | coordinator, administrator; reason mandatory */
export function reassignByDecision(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  enter(record, context);
  if (context.actor.role !== 'coordinator' && context.actor.role !== 'administrator') {
    throw forbidden('Only a coordinator or an administrator can reassign a case by decision.');
  }
  checkCaseIsOpen(record, input);
  const { lead } = record.case;
  if (!lead) throw wrongState(record.case.status);
  required('/reason', input.reason);
  const to = successor(record, input.toStructureId, context);
  refuseDate(input);
  checkCounsellor('/toCounsellorId', input.toCounsellorId, to, null, context);
  const { open } = record.handover;
  const move: Move = {
    id: input.handoverId,
    kind: 'administrative',
    from: lead.structureId,
    to,
    toCounsellor: input.toCounsellorId ?? null,
  };
  return [...(open ? [cancelled(record, open, 'administrative')] : []), takeEffect(record, move, context, input)];
}

/** proposed, requested | accept(effectiveAt?, counsellorId?) | `accepted`; of a beside `effective` | the other side; absent: the suggestion, else now */
export function accept(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'accept', input, context);
  checkActive(open.to, context);
  if (open.kind === 'beside') refuseDate(input);
  const suggested = open.effectiveAt !== null && open.effectiveAt > context.now ? open.effectiveAt : context.now;
  const effectiveAt = input.effectiveAt === undefined ? suggested : agreeable(input.effectiveAt, context);
  const toCounsellor = input.counsellorId ?? open.toCounsellor;
  checkCounsellor('/counsellorId', toCounsellor, open.to, effectiveAt, context);
  const agreed = { effectiveAt, toCounsellorId: toCounsellor };
  if (open.kind === 'beside') return [happened('HandoverAccepted', open, { ...agreed, ...contributes(open, context) })];
  return [
    happened('HandoverAccepted', open, agreed),
    ...(effectiveAt <= context.now ? [takeEffect(record, { ...open, toCounsellor }, context)] : []),
  ];
}

/** proposed, requested | decline | `declined` | the lead never moved */
export function decline(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'decline', input, context);
  return [
    happened(
      'HandoverDeclined',
      disclosed(open),
      candidateEnds(record, open),
      texts({ reason: required('/reason', input.reason) }),
    ),
  ];
}

/** proposed, requested | withdraw | `withdrawn` | the lead never moved */
export function withdraw(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'withdraw', input, context);
  return [happened('HandoverWithdrawn', disclosed(open), candidateEnds(record, open))];
}

/** accepted | cancel before the date | `cancelled` | either side */
export function cancel(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'cancel', input, context);
  return [cancelled(record, open, 'asked', texts({ reason: required('/reason', input.reason) }))];
}

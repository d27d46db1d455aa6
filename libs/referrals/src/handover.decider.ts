/**
 * The rules of a handover, row by row of docs/domain.md's table. Pure: (record, input, context) → events; a `Problem` refuses.
 * Order of checks everywhere: not there or hidden (404), not yours (403), stale (412), state (409), rules (422).
 */
import {
  ageBracketOf, forbidden, invalid, notFound, Problem, wrongState, type Context, type Decided, type Instant, type JsonObject, type Piece, type RecordEvent, type Uuid,
} from '@fil-rouge/kernel';
import { grantsOf, objectsTo, participationOf, type AccessChange, type CaseRecord, type FirstName, type Profile } from '@fil-rouge/cases';
import { isGone, structureOf } from '@fil-rouge/users';
import {
  delays, expiresAt, isAnswered, remindsAt,
  type CancelCause, type Handover, type HandoverEventData, type HandoverEventType, type HandoverRecord, type HandoverSheet,
} from './handover';
import {
  agreeable, checkActive, checkCaseIsOpen, checkCounsellor, checkNoneIsOpen, checkOwnIsActive, enter, refuseDate, required, successor, toAnswer,
  type Answer, type Opening,
} from './handover.conditions.decider';

/** – | propose (push): summary note mandatory | `proposed` | lead */
export function propose(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (enter(record, context) !== 'lead') throw forbidden('Only the structure that leads the case can propose to hand it over.');
  checkOwnIsActive(context);
  checkCaseIsOpen(record, input);
  checkNoneIsOpen(record, context);
  const note = required('/note', input.note);
  const to = successor(record, input.toStructureId, context);
  const effectiveAt = input.effectiveAt === undefined ? null : agreeable(input.effectiveAt, context);
  checkCounsellor('/toCounsellorId', input.toCounsellorId, to, effectiveAt, context);
  const move = { id: input.handoverId, from: context.actor.structureId ?? '', to };
  return [happened('HandoverProposed', move, {
    kind: 'push', toCounsellorId: input.toCounsellorId ?? null, effectiveAt,
    opened: [{ id: context.newId(), structureId: to, kind: 'candidate', source: input.handoverId }],
  }, sheet(record, note, context))];
}

/** – | request (pull) | `requested` | a structure with a participation; silence never moves the lead, it escalates */
export function request(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  const participation = enter(record, context);
  if (participation === null) throw forbidden('Only a structure that takes part in the case can ask for it.');
  const asks = () => ask(record, input, context, participation === 'former_contributor');
  return participation === 'former_contributor' || participation === 'former_lead' ? discreetly(asks) : asks();
}

/** The same, by a structure that was only told that such a record may exist: it learns the state of what it asked, nothing else. */
export function join(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (record.case.status === 'none' || record.case.status === 'erased') throw notFound();
  const participation = participationOf(record.case, context.actor.structureId);
  const knows = participation === 'lead' || participation === 'contributor' || participation === 'former_lead';
  return discreetly(() => ask(record, input, context, !knows));
}

/** Who does not see how the case stands now must not learn it from a refusal either: whatever the reason, the answer is one. */
function discreetly(decide: () => Decided[]): Decided[] {
  try {
    return decide();
  } catch (error) {
    // Its own open request is its own to know of.
    if (error instanceof Problem && error.members['handoverId'] !== undefined) throw error;
    if (error instanceof Problem) throw invalid('', 'cannot-be-asked', 'This case cannot be asked for at present. The coordinator can say more.');
    throw error;
  }
}

function ask(record: HandoverRecord, input: Opening, context: Context, blind: boolean): Decided[] {
  const own = context.actor.structureId ?? undefined;
  if (participationOf(record.case, own ?? null) === 'lead') throw forbidden('Your structure leads this case already.');
  checkCaseIsOpen(record, input);
  checkNoneIsOpen(record, context);
  if (input.toStructureId !== undefined && input.toStructureId !== own) {
    throw invalid('/toStructureId', 'not-yours', 'You can ask for a case only for your own structure.');
  }
  const to = successor(record, own, context);
  const effectiveAt = input.effectiveAt === undefined ? null : agreeable(input.effectiveAt, context);
  checkCounsellor('/toCounsellorId', input.toCounsellorId, to, effectiveAt, context);
  const move = { id: input.handoverId, to, ...(blind ? {} : { from: record.case.lead?.structureId }) };
  const asked = { kind: 'pull', toCounsellorId: input.toCounsellorId ?? null, effectiveAt, blind } as const;
  return [happened('HandoverRequested', move, asked, texts({ note: input.note }))];
}

/** – | reassign inside the structure | `effective` | structure manager. It moves the person only: an open handover stays open. */
export function reassignInside(record: HandoverRecord, input: Opening, context: Context): Decided[] {
  if (enter(record, context) !== 'lead') throw forbidden('Only the structure that leads the case can reassign it inside.');
  if (context.actor.role !== 'manager') throw forbidden('Assigning a case to somebody else is the business of a manager of the structure.');
  checkCaseIsOpen(record, input);
  const { lead } = record.case;
  if (!lead) throw wrongState(record.case.status);
  const own = lead.structureId;
  if (input.toStructureId !== undefined && input.toStructureId !== own) {
    throw invalid('/toStructureId', 'not-yours', 'An internal handover stays in your structure: propose a push instead.');
  }
  const counsellor = required('/toCounsellorId', input.toCounsellorId);
  if (counsellor === lead.counsellorId) throw invalid('/toCounsellorId', 'already-leads', 'This counsellor leads the case already.');
  refuseDate(input);
  checkCounsellor('/toCounsellorId', counsellor, own, null, context);
  return [takeEffect(record, { id: input.handoverId, kind: 'internal', from: own, to: own, toCounsellor: counsellor }, context, input)];
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
  const move: Move = { id: input.handoverId, kind: 'administrative', from: lead.structureId, to, toCounsellor: input.toCounsellorId ?? null };
  return [...(open ? [cancelled(record, open, 'administrative')] : []), takeEffect(record, move, context, input)];
}

/** proposed, requested | accept(effectiveAt?, counsellorId?) | `accepted` | the other side; absent: the suggestion, else now */
export function accept(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'accept', input, context);
  checkActive(open.to, context);
  const suggested = open.effectiveAt !== null && open.effectiveAt > context.now ? open.effectiveAt : context.now;
  const effectiveAt = input.effectiveAt === undefined ? suggested : agreeable(input.effectiveAt, context);
  const toCounsellor = input.counsellorId ?? open.toCounsellor;
  checkCounsellor('/counsellorId', toCounsellor, open.to, effectiveAt, context);
  return [
    happened('HandoverAccepted', open, { effectiveAt, toCounsellorId: toCounsellor }),
    ...(effectiveAt <= context.now ? [takeEffect(record, { ...open, toCounsellor }, context)] : []),
  ];
}

/** proposed, requested | decline | `declined` | the lead never moved */
export function decline(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'decline', input, context);
  return [happened('HandoverDeclined', disclosed(open), candidateEnds(record, open), texts({ reason: required('/reason', input.reason) }))];
}

/** proposed, requested | withdraw | `withdrawn` | the lead never moved */
export function withdraw(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'withdraw', input, context);
  return [happened('HandoverWithdrawn', disclosed(open), candidateEnds(record, open))];
}

/** proposed, requested | 10 business days (reminders 3, 7) | `expired`; accepted | date reached | `effective`: the clock */
export function due(record: HandoverRecord, context: Context): Decided[] {
  const { open } = record.handover;
  if (!open) return [];
  if (isEffective(open, context.now)) return [wouldNeverLead(open.to, context) ? cancelled(record, open, 'structure_closed') : takeEffect(record, open, context)];
  if (isAnswered(open)) return [];
  if (expiresAt(open) <= context.now) {
    return [happened('HandoverExpired', disclosed(open), { escalate: open.kind === 'pull', ...candidateEnds(record, open) })];
  }
  // After an outage only the latest missed reminder: two at once would say nothing more.
  const day = delays.reminders.findLast((reminder) => remindsAt(open, reminder) <= context.now) ?? 0;
  return day > open.reminded ? [happened('HandoverReminded', disclosed(open), { day })] : [];
}

/** accepted | cancel before the date | `cancelled` | either side */
export function cancel(record: HandoverRecord, input: Answer, context: Context): Decided[] {
  const open = toAnswer(record, 'cancel', input, context);
  return [cancelled(record, open, 'asked', texts({ reason: required('/reason', input.reason) }))];
}

/** What other modules' events do to an open handover: a closed case has no lead to move, an objection stops the one it is against. */
export function react(record: HandoverRecord, event: RecordEvent): Decided[] {
  const { open } = record.handover;
  if (!open) return [];
  if (event.type === 'CaseClosed') return [cancelled(record, open, 'case_closed')];
  if (event.type === 'CaseErased') return [cancelled(record, open, 'erased')];
  if (event.type === 'ObjectionRecorded' && objectsTo(record.case, open.to)) return [cancelled(record, open, 'objection')];
  return [];
}

/** A structure that is closed or refused will never lead: what was proposed to it, or agreed for a later day, ends. What it proposes may still be accepted. */
export function structureDecided(record: HandoverRecord, { structureId }: { structureId: Uuid }, context: Context): Decided[] {
  const { open } = record.handover;
  return open?.to === structureId && wouldNeverLead(structureId, context) ? [cancelled(record, open, 'structure_closed')] : [];
}

/** Needs the structure as a fact. */
function wouldNeverLead(structureId: Uuid, context: Context): boolean {
  const structure = structureOf(context.fact(structureId));
  return structure !== undefined && isGone(structure);
}

/** Whether its day has come is seen before whoever is told of the State's decision may have ended it: who shall lead is looked at then. */
export const relies = ({ handover: { open } }: HandoverRecord, now: Instant): Uuid[] => (open && isEffective(open, now) ? [open.to] : []);

const isEffective = (open: Handover, now: Instant): boolean => isAnswered(open) && open.effectiveAt !== null && open.effectiveAt <= now;

/** A record that is merged into another one has no lead to hand over; an open handover of the other one goes on. */
export const endForMerge = (record: HandoverRecord): Decided[] => (record.handover.open ? [cancelled(record, record.handover.open, 'merged')] : []);

/** Unless it is to whom the resident of the record that ends objects: the next lead would read that one. */
export const endForObjections = (record: HandoverRecord, { case: ending }: CaseRecord): Decided[] =>
  record.handover.open && objectsTo(ending, record.handover.open.to) ? [cancelled(record, record.handover.open, 'objection')] : [];

type Move = Pick<Handover, 'id' | 'kind' | 'from' | 'to' | 'toCounsellor'>;

/** The old lead period ends and the new one begins with this one event; inside a structure its access goes on unchanged. */
function takeEffect({ case: state }: HandoverRecord, move: Move, context: Context, said: Pick<Opening, 'note' | 'reason'> = {}): Decided {
  const { id, kind, from, to, toCounsellor } = move;
  const access: AccessChange = from === to ? {} : {
    ended: state.grants.filter((grant) => grant.kind === 'lead' || grant.source === id).map((grant) => grant.id),
    opened: [{ id: context.newId(), structureId: to, kind: 'lead', source: id }],
  };
  const counsellors = { fromCounsellorId: state.lead?.counsellorId ?? null, toCounsellorId: toCounsellor };
  const lead = { structureId: to, counsellorId: toCounsellor };
  const event = happened('HandoverTookEffect', move, { kind, fromStructureId: from, ...counsellors, lead, ...access }, texts(said));
  return { ...event, audience: 'record' };
}

const cancelled = (record: HandoverRecord, open: Handover, because: CancelCause, pieces: Piece[] = []): Decided =>
  happened('HandoverCancelled', disclosed(open), { because, ...candidateEnds(record, open) }, pieces);

const candidateEnds = ({ case: state }: HandoverRecord, { id, to }: Handover): AccessChange =>
  ({ ended: grantsOf(state, to, id).map((grant) => grant.id) });

/** Who asked blindly reads these events too. */
const disclosed = ({ id, from, to, blind }: Handover): Between => (blind ? { id, to } : { id, from, to });

type Between = { id: Uuid; to: Uuid; from?: Uuid };

function happened<T extends HandoverEventType>(type: T, { id, from, to }: Between, said: HandoverEventData[T], pieces: Piece[] = []): Decided {
  const data = { handoverId: id, toStructureId: to, fromStructureId: from, ...said } as object as JsonObject;
  return { type, data, about: id, audience: 'about', pieces: pieces.map((piece) => ({ ...piece, sharedBy: id })) };
}

const texts = ({ note, reason }: { note?: string; reason?: string }): Piece[] =>
  note === undefined && reason === undefined ? [] : [{ kind: 'shared_text', value: { note, reason } }];

/** What the recipient of a push reads before it has answered: as little as a referral shows. */
function sheet({ case: state }: HandoverRecord, note: string, context: Context): Piece[] {
  const name = context.piece('first_name') as FirstName | undefined;
  const profile = context.piece('profile') as Profile | undefined;
  const value: HandoverSheet = { note, commune: state.commune, ageBracket: ageBracketOf(profile?.birthYear, context.today), themes: state.themes };
  return [...(name ? [{ kind: 'first_name' as const, value: { firstName: name.firstName } }] : []), { kind: 'shared_text', value }];
}

/** How the state of a case follows from its events, and whose access from the events of any library. Pure. */
import { pieceOf, type RecordEvent } from '@fil-rouge/kernel';
import { evolveSilence } from './case.silence';
import {
  accessChangeOf,
  initialCase,
  isCaseEvent,
  ledBy,
  type AccessChange,
  type CaseState,
  type Profile,
} from './case';

/** Event types that count for the case's version, beside every event that moves the lead. */
const ownEvents = new Set<string>([
  'CaseOpened',
  'CaseClosed',
  'CaseReopened',
  'ResidentCorrected',
  'CaseDescribed',
  'LeadAssigned',
  'ObjectionRecorded',
  'ObjectionEnded',
  'MergedInto',
  'RecordsMerged',
  'CaseErased',
]);

export function evolveCase(state: CaseState, event: RecordEvent): CaseState {
  const next = evolveOne(state, event);
  return { ...next, led: ledBy(next).led ?? (next.status === 'closed' ? state.led : null) };
}

/** The clock notes that nobody did, or said, anything; or somebody without an account came to a link, which says nothing either. */
const nothingDone = new Set([
  'CaseFellSilent',
  'OutsideReferralLapsed',
  'OutsideSheetOpened',
  'OutsideCodeMistaken',
  'OutsideLinkEnded',
]);
const isNothingDone = ({ type }: RecordEvent): boolean => nothingDone.has(type);

function evolveOne(state: CaseState, event: RecordEvent): CaseState {
  const change = accessChangeOf(event);
  const counts = ownEvents.has(event.type) || change.lead !== undefined;
  const next: CaseState = {
    ...state,
    ...evolveAccess(state, event, change),
    version: state.version + (counts ? 1 : 0),
    pieces: evolvePieces(state.pieces, event),
    silence: evolveSilence(state.silence, event),
    // That nothing happened is no activity, nor is what is prepared and not done yet.
    lastActivityAt: isNothingDone(event) || event.audience === 'desk' ? state.lastActivityAt : event.at,
    sharedActivityAt: event.audience === 'record' && !isNothingDone(event) ? event.at : state.sharedActivityAt,
    commune: (tellsOfResident(event) && (pieceOf(event, 'profile') as Profile | undefined)?.commune) || state.commune,
  };
  if (!isCaseEvent(event)) return next;
  switch (event.type) {
    case 'CaseOpened':
      return {
        ...next,
        status: 'open',
        openedAt: event.at,
        themes: (pieceOf(event, 'shared_text')?.['themes'] as string[] | undefined) ?? [],
      };
    case 'CaseDescribed':
      return { ...next, themes: (pieceOf(event, 'shared_text')?.['themes'] as string[] | undefined) ?? state.themes };
    case 'CaseClosed':
      return { ...next, status: 'closed', closedAt: event.at, closedFor: event.data.reason, lead: null };
    case 'CaseReopened':
      return { ...next, status: 'open', closedAt: null, closedFor: null };
    case 'LeadAssigned':
      return {
        ...next,
        lead: next.lead && {
          ...next.lead,
          counsellorId: event.data.counsellorId,
          since: event.at,
          periodId: event.id,
          fromSeq: event.seq,
        },
      };
    case 'CaseErased':
      // The tombstone: that there was a record, since which month, until when.
      return {
        ...initialCase,
        status: 'erased',
        mergedFrom: state.mergedFrom,
        mergedInto: state.mergedInto,
        version: next.version,
        openedAt: `${state.openedAt.slice(0, 7)}-01T00:00:00.000Z`,
        closedAt: event.at,
        lastActivityAt: event.at,
        sharedActivityAt: event.at,
      };
    case 'ObjectionRecorded': {
      const { objectionId: id, against, on, how } = event.data;
      return { ...next, objections: [...state.objections, { id, against, on, how }] };
    }
    case 'ObjectionEnded':
      return { ...next, objections: state.objections.filter(({ id }) => id !== event.data.objectionId) };
    case 'MergedInto':
      return { ...next, status: 'merged', lead: null, mergedInto: event.data.survivorId };
    case 'RecordsMerged': {
      const { loserId, takenOver } = event.data;
      return {
        ...next,
        objections: [...state.objections, ...takenOver.objections],
        mergedFrom: [...state.mergedFrom, loserId, ...takenOver.mergedFrom],
      };
    }
    default:
      return next;
  }
}

/** What the record itself says of its resident; a merge brings what another one said. */
const tellsOfResident = ({ type }: RecordEvent): boolean => type === 'CaseOpened' || type === 'ResidentCorrected';

function evolveAccess(
  state: CaseState,
  event: RecordEvent,
  { opened = [], ended = [], finished, lead }: AccessChange,
): Pick<CaseState, 'grants' | 'formers' | 'lead'> {
  const grants = [
    ...state.grants.filter(({ id }) => !ended.includes(id)),
    ...opened.map((grant) => ({ ...grant, fromSeq: event.seq })),
  ];
  const formers = { ...state.formers };
  for (const { structureId, kind } of state.grants.filter(({ id }) => ended.includes(id))) {
    const end = { seq: event.seq, at: event.at };
    const former = formers[structureId];
    if (kind === 'lead')
      formers[structureId] = {
        kind: 'former_lead',
        ...end,
        finishedAt: event.at,
        sheet: { pieces: state.pieces, commune: state.commune },
      };
    else if (kind === 'contributor' && former?.kind !== 'former_lead')
      formers[structureId] = { kind: 'former_contributor', ...end, ...(finished ? { finishedAt: event.at } : {}) };
    else if (kind === 'contributor' && former && finished) formers[structureId] = { ...former, finishedAt: event.at };
  }
  return {
    grants,
    formers,
    lead: lead ? { ...lead, since: event.at, periodId: event.id, fromSeq: event.seq } : state.lead,
  };
}

function evolvePieces(pieces: CaseState['pieces'], event: RecordEvent): CaseState['pieces'] {
  // A piece shared by a referral is a copy for its recipient, not news about the resident.
  const news = (kind: string): boolean =>
    event.pieces.some((piece) => piece.kind === kind && piece.sharedBy === undefined);
  if (!tellsOfResident(event)) return pieces;
  return {
    firstName: news('first_name') ? event.id : pieces.firstName,
    identity: news('identity') ? event.id : pieces.identity,
    profile: news('profile') ? event.id : pieces.profile,
  };
}

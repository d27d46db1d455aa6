/** How the events of a handover are made: what each carries in clear, what is sealed, whose access opens and ends. Pure. */
import { ageBracketOf, type Context, type Decided, type JsonObject, type Piece, type Uuid } from '@fil-rouge/kernel';
import { grantsOf, type AccessChange, type FirstName, type Profile } from '@fil-rouge/cases';
import type {
  CancelCause,
  Handover,
  HandoverEventData,
  HandoverEventType,
  HandoverRecord,
  HandoverSheet,
} from './handover';
import type { Opening } from './handover.conditions.decider';

export type Move = Pick<Handover, 'id' | 'kind' | 'from' | 'to' | 'toCounsellor'>;

/** The old lead period ends and the new one begins with this one event; inside a structure its access goes on unchanged. */
export function takeEffect(
  { case: state }: HandoverRecord,
  move: Move,
  context: Context,
  said: Pick<Opening, 'note' | 'reason'> = {},
): Decided {
  const { id, kind, from, to, toCounsellor } = move;
  const access: AccessChange =
    from === to
      ? {}
      : {
          ended: state.grants.filter((grant) => grant.kind === 'lead' || grant.source === id).map((grant) => grant.id),
          opened: [{ id: context.newId(), structureId: to, kind: 'lead', source: id }],
        };
  const counsellors = { fromCounsellorId: state.lead?.counsellorId ?? null, toCounsellorId: toCounsellor };
  const lead = { structureId: to, counsellorId: toCounsellor };
  const { role } = context.actor;
  const decidedBy =
    kind === 'administrative' && (role === 'coordinator' || role === 'administrator') ? role : undefined;
  const event = happened(
    'HandoverTookEffect',
    move,
    { kind, fromStructureId: from, ...counsellors, decidedBy, lead, ...access },
    texts(said),
  );
  return { ...event, audience: 'record' };
}

export const cancelled = (
  record: HandoverRecord,
  open: Handover,
  because: CancelCause,
  pieces: Piece[] = [],
): Decided => happened('HandoverCancelled', disclosed(open), { because, ...candidateEnds(record, open) }, pieces);

export const candidateEnds = ({ case: state }: HandoverRecord, { id, to }: Handover): AccessChange => ({
  ended: grantsOf(state, to, id).map((grant) => grant.id),
});

/** From the acceptance on; no referral stands behind it. */
export const contributes = ({ id, to }: Handover, context: Context): AccessChange => ({
  opened: [{ id: context.newId(), structureId: to, kind: 'contributor', source: id, alone: true }],
});

/** Who asked blindly reads these events too. */
export const disclosed = ({ id, kind, from, to, blind }: Handover): Between =>
  blind ? { id, kind, to } : { id, kind, from, to };

type Between = { id: Uuid; kind: Handover['kind']; to: Uuid; from?: Uuid };

export function happened<T extends HandoverEventType>(
  type: T,
  { id, kind, from, to }: Between,
  said: HandoverEventData[T],
  pieces: Piece[] = [],
): Decided {
  const beside = kind === 'beside' ? { kind } : {};
  const data = { handoverId: id, toStructureId: to, fromStructureId: from, ...beside, ...said } as object as JsonObject;
  return { type, data, about: id, audience: 'about', pieces: pieces.map((piece) => ({ ...piece, sharedBy: id })) };
}

export const texts = ({ note, reason }: { note?: string; reason?: string }): Piece[] =>
  note === undefined && reason === undefined ? [] : [{ kind: 'shared_text', value: { note, reason } }];

/** What the recipient of a push reads before it has answered: as little as a referral shows. */
export function sheet({ case: state }: HandoverRecord, note: string, context: Context): Piece[] {
  const name = context.piece('first_name') as FirstName | undefined;
  const profile = context.piece('profile') as Profile | undefined;
  const value: HandoverSheet = {
    note,
    commune: state.commune,
    ageBracket: ageBracketOf(profile?.birthYear, context.today),
    themes: state.themes,
  };
  return [
    ...(name ? [{ kind: 'first_name' as const, value: { firstName: name.firstName } }] : []),
    { kind: 'shared_text', value },
  ];
}

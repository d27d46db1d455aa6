/** What may happen to a slip, and whether a record on it is erased. Pure. */
import { canonicalJson, forbidden, Problem, stale, wrongState } from '@fil-rouge/kernel';
import type { Context, Decided, LeftOutReason, LocalDate, Uuid } from '@fil-rouge/kernel';
import { eraseWhole } from '../case/erasure.decider';
import type { NoticeRecord } from '../retention/notice';
import { standingNotice } from '../retention/notice';
import { endsOn } from '../retention/retention';
import { isUnderWay, type RegisterEventData, type RegisterState, type Slip, type SlipContent } from './elimination';

/** A record whose grace is over, as it is listed. */
export interface Ready {
  readonly caseId: Uuid;
  readonly status: 'open' | 'closed';
  readonly structureId: Uuid | null;
  /** `YYYY-MM`: when anything was last done. */
  readonly month: string;
}

const checkAdministrator = ({ actor }: Context): void => {
  if (actor.role !== 'administrator') throw forbidden();
};

/** @param hashed SHA-256 of a text, in hexadecimal. Problems: 409 while a slip is under way, and where nothing is ready. */
export function drawUp(
  { last, slip }: RegisterState,
  { slipId, ready, hashed }: { slipId: Uuid; ready: readonly Ready[]; hashed: (text: string) => string },
  context: Context,
): Decided[] {
  checkAdministrator(context);
  if (slip && isUnderWay(slip))
    throw new Problem('wrong-state', 'A slip is under way already: sign it or withdraw it first.', {
      status: slip.state,
      actions: [],
    });
  if (ready.length === 0)
    throw new Problem('wrong-state', 'No record is ready to be erased: none has been announced for long enough.', {
      status: 'nothing',
      actions: [],
    });
  const content = contentOf(slipId, last + 1, ready);
  const data: RegisterEventData['SlipDrawnUp'] = { ...content, hash: hashed(canonicalJson(content)) };
  return [{ type: 'SlipDrawnUp', data: { ...data } }];
}

function contentOf(slipId: Uuid, number: number, ready: readonly Ready[]): SlipContent {
  const months = ready.map(({ month }) => month).sort();
  const counts = new Map<Uuid, number>();
  for (const { structureId } of ready)
    if (structureId !== null) counts.set(structureId, (counts.get(structureId) ?? 0) + 1);
  return {
    slipId,
    number,
    caseIds: ready.map(({ caseId }) => caseId),
    open: ready.filter(({ status }) => status === 'open').length,
    closed: ready.filter(({ status }) => status === 'closed').length,
    producers: [...counts].map(([structureId, records]) => ({ structureId, records })),
    firstMonth: months[0]!,
    lastMonth: months.at(-1)!,
  };
}

export interface Signing {
  /** Of what was read: nobody signs another list. */
  readonly hash: string;
  readonly visa: string;
}

/** Of two who sign at once the second finds it signed. */
export function sign(slip: Slip, { hash, visa }: Signing, context: Context): Decided[] {
  checkAdministrator(context);
  if (slip.state !== 'drawn_up') throw wrongState(slip.state);
  if (hash !== slip.hash) throw stale();
  const data: RegisterEventData['SlipSigned'] = { slipId: slip.slipId, hash, visa };
  return [{ type: 'SlipSigned', data: { ...data } }];
}

/** Also while it runs: what has not been erased by then is not. */
export function withdraw(slip: Slip, context: Context): Decided[] {
  checkAdministrator(context);
  if (!isUnderWay(slip)) throw wrongState(slip.state);
  return [{ type: 'SlipWithdrawn', data: { slipId: slip.slipId } }];
}

type Whole = readonly { readonly state: NoticeRecord; readonly context: Context }[];

/** The next record of a signed slip, with all that was merged into it: erased as anybody's erasure, or left out, and the register says which. @returns events of the register, then of each record */
export function eliminate(slip: Slip, caseId: Uuid, whole: Whole): Decided[][] {
  const [present] = whole;
  const because = present ? againstErasing(present.state, present.context.today) : 'gone';
  if (because) return [leftOut(slip, caseId, because), ...whole.map(() => [])];
  const data: RegisterEventData['RecordEliminated'] = { slipId: slip.slipId, number: slip.number, caseId };
  return [
    [{ type: 'RecordEliminated', data: { ...data } }],
    ...eraseWhole(whole, { reason: 'retention_ended', slip: slip.number }),
  ];
}

export function leftOut({ slipId, number }: Slip, caseId: Uuid, because: LeftOutReason): Decided[] {
  const data: RegisterEventData['RecordLeftOut'] = { slipId, number, caseId, because };
  return [{ type: 'RecordLeftOut', data: { ...data } }];
}

/** Asked of the record itself, in the commit that erases it: no list, and no signature, says that nothing has happened since. */
export function againstErasing(record: NoticeRecord, today: LocalDate): LeftOutReason | null {
  const { status, lastActivityAt, grants } = record.case;
  const notice = standingNotice(record);
  if ((status !== 'open' && status !== 'closed') || !notice || endsOn(lastActivityAt) > today || notice.from > today)
    return 'moved';
  return grants.some(({ kind }) => kind !== 'lead') ? 'waited_for' : null;
}

/** What becomes of an open handover when nobody decides on it: the clock, the case, a merge or the State does. Pure. */
import {
  Problem,
  type Context,
  type Decided,
  type Instant,
  type MergeShare,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isCaseEvent, objectsTo } from '@fil-rouge/cases';
import { isGone, structureOf } from '@fil-rouge/users';
import { delays, expiresAt, isAnswered, remindsAt, type Handover, type HandoverRecord } from './handover';
import { cancelled, candidateEnds, disclosed, happened, takeEffect } from './handover.events';

/** proposed, requested | 10 business days (reminders 3, 7) | `expired`; accepted | date reached | `effective`: the clock */
export function due(record: HandoverRecord, context: Context): Decided[] {
  const { open } = record.handover;
  if (!open) return [];
  if (isEffective(open, context.now))
    return [
      wouldNeverLead(open.to, context)
        ? cancelled(record, open, 'structure_closed')
        : takeEffect(record, open, context),
    ];
  if (isAnswered(open)) return [];
  if (expiresAt(open) <= context.now) {
    return [
      happened('HandoverExpired', disclosed(open), { escalate: open.kind === 'pull', ...candidateEnds(record, open) }),
    ];
  }
  // After an outage only the latest missed reminder: two at once would say nothing more.
  const day = delays.reminders.findLast((reminder) => remindsAt(open, reminder) <= context.now) ?? 0;
  return day > open.reminded ? [happened('HandoverReminded', disclosed(open), { day })] : [];
}

/** What another structure has been asked, or has agreed to, is not undone without a word: whoever closes the case says so. Nobody need answer for who has died. */
export function opposes({ handover: { open } }: HandoverRecord, decided: Decided): Problem | null {
  if (
    !open ||
    !isCaseEvent(decided) ||
    decided.type !== 'CaseClosed' ||
    decided.data.cancelHandover ||
    decided.data.reason === 'deceased'
  )
    return null;
  return new Problem(
    'open-handover',
    'A handover of this case is open. Wait until it has ended, or close the case with `cancelHandover`.',
    { handoverId: open.id },
  );
}

/** What other modules' events do to an open handover: a closed case has no lead to move, an objection stops the one it is against. */
export function react(record: HandoverRecord, event: RecordEvent): Decided[] {
  const { open } = record.handover;
  if (!open) return [];
  if (event.type === 'CaseClosed') return [cancelled(record, open, 'case_closed')];
  if (event.type === 'CaseErased') return [cancelled(record, open, 'erased')];
  if (event.type === 'ObjectionRecorded' && objectsTo(record.case, open.to))
    return [cancelled(record, open, 'objection')];
  return [];
}

/** A structure that is closed or refused will never lead: what was proposed to it, or agreed for a later day, ends. What it proposes may still be accepted. */
export function structureDecided(
  record: HandoverRecord,
  { structureId }: { structureId: Uuid },
  context: Context,
): Decided[] {
  const { open } = record.handover;
  return open?.to === structureId && wouldNeverLead(structureId, context)
    ? [cancelled(record, open, 'structure_closed')]
    : [];
}

/** Needs the structure as a fact. */
function wouldNeverLead(structureId: Uuid, context: Context): boolean {
  const structure = structureOf(context.fact(structureId));
  return structure !== undefined && isGone(structure);
}

/**
 * The structure that shall lead, once the day has come. The clock may come before the worker that tells of the State's decision: the rule then
 * looks at the structure itself.
 */
export const relies = ({ handover: { open } }: HandoverRecord, now: Instant): Uuid[] =>
  open && isEffective(open, now) ? [open.to] : [];

const isEffective = (open: Handover, now: Instant): boolean =>
  isAnswered(open) && open.effectiveAt !== null && open.effectiveAt <= now;

/**
 * The loser has no lead to hand over any more, so its open handover is cancelled. The survivor's open handover goes on, with one exception: an
 * objection on the loser is against the structure that shall lead. That structure would read the loser too.
 */
export const handoverMerging: MergeShare<HandoverRecord> = {
  endings: (loser, survivor) => {
    const { open: proposed } = loser.handover;
    const { open } = survivor.handover;
    return {
      ofLoser: proposed ? [cancelled(loser, proposed, 'merged')] : [],
      ofSurvivor: open && objectsTo(loser.case, open.to) ? [cancelled(survivor, open, 'objection')] : [],
    };
  },
};

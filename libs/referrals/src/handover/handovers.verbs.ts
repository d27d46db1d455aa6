import type { Context, Decided } from '@fil-rouge/kernel';
import type { VerbRoute } from '@fil-rouge/platform';
import type { HandoverRecord } from './handover';
import type { Answer } from './handover.conditions.decider';
import { accept, cancel, decline, withdraw } from './handover.decider';
import type { HandoverAction } from './handover.policy';
import { AcceptHandoverDto, HandoverReasonDto } from './handovers.dto';

/** What may be said with an answer. */
export type Said = Omit<Answer, 'handoverId' | 'ifMatch'>;

interface Verb extends VerbRoute {
  readonly body: (new () => Said) | null;
  readonly decide: (record: HandoverRecord, input: Answer, context: Context) => Decided[];
}

/** What is done to a handover that is open, in the order of the table in docs/domain.md. Whose it is and when: `handoverRules` in handover.policy.ts. */
export const handoverVerbs: Readonly<Record<HandoverAction, Verb>> = {
  accept: {
    may: 'handover.answer',
    body: AcceptHandoverDto,
    decide: accept,
    does: 'The other side agrees; without a date, suggested or given, the lead moves now.',
  },
  decline: {
    may: 'handover.answer',
    body: HandoverReasonDto,
    decide: decline,
    does: 'The other side does not agree: the lead stays where it is.',
  },
  withdraw: {
    may: 'handover.answer',
    body: null,
    decide: withdraw,
    does: 'Whoever proposed it, or asked for it, takes it back before it is answered.',
  },
  cancel: {
    may: 'handover.answer',
    body: HandoverReasonDto,
    decide: cancel,
    does: 'Undoes an acceptance before its date.',
  },
};

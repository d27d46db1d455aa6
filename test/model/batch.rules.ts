/**
 * A counsellor who leaves with open cases, or a structure that closes: one decision per case, carried out later. What the manager of the
 * leaving structure decides for another one is a proposal; a coordinator or administrator decides it.
 */
import { close } from './case.rules';
import type { Command } from './commands';
import { open } from './handover.rules';
import type { Model, Person } from './model';
import { refuse } from './refusal';

/** Nothing when the case is by now somebody else's, or closed. */
export function carryOut(model: Model, order: Extract<Command, { do: 'carry-out' }>, person: Person): void {
  const { by, of, leaving, decision, to, counsellor } = order;
  if (!['manager', 'coordinator', 'administrator'].includes(person.role)) refuse('forbidden');
  if (person.role === 'manager' && person.structure !== of) refuse('forbidden');
  if (model.status !== 'open' || model.lead !== of || (leaving !== null && model.counsellor !== leaving)) return;
  // Whoever may decide for those who are gone does it in the place of their manager.
  const inTheirPlace: Person = { structure: of, role: 'manager', territory: null };
  const move = { do: 'open-handover', by, said: true, days: null, counsellor } as const;
  switch (decision) {
    case 'colleague':
      if (['refused', 'closed'].includes(model.structures[of]!.status)) refuse('recipient-not-active');
      return open(model, { ...move, kind: 'internal', to: null }, inTheirPlace);
    case 'structure':
      return person.role === 'manager'
        ? open(model, { ...move, kind: 'push', to }, person)
        : open(model, { ...move, kind: 'administrative', to }, { ...person, territory: null });
    case 'close':
      return close(
        model,
        { do: 'close', by, reason: 'need_met', cancelReferrals: order.cancelReferrals },
        inTheirPlace,
      );
  }
}

/** How a referral is made and goes out, for the model: drafts, broadcasts, what must hold when it is sent. */
import { dayOf, plusDays } from './days';
import {
  isStaff,
  isWaiting,
  note,
  objected,
  openReferral,
  participation,
  referralOf,
  step,
  takesPart,
  underWay,
  type Model,
  type Person,
  type Referral,
} from './model';
import { refuse, wrongState } from './refusal';

type Asking = {
  needs: string;
  informed: 'yes' | 'no' | 'tomorrow';
  onward: boolean;
  parent: number | null;
  send: boolean;
};

/** Several recipients: a broadcast, one referral each, all of them or none. */
export function create(model: Model, command: Asking, to: readonly string[], person: Person): void {
  if (!isStaff(person)) refuse('forbidden');
  const from = person.structure;
  const part = participation(model, from);
  if (part === null || part === 'candidate') refuse('not-found');
  if (!takesPart(model, from)) refuse('forbidden');
  if (command.send && model.structures[from]!.status === 'suspended') refuse('forbidden');
  if (model.status !== 'open') wrongState(model.status);
  const rules: string[] = [];
  if (model.referrals.filter(openReferral).length + to.length > 20) rules.push('invalid');
  const parent = referralOf(model, command.parent);
  if (command.parent !== null && !(parent && openReferral(parent) && parent.to === from)) rules.push('invalid');
  // One's own structure is asked nothing.
  if (to.includes(from)) rules.push('invalid');
  if (!command.send && command.informed === 'tomorrow') rules.push('not-informed');
  if (rules.length > 0) refuse(...rules);
  const today = dayOf(model.now);
  const said = {
    from,
    needs: command.needs,
    onward: command.onward,
    parent: parent?.n ?? null,
    parentFrom: parent?.from ?? null,
    chain: [...(parent?.chain ?? []), from],
    informed: { yes: today, no: null, tomorrow: plusDays(today, 1) }[command.informed],
    broadcast: to.length > 1 ? model.next.broadcast++ : null,
  };
  for (const recipient of to) {
    const referral = draft(model, { ...said, to: recipient });
    if (command.send) dispatch(model, referral);
  }
}

type Said = Pick<
  Referral,
  'from' | 'to' | 'needs' | 'onward' | 'parent' | 'parentFrom' | 'chain' | 'informed' | 'broadcast'
>;

export function draft(model: Model, said: Said): Referral {
  const n = model.next.referral++;
  const made = note(model, 'ReferralDrafted', `referral ${n}`);
  const referral: Referral = {
    n,
    status: 'draft',
    version: 1,
    ...said,
    takenOver: false,
    disclosed: false,
    heldOn: null,
    sentOn: null,
    reminded: 0,
    start: null,
    begun: [],
    back: 'accepted',
    contact: null,
    requested: false,
    reason: null,
    outcome: null,
    made,
    worded: { record: model.id, position: made },
    formerParents: [],
  };
  model.referrals.push(referral);
  return referral;
}

/** draft | send | sent or held */
export function dispatch(model: Model, referral: Referral): void {
  if (referral.to === null) return refuse('invalid');
  const problems = sendingProblems(model, referral);
  if (problems.length > 0) refuse(...problems);
  if (isHeld(model, referral)) step(model, referral, 'ReferralHeld', { status: 'held', heldOn: dayOf(model.now) });
  else disclose(model, referral);
}

export const disclose = (model: Model, referral: Referral): void =>
  step(model, referral, 'ReferralSent', { status: 'sent', sentOn: dayOf(model.now), disclosed: true });

export const isHeld = (model: Model, { from, to }: Referral): boolean =>
  [from, to!].some((structure) => isWaiting(model.structures[structure]));
const mayTakePart = (model: Model, structure: string): boolean =>
  model.structures[structure]?.status === 'active' || isWaiting(model.structures[structure]);

export function sendingProblems(model: Model, referral: Referral): string[] {
  const { from } = referral;
  const to = referral.to!;
  const recipient = model.structures[to]!;
  const parent = referralOf(model, referral.parent);
  const problems: string[] = [];
  if (!mayTakePart(model, from)) problems.push('forbidden');
  if (referral.informed === null || referral.informed > dayOf(model.now)) problems.push('not-informed');
  if (objected(model, to)) problems.push('objection');
  if (!mayTakePart(model, to)) problems.push('recipient-not-active');
  if (!recipient.takes) problems.push('recipient-unavailable');
  if (!recipient.communes.includes(model.commune)) problems.push('out-of-area');
  if (referral.parent !== null && !(parent?.to === from && underWay.includes(parent.status))) problems.push('invalid');
  else if (parent && !parent.onward) problems.push('forbidden');
  // Asked when it is sent: once held, what an old lead sent reports to the new one. A draft that came with another record was its lead's to send.
  const broughtByLead = model.joined.some(
    ({ structure, since, led }) => led && structure === from && since === referral.made,
  );
  if (
    referral.parent === null &&
    referral.status === 'draft' &&
    !broughtByLead &&
    participation(model, from) !== 'lead'
  )
    problems.push('invalid');
  if (referral.chain.length > 3) problems.push('too-deep');
  if (referral.chain.includes(to) || model.lead === to) problems.push('cycle');
  // A contributor is not told what others have sent.
  const identical = model.referrals.some(
    (other) =>
      (other.from === from || model.lead === from) &&
      other !== referral &&
      openReferral(other) &&
      other.status !== 'draft' &&
      other.to === to &&
      other.needs === referral.needs,
  );
  if (identical) problems.push('duplicate-referral');
  return problems;
}

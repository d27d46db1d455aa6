/**
 * Two records of one resident become one. docs/domain.md has no row for it: what follows here is what its invariants leave when one of the two
 * ends. One case per resident, exactly one lead: the survivor's. Nobody loses what it was reading, nobody is shown more of what it had
 * left: open referrals go on with their recipients' access, who led the other contributes, who had left stays as it was. What the
 * resident objects to, it objects to on both, and a merge is no way around it: a lead is not shown the other record against it, and
 * everybody else leaves before. Nothing follows on the record that ended.
 */
import { dayOf } from './days';
import {
  cancelReferral,
  endJoined,
  nobody,
  note,
  objected,
  openHandover,
  openReferral,
  participation,
  stepHandover,
  watches,
  type Model,
  type Person,
} from './model';
import { refuse, wrongState } from './refusal';

export type Asked = { ifMatch?: number };

/** The survivor is undefined when a record is to be merged with itself. */
export function merge(loser: Model, survivor: Model | undefined, { ifMatch }: Asked, person: Person): void {
  if (person.role !== 'coordinator') refuse('forbidden');
  for (const one of [loser, ...(survivor ? [survivor] : [])]) if (!watches(one, person)) refuse('not-found');
  if (ifMatch !== undefined && ifMatch !== loser.version) refuse('stale');
  if (loser.status === 'merged') wrongState('merged');
  if (!survivor) return refuse('invalid');
  if (survivor.status === 'merged') wrongState('merged');
  // Nobody would lead what is still open.
  if (survivor.status === 'closed' && loser.status === 'open') wrongState('closed');
  const rules: string[] = [];
  if (leadIsObjected(loser, survivor)) rules.push('objection');
  if (loser.referrals.filter(openReferral).length + survivor.referrals.filter(openReferral).length > 20)
    rules.push('invalid');
  if (rules.length > 0) refuse(...rules);

  leave(loser, survivor);
  leave(survivor, loser);
  const moving = loser.referrals.filter(openReferral);
  const leading = loser.status === 'open' && loser.lead !== survivor.lead ? [loser.lead] : [];
  const joining = [
    ...loser.joined.filter(({ structure }) => !objected(survivor, structure)),
    ...leading.map((structure) => ({ structure, led: true })),
  ];
  const position = note(survivor, 'RecordsMerged', null);
  endJoined(survivor, position, (structure) => objected(loser, structure));
  end(loser, { id: survivor.id, position });
  survivor.version++;
  survivor.mergedFrom.push(loser.id, ...loser.mergedFrom);
  survivor.objections.push(...loser.objections.filter((against) => !objected(survivor, against)));
  survivor.referrals.push(...moving.map((referral) => ({ ...referral, made: position, takenOver: true })));
  survivor.joined.push(...joining.map(({ structure, led }) => ({ structure, led, since: position })));
}

/** Who leads one of the two, or led it last, would read the other; who led what ends closed follows nobody, and gets nothing new. */
function leadIsObjected(loser: Model, survivor: Model): boolean {
  if (loser.lead === survivor.lead) return false;
  return objected(loser, survivor.lead) || (loser.status === 'open' && objected(survivor, loser.lead));
}

/** Everybody else whom the other record's resident objects to. */
function leave(model: Model, other: Model): void {
  for (const referral of model.referrals.filter(openReferral))
    if (objected(other, referral.to)) cancelReferral(model, referral, 'objection');
  const handover = openHandover(model);
  if (handover && objected(other, handover.to))
    stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
}

function end(loser: Model, mergedInto: NonNullable<Model['mergedInto']>): void {
  const handover = openHandover(loser);
  if (handover) stepHandover(loser, handover, 'HandoverCancelled', { status: 'cancelled' });
  const left = Object.keys(loser.structures).map((structure) => [structure, participation(loser, structure)] as const);
  const position = note(loser, 'MergedInto', null);
  for (const [structure, part] of left) {
    if (part === 'lead')
      loser.formers[structure] = { kind: 'former_lead', position, day: dayOf(loser.now), finished: dayOf(loser.now) };
    else if (part === 'contributor' && loser.formers[structure]?.kind !== 'former_lead')
      loser.formers[structure] = { kind: 'former_contributor', position, day: dayOf(loser.now) };
  }
  Object.assign(loser, {
    status: 'merged',
    mergedInto,
    version: loser.version + 1,
    lead: nobody,
    counsellor: null,
    joined: [],
    since: null,
  } satisfies Partial<Model>);
  loser.referrals = loser.referrals.filter((referral) => !openReferral(referral));
}

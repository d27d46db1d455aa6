/** domain.md's invariants on a record in memory, whatever the model thinks of it. */
import { horizonsOf, maySeeEvent, type GrantRow } from '@fil-rouge/cases';
import type { RecordEvent } from '@fil-rouge/kernel';
import { participation, type Model } from './model';
import { secret, type World } from './world';

export function checkInvariants(model: Model, world: World): void {
  onePerCase(world);
  nothingLeavesTheEnd(world.events);
  nothingIsReadWithoutPart(model, world);
  // 4. Folding the stream gives exactly the state used for decisions; 6. which holds nothing personal.
  const state = JSON.stringify(world.state);
  if (JSON.stringify(world.folded()) !== state) expect(world.folded()).toEqual(world.state);
  if (state.includes(secret)) throw new Error('The state holds in clear what is personal.');
}

/** 1. One lead at any instant of an open case, periods without gap or overlap; one open handover at most. */
function onePerCase(world: World): void {
  const periods = world.rows('put_lead_period').sort((a, b) => (a['from_seq'] as number) - (b['from_seq'] as number));
  periods.forEach((period, index) => {
    const next = periods[index + 1];
    if (!next) return must((period['until_seq'] === null) === (world.record.case.status === 'open'), 'an open case has a lead, a closed one none');
    const reopened = world.events[(next['from_seq'] as number) - 1]!.type === 'CaseReopened';
    if (reopened) must((period['until_seq'] as number) < (next['from_seq'] as number), 'lead periods do not overlap');
    else must(period['until_seq'] === next['from_seq'] && period['until_at'] === next['from_at'], 'lead periods meet without gap or overlap');
  });
  must(world.rows('put_handover').filter(({ status }) => ['proposed', 'requested', 'accepted'].includes(status as string)).length <= 1, 'one open handover at most');
  must(world.record.case.grants.filter(({ kind }) => kind === 'lead').length === 1, 'one structure has the access of the lead');
}

const endings = /^(Referral(Completed|Declined|Withdrawn|Expired|Returned|Cancelled)|Handover(Declined|Withdrawn|Expired|Cancelled|TookEffect))$/;

/** 2. Nothing follows a terminal event of the same referral or handover, but one voiding. */
function nothingLeavesTheEnd(events: readonly RecordEvent[]): void {
  const ended = new Map<string, string>();
  for (const { about, type } of events) {
    if (about === null) continue;
    const end = ended.get(about);
    if (end !== undefined && (type !== 'ReferralVoided' || end === 'ReferralVoided')) throw new Error(`${type} after ${end}.`);
    if (endings.test(type) || type === 'ReferralVoided') ended.set(about, type);
  }
}

/** 3. Nothing without a participation; nothing after the event that ended it, its own entries excepted; a lead everything. */
function nothingIsReadWithoutPart(model: Model, world: World): void {
  const grants = world.rows('put_access_grant') as unknown as GrantRow[];
  const shared = world.events.filter(({ audience }) => audience === 'record').length;
  const parties = world.rows('put_party') as { about: string; structure_id: string; until_seq: number | null }[];
  for (const structure of Object.keys(model.structures)) {
    const horizons = horizonsOf(structure, grants);
    const mine = new Map(parties.filter(({ structure_id }) => structure_id === structure).map(({ about, until_seq }) => [about, until_seq ?? Infinity]));
    const seen = world.events.filter((event) =>
      maySeeEvent(horizons, { seq: event.seq, structure_id: event.structure, audience: event.audience, party_until: (event.about !== null && mine.get(event.about)) || null }));
    const part = participation(model, structure);
    const foreign = seen.filter((event) => event.structure !== structure);
    if (part === 'lead') must(seen.length === world.events.length, `${structure} leads and reads everything`);
    else if (part === 'contributor') must(seen.filter(({ audience }) => audience === 'record').length === shared, `${structure} contributes and reads the whole thread`);
    // What it sent or was sent, it may know the end of; the thread is over for it.
    const end = endOfPart(model, world, structure);
    const tooMuch = foreign.filter(({ seq, about }) => seq > end && !isOwn(model, world, structure, about));
    if (tooMuch.length > 0) expect({ structure, part, tooMuch: tooMuch.map(({ seq, type }) => `${seq} ${type}`) }).toEqual({ structure, part, tooMuch: [] });
  }
}

function endOfPart(model: Model, world: World, structure: string): number {
  const part = participation(model, structure);
  if (part === 'lead' || part === 'contributor') return Infinity;
  const grants = world.rows('put_access_grant').filter(({ structure_id, kind }) => structure_id === structure && kind === 'lead');
  return Math.max(0, ...grants.map(({ to_seq }) => to_seq as number));
}

/** The referral or handover is one that this structure sent or received: it has answered, or it asked. */
function isOwn(model: Model, world: World, structure: string, about: string | null): boolean {
  const referral = world.rows('put_referral').findIndex(({ id }) => id === about);
  const handover = world.rows('put_handover').findIndex(({ id }) => id === about);
  const [sent, moved] = [model.referrals[referral], model.handovers[handover]];
  const parent = sent && model.referrals.find(({ n }) => n === sent.parent);
  if (sent) return sent.from === structure || (sent.to === structure && sent.disclosed) || parent?.from === structure;
  return moved !== undefined && (moved.from === structure || moved.to === structure);
}

/** Jest's `expect` costs too much to be asked a million times. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}

/** docs/domain.md's invariants on the records of a story in memory, whatever the model thinks of them. */
import type { RecordEvent } from '@fil-rouge/kernel';
import type { Model } from './model';
import { checkSight } from './sight';
import { secret } from './tables';
import type { World } from './world';

/** Of the records that have just been touched, and of those that are read through them. */
export function checkInvariants(models: readonly Model[], worlds: readonly World[], touched: readonly number[]): void {
  for (const [id, world] of worlds.entries()) {
    if (!touched.includes(id)) continue;
    onePerCase(world);
    nothingLeavesTheEnd(world.events);
    // 4. Folding the stream gives exactly the state used for decisions; 6. which holds nothing personal.
    const state = JSON.stringify(world.state);
    if (JSON.stringify(world.folded()) !== state) expect(world.folded()).toEqual(world.state);
    if (state.includes(secret)) throw new Error('The state holds in clear what is personal.');
    if (world.record.case.status === 'erased') nothingIsLeft(world);
    nobodyIsNamed(world.events);
    theyAreLinked(world, worlds);
  }
  for (const [id, model] of models.entries()) {
    if (touched.includes(id) || (model.mergedInto && touched.includes(model.mergedInto.id)))
      checkSight(models, model, worlds[id]!);
  }
}

/** 1. One lead at any instant of an open case, periods without gap or overlap; one open handover at most. */
function onePerCase(world: World): void {
  const { status, grants } = world.record.case;
  const periods = world.rows('put_lead_period').sort((a, b) => (a['from_seq'] as number) - (b['from_seq'] as number));
  periods.forEach((period, index) => {
    const next = periods[index + 1];
    if (!next)
      return must((period['until_seq'] === null) === (status === 'open'), 'an open case has a lead, any other none');
    const reopened = world.events[(next['from_seq'] as number) - 1]!.type === 'CaseReopened';
    if (reopened) must((period['until_seq'] as number) < (next['from_seq'] as number), 'lead periods do not overlap');
    else
      must(
        period['until_seq'] === next['from_seq'] && period['until_at'] === next['from_at'],
        'lead periods meet without gap or overlap',
      );
  });
  must(
    world.rows('put_handover').filter(({ status: of }) => ['proposed', 'requested', 'accepted'].includes(of as string))
      .length <= (status === 'open' ? 1 : 0),
    'one open handover at most, on an open case',
  );
  if (status === 'open' || status === 'closed')
    return must(grants.filter(({ kind }) => kind === 'lead').length === 1, 'one structure has the access of the lead');
  must(grants.length === 0, 'nobody has access to a record that goes on elsewhere, or is erased');
}

const endings =
  /^(Referral(Completed|Declined|Withdrawn|Expired|Returned|Cancelled)|Handover(Declined|Withdrawn|Expired|Cancelled|TookEffect))$/;

/** 2. Nothing follows a terminal event of the same referral or handover, but one voiding; nor of a record, but its erasure. */
function nothingLeavesTheEnd(events: readonly RecordEvent[]): void {
  const ended = new Map<string, string>();
  let over: RecordEvent | undefined;
  for (const event of events) {
    const { about, type } = event;
    if (over && type !== 'CaseErased' && !(over.type === 'CaseErased' && over.at === event.at))
      throw new Error(`${type} after ${over.type}.`);
    if (type === 'MergedInto' || type === 'CaseErased') over = event;
    if (about === null) continue;
    const end = ended.get(about);
    if (end !== undefined && (type !== 'ReferralVoided' || end === 'ReferralVoided'))
      throw new Error(`${type} after ${end}.`);
    if (endings.test(type) || type === 'ReferralVoided') ended.set(about, type);
  }
}

/** 6. Of an erased record that it was there, when it opened and closed, and with which other it was one. */
function nothingIsLeft(world: World): void {
  const left = world.tables.mentioning(world.id).filter((call) => !['put_case_file', 'put_case_merge'].includes(call));
  if (left.length > 0) throw new Error(`After the erasure something of the record is left by ${left.join(', ')}.`);
  must(
    world.record.referrals.open.length === 0 && world.record.handover.open === null,
    'nothing is open on an erased record',
  );
}

/** Who is told that another structure was faster is not told which, nor by whom. */
function nobodyIsNamed(events: readonly RecordEvent[]): void {
  const filled = events.filter(({ data }) => data['reason'] === 'filled_elsewhere');
  must(
    filled.every(({ actor, structure }) => actor === null && structure === null),
    'nobody stands on what another acceptance cancelled',
  );
}

/** Both chains of a merged pair: the survivor names the head that the other one had, and what it said since is the end. */
function theyAreLinked(world: World, worlds: readonly World[]): void {
  for (const { type, data, at } of world.events) {
    if (type !== 'RecordsMerged') continue;
    const loser = worlds.find(({ id }) => id === data['loserId'])!;
    const version = data['loserVersion'] as number;
    must(data['loserHash'] === loser.hashAt(version), 'the survivor anchors the head of the other record');
    const since = loser.events.slice(version);
    const merged = since.findIndex((event) => event.type === 'MergedInto');
    must(
      since[merged]?.data['survivorId'] === world.id && since.slice(0, merged + 1).every((event) => event.at === at),
      'the other record ends with the merge',
    );
  }
}

/** Jest's `expect` costs too much to be asked a million times. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}.`);
}

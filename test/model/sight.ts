/** Invariant 3: what each structure reads of a record, against what it may read by the part it has and had in it. */
import { horizonsIn, type GrantOnRecord } from '../../libs/cases/src/merge/merge.policy';
import { maySeeEvent } from '@fil-rouge/cases';
import { participation, type Handover, type Model } from './model';
import type { World } from './world';

/** Of an event what decides who reads it; `about` in the model's words. */
export interface Shown {
  seq: number;
  type: string;
  audience: 'record' | 'about' | 'desk';
  structure: string | null;
  about: () => string | null;
}

export function checkSight(models: readonly Model[], model: Model, world: World): void {
  const grants = world.tables.all('put_access_grant') as unknown as GrantOnRecord[];
  const merges = world.tables
    .all('put_case_merge')
    .map(({ id, case_id, seq }) => ({ id: id as string, into: case_id as string, seq: seq as number }));
  const parties = world.rows('put_party') as unknown as {
    about: string;
    structure_id: string;
    from_event: string | null;
    until_seq: number | null;
  }[];
  for (const structure of Object.keys(model.structures)) {
    const horizons = horizonsIn(
      world.id,
      structure,
      grants.filter(({ structure_id }) => structure_id === structure),
      merges,
    );
    const mine = new Map(
      parties
        .filter(({ structure_id }) => structure_id === structure)
        .map(({ about, until_seq }) => [about, until_seq ?? Infinity]),
    );
    // What begins on a record that ended in this one is read from the first on.
    const begins = new Map(
      parties
        .filter(({ structure_id }) => structure_id === structure)
        .map(({ about, from_event }) => [about, world.events.find(({ id }) => id === from_event)?.seq ?? 0]),
    );
    const judge = judgeOf(models, model, structure);
    for (const { seq, type, about, audience, structure: author } of world.events) {
      const sees = maySeeEvent(horizons, {
        seq,
        structure_id: author,
        audience,
        party_from: begins.get(about ?? '') ?? null,
        party_until: (about !== null && mine.get(about)) || null,
      });
      judge({ seq, type, audience, structure: author, about: () => world.tables.nameOf(about) }, sees);
    }
    for (const handover of model.handovers)
      if (handover.blind && handover.to === structure) blindly(handover, world, structure, horizons.lead, mine);
  }
}

/** Throws when that structure reads an event that it may not, or does not read one that it may. */
export function judgeOf(
  models: readonly Model[],
  model: Model,
  structure: string,
): (event: Shown, sees: boolean) => void {
  const reach = reachOf(models, model, structure);
  return (event, sees) => {
    const reads =
      event.audience !== 'desk' &&
      (event.structure === structure || event.seq <= (event.audience === 'record' ? reach.thread : reach.all));
    if (sees === reads) return;
    if (reads) throw new Error(`${structure} is kept from event ${event.seq}, ${event.type}, of record ${model.id}.`);
    // What it sent or was sent, it may know the end of; the thread is over for it.
    if (!isOwn(models, structure, { ...event, record: model.id, name: event.about() }))
      throw new Error(`${structure} reads event ${event.seq}, ${event.type}, of record ${model.id}.`);
  };
}

interface Reach {
  thread: number;
  all: number;
}

/** A lead everything, a contributor the thread, a former lead up to the end of its lead; of a record that ended, also what it reads of the one that goes on. */
function reachOf(models: readonly Model[], model: Model, structure: string): Reach {
  const part = participation(model, structure);
  const former = model.formers[structure];
  const led = part === 'lead' ? Infinity : former?.kind === 'former_lead' ? former.position : 0;
  const own = { thread: part === 'contributor' ? Infinity : led, all: led };
  if (!model.mergedInto) return own;
  const { id, position } = model.mergedInto;
  const through = reachOf(models, models[id]!, structure);
  return {
    thread: through.thread >= position ? Infinity : own.thread,
    all: through.all >= position ? Infinity : own.all,
  };
}

/** The referral or handover is one that this structure sent or received: it has answered, or it asked. Of a draft whoever did not make it reads one wording. */
function isOwn(
  models: readonly Model[],
  structure: string,
  { record, seq, type, name }: Pick<Shown, 'seq' | 'type'> & { record: number; name: string | null },
): boolean {
  const sent = models.flatMap(({ referrals }) => referrals).find(({ n }) => name === `referral ${n}`);
  const moved = models.flatMap(({ handovers }) => handovers).find(({ n }) => name === `handover ${n}`);
  if (sent?.from === structure) return true;
  if (sent?.formerParents.some((one) => one.structure === structure && one.record === record && seq < one.position))
    return true;
  if (sent && /^ReferralDraft/.test(type) && (sent.worded.record !== record || sent.worded.position !== seq))
    return false;
  if (sent) return (sent.to === structure && sent.disclosed) || sent.parentFrom === structure;
  return moved !== undefined && (moved.from === structure || moved.to === structure);
}

/** Who asked for a case without knowing whose it is sees its own request, and how it ended. */
function blindly(
  { n }: Handover,
  world: World,
  structure: string,
  lead: number,
  mine: ReadonlyMap<string, number>,
): void {
  const row = world.tables
    .all('put_handover_access')
    .find(({ id, structure_id }) => structure_id === structure && world.tables.nameOf(id) === `handover ${n}`);
  if (row?.['case_id'] !== null || row['from_structure_id'] !== null || row['from_counsellor_id'] !== null)
    throw new Error(`${structure} asked blindly and is told whose case it is.`);
  const read = world.events.filter(
    ({ about, seq }) => about === row['id'] && seq > lead && seq <= mine.get(about as string)!,
  );
  if (read.some((event) => 'fromStructureId' in event.data))
    throw new Error(`${structure} asked blindly and reads who leads.`);
}

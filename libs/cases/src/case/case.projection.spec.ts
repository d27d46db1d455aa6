import fc from 'fast-check';
import type { Actor, Decided, JsonObject, RecordEvent } from '@fil-rouge/kernel';
import { fromAbove, Story } from '../../../../test/support/given';
import { participationOf, type AccessChange, type CaseRecord, type CaseState } from './case';
import { openRow, type AccessRow, type GrantImage, type LeadPeriodRow } from './case.projection';
import { caseSlice } from './case.slice';

const structures = ['departement', 'la-poste', 'afpa', 'croix-rouge'];
const pieces = (n: number): RecordEvent['pieces'] => [
  { kind: 'first_name', value: { firstName: 'Nadia' } },
  { kind: 'identity', value: { lastName: `Ferrand${n}` } },
  { kind: 'profile', value: { commune: `7200${n % 10}` } },
];

interface TokenRow {
  structure_id?: string;
  from_structure_id?: string;
  to_structure_id?: string;
  token?: { keyed: string };
}

const above = fromAbove('case', 'ReferralAccepted', 'ReferralCompleted', 'ReferralDrafted', 'HandoverTookEffect');
const somebody: Actor = { userId: 'somebody', structureId: 'departement', role: 'counsellor', territory: null };

/** A record and the read tables that its changes make, as the database would hold them. */
class World extends Story<CaseRecord> {
  readonly tokens = new Map<string, Set<string>>();

  constructor() {
    super('case', [caseSlice, above]);
  }

  get state(): CaseState {
    return this.record.case;
  }

  happen(type: string, data: AccessChange & JsonObject, more: Partial<Decided> = {}): this {
    this.now = new Date(Date.parse(this.now) + 1001).toISOString();
    this.happened(somebody, { type, data, ...more });
    for (const { call, rows } of this.changes)
      if (call.endsWith('search_token')) this.keepTokens(call, rows as TokenRow[]);
    return this;
  }

  access = (structureId: string): AccessRow | undefined =>
    this.rows<AccessRow>('put_case_access').find((row) => row.structure_id === structureId);

  private keepTokens(call: string, rows: TokenRow[]): void {
    for (const { structure_id, from_structure_id = '', to_structure_id = '', token } of rows) {
      const structure = structure_id ?? to_structure_id;
      if (call === 'remove_all_search_token') this.tokens.delete(structure);
      else if (call === 'copy_search_token') this.tokens.set(structure, new Set(this.tokens.get(from_structure_id)));
      else this.tokens.set(structure, new Set([...(this.tokens.get(structure) ?? []), token!.keyed]));
    }
  }

  open = (): this =>
    this.happen(
      'CaseOpened',
      {
        opened: [{ id: 'opening', structureId: 'departement', kind: 'lead', source: 'case' }],
        lead: { structureId: 'departement', counsellorId: 'c' },
      },
      { pieces: pieces(0) },
    );
  accept = (structureId: string): this =>
    this.happen('ReferralAccepted', {
      opened: [{ id: `r${this.events.length}`, structureId, kind: 'contributor', source: 'referral' }],
    });
  end = (structureId: string, kind: string): this =>
    this.happen('ReferralCompleted', {
      ended: this.state.grants
        .filter((grant) => grant.structureId === structureId && grant.kind === kind)
        .map(({ id }) => id),
    });
  handover = (structureId: string): this =>
    this.happen('HandoverTookEffect', {
      ended: this.state.grants.filter(({ kind }) => kind === 'lead').map(({ id }) => id),
      opened: [{ id: `h${this.events.length}`, structureId, kind: 'lead', source: 'handover' }],
      lead: { structureId, counsellorId: null },
    });
  correct = (): this => this.happen('ResidentCorrected', {}, { pieces: pieces(this.events.length) });
}

it('freezes a former lead as of the end, with the name of the new one; its words still find the case', () => {
  const world = new World().open().handover('afpa');
  const frozen = world.access('departement')!;
  expect(frozen).toMatchObject({
    participation: 'former_lead',
    until_seq: 2,
    lead_structure_id: 'afpa',
    identity_event: 'event-1',
    commune: '72000',
  });
  world.correct().happen('SessionRecorded', {});
  expect(world.access('departement')).toEqual(frozen);
  expect(world.access('afpa')).toMatchObject({ participation: 'lead', identity_event: 'event-3', until_seq: null });
  expect(world.tokens.get('departement')).toContain('w:ferrand0');
  expect(world.tokens.get('afpa')).toContain('w:ferrand2');
  expect(world.tokens.get('afpa')).not.toContain('w:ferrand0');
});

it('leaves a former contributor nothing of the resident, nor a word to find the case by', () => {
  const world = new World().open().accept('la-poste');
  expect(world.tokens.get('la-poste')).toEqual(world.tokens.get('departement'));
  world.end('la-poste', 'contributor');
  expect(world.access('la-poste')).toMatchObject({
    participation: 'former_contributor',
    until_seq: 3,
    first_name_event: null,
    identity_event: null,
    profile_event: null,
    commune: null,
    themes: [],
    lead_structure_id: null,
  });
  expect(world.tokens.has('la-poste')).toBe(false);
});

it('a former lead that contributes again keeps, in the end, what it had as lead', () => {
  const world = new World().open().handover('afpa').accept('departement').correct();
  expect(world.access('departement')).toMatchObject({ participation: 'contributor', identity_event: 'event-4' });
  world.end('departement', 'contributor');
  expect(world.access('departement')).toMatchObject({
    participation: 'former_lead',
    until_seq: 2,
    identity_event: 'event-1',
    commune: '72000',
  });
  // Its words said by then what was corrected after its end as lead.
  expect(world.tokens.has('departement')).toBe(false);
});

it('shows a contributor nothing of a conversation it is not in', () => {
  const world = new World().open().accept('la-poste');
  const seen = world.access('la-poste');
  world.happen('ReferralDrafted', {}, { audience: 'about', about: 'other' });
  expect(world.access('la-poste')).toEqual(seen);
  expect(world.access('departement')!.last_activity_at).not.toBe(seen!.last_activity_at);
});

it('closes a lead period before it opens the next; none while the case is closed', () => {
  const world = new World().open().handover('afpa').happen('CaseClosed', { reason: 'need_met' });
  world.happen('CaseReopened', { lead: { structureId: 'afpa', counsellorId: 'd' } });
  const periods = world
    .rows<LeadPeriodRow>('put_lead_period')
    .map(({ structure_id, from_seq, until_seq }) => [structure_id, from_seq, until_seq]);
  expect(periods).toEqual([
    ['departement', 1, 2],
    ['afpa', 2, 3],
    ['afpa', 4, null],
  ]);
});

const step = fc.oneof(
  fc.constantFrom(...structures).map((structure) => (world: World) => world.accept(structure)),
  fc.constantFrom(...structures).map((structure) => (world: World) => world.end(structure, 'contributor')),
  fc.constantFrom(...structures).map((structure) => (world: World) => world.handover(structure)),
  fc.constant((world: World) => world.correct()),
  fc.constant((world: World) => world.happen('SessionRecorded', {})),
  fc.constant((world: World) => world.happen('ReferralDrafted', {}, { audience: 'about', about: 'other' })),
);

it('whatever opens and ends: rows equal the state, frozen rows never move, lead periods have neither gap nor overlap', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World().open();
      for (const act of steps) {
        const frozen = structures
          .filter((structure) => world.access(structure)?.until_seq)
          .map((structure) => [structure, world.access(structure)] as const);
        act(world);
        for (const [structure, row] of frozen) {
          const open = world.state.grants.some(
            (grant) => grant.structureId === structure && grant.kind !== 'candidate',
          );
          if (!open) expect(world.access(structure)).toEqual(row);
        }
        for (const structure of structures) expectRow(world, structure);
        expectLeads(world);
        expectGrants(world);
      }
    }),
  );
});

function expectRow(world: World, structure: string): void {
  const row = world.access(structure);
  const participation = participationOf(world.state, structure);
  if (participation === null) return expect(row).toBeUndefined();
  expect(row!.participation).toBe(participation);
  if (participation === 'lead' || participation === 'contributor')
    return expect(row).toEqual(openRow('case', world.state, structure));
  expect(row!.until_seq).toBe(world.state.formers[structure]!.seq);
  // What is kept was written while the structure led: never something that came later.
  const kept = row!.identity_event;
  expect(kept === null ? participation : Number(kept.slice('event-'.length)) <= row!.until_seq!).toBe(
    kept === null ? 'former_contributor' : true,
  );
}

function expectLeads(world: World): void {
  const periods = world.rows<LeadPeriodRow>('put_lead_period');
  expect(periods.map(({ from_seq }) => from_seq)).toEqual([
    1,
    ...periods.slice(0, -1).map(({ until_seq }) => until_seq),
  ]);
  expect(periods.at(-1)).toMatchObject({
    id: world.state.lead!.periodId,
    structure_id: world.state.lead!.structureId,
    until_seq: null,
  });
}

function expectGrants(world: World): void {
  const open = world.rows<GrantImage>('put_access_grant').filter(({ to_seq }) => to_seq === null);
  expect(open.map(({ id }) => id).sort()).toEqual(world.state.grants.map(({ id }) => id).sort());
}

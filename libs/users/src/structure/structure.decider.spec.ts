import {
  system,
  structureStatusValues,
  type Actor,
  type Context,
  type Decided,
  type StructureStatus,
} from '@fil-rouge/kernel';
import { codeOf, given, type Story } from '../../../../test/support/given';
import {
  changeOffer,
  correctStructure,
  decideOnStructure,
  declareStructure,
  nextStatuses,
  type CorrectionInput,
} from './structure.decider';
import { covers, type StructureRecord, type StructureState } from './structure';
import { structureSlice } from '../users.slices';

const actor = (role: Actor['role'], structureId = 's1'): Actor => ({
  userId: 'u1',
  structureId,
  role,
  territory: null,
});
const structure = (...decided: Decided[]): Story<StructureRecord> =>
  given<StructureRecord>('structure', [structureSlice], { id: 's1' }).happened(actor('manager'), ...decided);
const context = (who: Actor): Context => structure().context(who);
const administrator = context(actor('administrator'));

const declaration = {
  name: 'Épicerie du Mans',
  typology: 'ASSO',
  services: [],
  territory: { communes: ['72181'], departement: null },
} as const;
const declared = () =>
  declareStructure(
    { ...declaration, services: [], territory: { communes: ['72181'], departement: null } },
    administrator,
  );

const fold = (decisions: Decided[]): StructureState => structure(...decisions).record.structure;
const inStatus = (status: StructureStatus): StructureState => ({ ...fold(declared()), status });

describe('declaring', () => {
  it('gives a declared structure that takes referrals', () => {
    expect(fold(declared())).toMatchObject({
      status: 'declared',
      version: 1,
      name: 'Épicerie du Mans',
      acceptsReferrals: true,
      capacity: 'open',
      decisions: 0,
    });
  });

  it('is for coordinators and administrators', () => {
    const by = (role: Actor['role']) =>
      codeOf(() =>
        declareStructure(
          { ...declaration, services: [], territory: { communes: [], departement: null } },
          context(actor(role)),
        ),
      );
    expect(
      ['counsellor', 'manager', 'auditor', 'coordinator', 'administrator'].map((role) => by(role as Actor['role'])),
    ).toEqual(['forbidden', 'forbidden', 'forbidden', 'done', 'done']);
  });
});

describe('a decision of the State', () => {
  it.each(structureStatusValues)('from %s leads only where the table says', (from) => {
    const reached = structureStatusValues.filter(
      (status) =>
        codeOf(() => decideOnStructure(inStatus(from), { status, decidedOn: '2026-11-20' }, administrator)) === 'done',
    );
    expect(new Set(reached)).toEqual(new Set(nextStatuses[from]));
  });

  it('never leaves closed, and says what is possible elsewhere', () => {
    expect(nextStatuses.closed).toEqual([]);
    expect(() =>
      decideOnStructure(inStatus('active'), { status: 'declared', decidedOn: '2026-11-20' }, administrator),
    ).toThrow(
      expect.objectContaining({ code: 'wrong-state', members: { status: 'active', actions: ['suspended', 'closed'] } }),
    );
  });

  it('is counted and dated, and keeps what it replaced', () => {
    const decision = decideOnStructure(
      inStatus('declared'),
      { status: 'active', decidedOn: '2026-11-20', reference: 'A-1' },
      administrator,
    );
    expect(decision[0]!.data).toMatchObject({ status: 'active', previous: 'declared', reference: 'A-1' });
    expect(fold([...declared(), ...decision])).toMatchObject({
      status: 'active',
      version: 2,
      decisions: 1,
      decidedOn: '2026-11-20',
    });
  });

  it('is refused to others, then when stale, then by state, then by date', () => {
    const input = { status: 'declared', decidedOn: '2027-01-01', ifMatch: 9 } as const;
    expect(codeOf(() => decideOnStructure(inStatus('active'), input, context(actor('coordinator'))))).toBe('forbidden');
    expect(codeOf(() => decideOnStructure(inStatus('active'), input, administrator))).toBe('stale');
    expect(codeOf(() => decideOnStructure(inStatus('active'), { ...input, ifMatch: 1 }, administrator))).toBe(
      'wrong-state',
    );
    expect(
      codeOf(() => decideOnStructure(inStatus('active'), { ...input, ifMatch: 1, status: 'closed' }, administrator)),
    ).toBe('invalid');
  });
});

describe('an offer', () => {
  const offer = {
    services: [],
    acceptsReferrals: false,
    capacity: 'full',
    territory: { communes: null, departement: '72' },
  } as const;
  const change = (who: Actor) => changeOffer('s1', inStatus('active'), { ...offer, services: [] }, context(who));

  it('is changed by the own manager only', () => {
    expect(codeOf(() => change(actor('manager', 's1')))).toBe('done');
    expect(
      [actor('manager', 's2'), actor('counsellor', 's1'), actor('administrator', 's1')].map((who) =>
        codeOf(() => change(who)),
      ),
    ).toEqual(['forbidden', 'forbidden', 'forbidden']);
  });

  it('is changed in part, the capacity alone by a counsellor too', () => {
    const partly = (who: Actor, part: object) => changeOffer('s1', inStatus('active'), part, context(who));
    expect(partly(actor('counsellor'), { capacity: 'full' })).toEqual([
      {
        type: 'OfferChanged',
        data: { services: [], acceptsReferrals: true, capacity: 'full', communes: ['72181'], departement: null },
      },
    ]);
    expect(codeOf(() => partly(actor('counsellor'), { capacity: 'full', acceptsReferrals: true }))).toBe('forbidden');
    expect(codeOf(() => partly(actor('counsellor', 's2'), { capacity: 'full' }))).toBe('forbidden');
    expect(partly(actor('manager'), { acceptsReferrals: false })[0]!.data).toMatchObject({
      acceptsReferrals: false,
      capacity: 'open',
      communes: ['72181'],
    });
    expect(partly(actor('manager'), {})).toEqual([]);
  });

  it('replaces all of it, and the same offer again is no event', () => {
    const changed = fold([...declared(), ...change(actor('manager'))]);
    expect(changed).toMatchObject({
      acceptsReferrals: false,
      capacity: 'full',
      communes: null,
      departement: '72',
      version: 2,
    });
    expect(changeOffer('s1', changed, { ...offer, services: [] }, context(system))).toEqual([]);
  });
});

describe('a correction', () => {
  const noManager = { ...inStatus('declared'), declaredBy: 'u1' };
  const manager = { userId: 'chief', employmentId: 'm', role: 'manager', from: '2027-01-04', until: null } as const;
  const correct = (
    who: Actor,
    input: CorrectionInput = { name: 'Épicerie solidaire' },
    state: StructureState = noManager,
  ) => correctStructure(state, input, context(who));

  it('is made by whoever declared it until it has a manager, and by an administrator', () => {
    expect(codeOf(() => correct(actor('coordinator')))).toBe('done');
    expect(codeOf(() => correct({ ...actor('coordinator'), userId: 'u2' }))).toBe('forbidden');
    expect(codeOf(() => correct(actor('coordinator'), undefined, { ...noManager, staff: [manager] }))).toBe(
      'forbidden',
    );
    expect(codeOf(() => correct(actor('administrator'), undefined, { ...noManager, staff: [manager] }))).toBe('done');
    expect([actor('manager'), actor('counsellor'), actor('auditor')].map((who) => codeOf(() => correct(who)))).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
    ]);
  });

  it('says what is different, with the name until then, and nothing when nothing is', () => {
    const [corrected] = correct(actor('coordinator'), {
      name: 'Épicerie solidaire',
      typology: 'ASSO',
      siret: '13002526500013',
    });
    expect(corrected).toEqual({
      type: 'StructureCorrected',
      data: { name: 'Épicerie solidaire', before: 'Épicerie du Mans', siret: '13002526500013' },
    });
    expect(fold([...declared(), corrected!])).toMatchObject({
      name: 'Épicerie solidaire',
      typology: 'ASSO',
      siret: '13002526500013',
      communes: ['72181'],
      version: 2,
    });
    const moved = correct(actor('coordinator'), { territory: { communes: null, departement: '72' } });
    expect(fold([...declared(), ...moved])).toMatchObject({
      communes: null,
      departement: '72',
      name: 'Épicerie du Mans',
    });
    expect(correct(actor('coordinator'), { name: 'Épicerie du Mans', siret: null })).toEqual([]);
    expect(codeOf(() => correct(actor('coordinator'), { name: 'Autre', ifMatch: 9 }))).toBe('stale');
  });
});

it('covers its communes, or every commune of its département and none beside', () => {
  expect(covers({ communes: ['72181'], departement: null }, '72181')).toBe(true);
  expect(covers({ communes: ['72181'], departement: null }, '72003')).toBe(false);
  expect(covers({ communes: null, departement: '72' }, '72003')).toBe(true);
  expect(covers({ communes: null, departement: '72' }, '53037')).toBe(false);
});

it('is projected whole with every event, and each decision once', () => {
  const story = structure(...declared());
  expect(story.changes.map(({ call }) => call)).toEqual(['put_structure']);
  story
    .when(actor('administrator'), ({ structure: state }, around) =>
      decideOnStructure(state, { status: 'active', decidedOn: '2026-11-20' }, around),
    )
    .then({ events: [{ id: 'event-2' }] });
  const [row, decision] = story.changes;
  expect(row!.rows).toEqual([
    expect.objectContaining({
      id: 's1',
      case_id: 's1',
      search_name: 'epicerie du mans',
      communes: ['72181'],
      version: 2,
      decided_on: '2026-11-20',
    }),
  ]);
  expect(decision).toEqual({
    call: 'put_structure_decision',
    rows: [
      expect.objectContaining({ id: 'event-2', case_id: 's1', status: 'active', decided_by: 'u1', reference: null }),
    ],
  });
});

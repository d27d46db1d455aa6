import { system, structureStatusValues, type Actor, type Context, type Decided, type RecordEvent, type StructureStatus } from '@fil-rouge/kernel';
import { changeOffer, decideOnStructure, declareStructure, nextStatuses } from './structure.decider';
import { covers, evolveStructure, initialStructure, type StructureState } from './structure';
import { projectStructure } from './structure.projection';

const actor = (role: Actor['role'], structureId = 's1'): Actor => ({ userId: 'u1', structureId, role, territory: null });
const context = (who: Actor): Context => ({
  now: '2026-11-23T09:00:00.000Z', today: '2026-11-23', actor: who, seq: 0, newId: () => 'new', fact: () => undefined, row: () => undefined, piece: () => undefined,
});
const administrator = context(actor('administrator'));

const declaration = { name: 'Épicerie du Mans', typology: 'ASSO', services: [], territory: { communes: ['72181'], departement: null } } as const;
const declared = () => declareStructure({ ...declaration, services: [], territory: { communes: ['72181'], departement: null } }, administrator);

const eventOf = ({ type, data }: Decided, seq: number): RecordEvent => ({
  id: `e${seq}`, stream: 's1', seq, type, schema: 1, at: administrator.now, recordedAt: administrator.now, actor: 'u1', structure: 's1', data, pieces: [], about: null, audience: 'record',
});
const fold = (decisions: Decided[]): StructureState => decisions.reduce((state, decision, index) => evolveStructure(state, eventOf(decision, index + 1)), initialStructure);
const inStatus = (status: StructureStatus): StructureState => ({ ...fold(declared()), status });
const code = (decide: () => unknown): string => {
  try {
    decide();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('declaring', () => {
  it('gives a declared structure that takes referrals', () => {
    expect(fold(declared())).toMatchObject({ status: 'declared', version: 1, name: 'Épicerie du Mans', acceptsReferrals: true, capacity: 'open', decisions: 0 });
  });

  it('is for coordinators and administrators', () => {
    const by = (role: Actor['role']) => code(() => declareStructure({ ...declaration, services: [], territory: { communes: [], departement: null } }, context(actor(role))));
    expect(['counsellor', 'manager', 'auditor', 'coordinator', 'administrator'].map((role) => by(role as Actor['role']))).toEqual(['forbidden', 'forbidden', 'forbidden', 'none', 'none']);
  });
});

describe('a decision of the State', () => {
  it.each(structureStatusValues)('from %s leads only where the table says', (from) => {
    const reached = structureStatusValues.filter((status) => code(() => decideOnStructure(inStatus(from), { status, decidedOn: '2026-11-20' }, administrator)) === 'none');
    expect(new Set(reached)).toEqual(new Set(nextStatuses[from]));
  });

  it('never leaves closed, and says what is possible elsewhere', () => {
    expect(nextStatuses.closed).toEqual([]);
    expect(() => decideOnStructure(inStatus('active'), { status: 'declared', decidedOn: '2026-11-20' }, administrator))
      .toThrow(expect.objectContaining({ code: 'wrong-state', members: { status: 'active', actions: ['suspended', 'closed'] } }));
  });

  it('is counted and dated, and keeps what it replaced', () => {
    const decision = decideOnStructure(inStatus('declared'), { status: 'active', decidedOn: '2026-11-20', reference: 'A-1' }, administrator);
    expect(decision[0]!.data).toMatchObject({ status: 'active', previous: 'declared', reference: 'A-1' });
    expect(fold([...declared(), ...decision])).toMatchObject({ status: 'active', version: 2, decisions: 1, decidedOn: '2026-11-20' });
  });

  it('is refused to others, then when stale, then by state, then by date', () => {
    const input = { status: 'declared', decidedOn: '2027-01-01', ifMatch: 9 } as const;
    expect(code(() => decideOnStructure(inStatus('active'), input, context(actor('coordinator'))))).toBe('forbidden');
    expect(code(() => decideOnStructure(inStatus('active'), input, administrator))).toBe('stale');
    expect(code(() => decideOnStructure(inStatus('active'), { ...input, ifMatch: 1 }, administrator))).toBe('wrong-state');
    expect(code(() => decideOnStructure(inStatus('active'), { ...input, ifMatch: 1, status: 'closed' }, administrator))).toBe('invalid');
  });
});

describe('an offer', () => {
  const offer = { services: [], acceptsReferrals: false, capacity: 'full', territory: { communes: null, departement: '72' } } as const;
  const change = (who: Actor) => changeOffer('s1', inStatus('active'), { ...offer, services: [] }, context(who));

  it('is changed by the own manager only', () => {
    expect(code(() => change(actor('manager', 's1')))).toBe('none');
    expect([actor('manager', 's2'), actor('counsellor', 's1'), actor('administrator', 's1')].map((who) => code(() => change(who)))).toEqual(['forbidden', 'forbidden', 'forbidden']);
  });

  it('replaces all of it, and the same offer again is no event', () => {
    const changed = fold([...declared(), ...change(actor('manager'))]);
    expect(changed).toMatchObject({ acceptsReferrals: false, capacity: 'full', communes: null, departement: '72', version: 2 });
    expect(changeOffer('s1', changed, { ...offer, services: [] }, context(system))).toEqual([]);
  });
});

it('covers its communes, or every commune of its département and none beside', () => {
  expect(covers({ communes: ['72181'], departement: null }, '72181')).toBe(true);
  expect(covers({ communes: ['72181'], departement: null }, '72003')).toBe(false);
  expect(covers({ communes: null, departement: '72' }, '72003')).toBe(true);
  expect(covers({ communes: null, departement: '72' }, '53037')).toBe(false);
});

it('is projected whole with every event, and each decision once', () => {
  const decisions = [...declared(), ...decideOnStructure(inStatus('declared'), { status: 'active', decidedOn: '2026-11-20' }, administrator)];
  const record = { structure: fold(decisions) };
  expect(projectStructure(record, record, eventOf(decisions[0]!, 1)).map(({ call }) => call)).toEqual(['put_structure']);
  const [row, decision] = projectStructure(record, record, eventOf(decisions[1]!, 2));
  expect(row!.rows).toEqual([expect.objectContaining({ id: 's1', case_id: 's1', search_name: 'epicerie du mans', communes: ['72181'], version: 2, decided_on: '2026-11-20' })]);
  expect(decision).toEqual({ call: 'put_structure_decision', rows: [expect.objectContaining({ id: 'e2', case_id: 's1', status: 'active', decided_by: 'u1', reference: null })] });
});

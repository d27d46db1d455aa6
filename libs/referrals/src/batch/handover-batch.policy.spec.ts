import type { BatchKind } from '@fil-rouge/kernel';
import type { Leaving } from './handover-batch';
import { proposalsFor, type Colleague, type Destination, type Field, type LedCase } from './handover-batch.policy';

const tools = 'Maîtrise des outils numériques du quotidien';
const procedures = 'Aide aux démarches administratives';

const leaving = (kind: BatchKind = 'counsellor_leaves', more: Partial<Leaving> = {}): Leaving => ({
  kind,
  structureId: 'departement',
  userId: kind.startsWith('structure') ? null : 'anne',
  toStructureId: null,
  ...more,
});
const led = (more: Partial<LedCase> = {}): LedCase => ({
  caseId: 'case',
  commune: '72264',
  themes: ['email'],
  objections: [],
  ...more,
});
const structure = (id: string, more: Partial<Destination> = {}): Destination => ({
  id,
  services: [tools],
  communes: null,
  departement: '72',
  acceptsReferrals: true,
  capacity: 'open',
  placedAt: [],
  receivesAt: [],
  openCases: 0,
  ...more,
});
const colleague = (userId: string, openCases: number, more: Partial<Colleague> = {}): Colleague => ({
  userId,
  structureId: 'departement',
  role: 'counsellor',
  placedAt: [],
  openCases,
  ...more,
});
const goesTo = (who: Leaving, one: LedCase, field: Partial<Field>): string | null => {
  const [proposal] = proposalsFor(who, [one], { destinations: [], colleagues: [], ...field });
  return proposal ? [proposal.structureId, proposal.counsellorId].filter(Boolean).join('/') : null;
};

describe('where a case could go', () => {
  it('stays in the structure, with the colleague who has fewest open cases, never the leaver or a manager', () => {
    const colleagues = [
      colleague('anne', 0),
      colleague('omar', 3),
      colleague('line', 2),
      colleague('chef', 0, { role: 'manager' }),
      colleague('paul', 0, { structureId: 'afpa' }),
    ];
    expect(goesTo(leaving(), led(), { colleagues, destinations: [structure('la-poste')] })).toBe('departement/line');
  });

  it('stays where the resident is: who works in the communauté de communes, then in the next one, then whoever has fewest cases', () => {
    const [paysSabolien, paysFlechois, maineSaosnois] = ['247200090', '247200348', '200072676'];
    const omar = colleague('omar', 30, { placedAt: [paysSabolien] });
    const rosa = colleague('rosa', 12, { placedAt: [paysFlechois] });
    const idle = [colleague('line', 1, { placedAt: [maineSaosnois] }), colleague('zoé', 0)];
    expect(goesTo(leaving(), led(), { colleagues: [...idle, rosa, omar] })).toBe('departement/omar');
    expect(goesTo(leaving(), led(), { colleagues: [...idle, rosa] })).toBe('departement/rosa');
    expect(goesTo(leaving(), led(), { colleagues: idle })).toBe('departement/zoé');
    expect(
      proposalsFor(leaving(), [led(), led({ commune: '72154' })], {
        colleagues: [omar, rosa, ...idle],
        destinations: [],
      }).map((proposal) => proposal!.because),
    ).toEqual([
      ['same_structure', 'same_epci', 'load'],
      ['same_structure', 'same_epci', 'load'],
    ]);
  });

  it('goes to a structure nearby that offers what is needed before one that works everywhere', () => {
    const everywhere = structure('everywhere', { services: [tools, procedures] });
    const townHall = structure('town-hall', { communes: ['72264'], departement: null, openCases: 50 });
    const placed = structure('placed', { placedAt: ['247200090'], openCases: 20 });
    const useless = structure('useless', { communes: ['72264'], departement: null, services: [procedures] });
    const all = [everywhere, placed, townHall, useless];
    const order: (string | null)[] = [];
    for (let left = all; left.length > 0; left = left.filter(({ id }) => id !== order.at(-1)))
      order.push(goesTo(leaving('structure_closed'), led(), { destinations: left }));
    expect(order).toEqual(['town-hall', 'placed', 'everywhere', 'useless']);
  });

  it('leaves when nobody is there, or the structure itself goes', () => {
    const destinations = [structure('departement'), structure('la-poste')];
    expect(goesTo(leaving(), led(), { colleagues: [colleague('anne', 0)], destinations })).toBe('la-poste');
    for (const kind of ['structure_closed', 'structure_suspended'] as const) {
      expect(goesTo(leaving(kind), led(), { colleagues: [colleague('line', 0)], destinations })).toBe('la-poste');
    }
  });

  it('goes by offer, then by load, inside the territory; a full structure comes last', () => {
    const administrative = led({ themes: ['aide_aux_demarches_administratives', 'logement'] });
    const free = structure('free', { openCases: 1 });
    const offers = structure('offers', { services: [procedures], openCases: 90 });
    const elsewhere = structure('elsewhere', { services: [procedures], departement: '53' });
    const full = structure('full', { services: [procedures], capacity: 'full' });
    expect(goesTo(leaving(), administrative, { destinations: [free, offers, elsewhere, full] })).toBe('offers');
    expect(goesTo(leaving(), administrative, { destinations: [free, elsewhere, full] })).toBe('free');
    expect(goesTo(leaving(), administrative, { destinations: [elsewhere, full] })).toBe('full');
    expect(goesTo(leaving(), administrative, { destinations: [elsewhere] })).toBeNull();
    expect(
      goesTo(leaving(), led(), {
        destinations: [structure('busy', { openCases: 9 }), structure('idle', { openCases: 8 })],
      }),
    ).toBe('idle');
  });

  it('never goes where the resident objects, or where nobody is taken', () => {
    const destinations = [structure('la-poste'), structure('closed-door', { acceptsReferrals: false })];
    expect(goesTo(leaving(), led({ objections: [{ against: 'la-poste' }] }), { destinations })).toBeNull();
    expect(
      goesTo(leaving(), led({ objections: [{ against: 'all' }] }), { destinations: [structure('afpa')] }),
    ).toBeNull();
    expect(
      goesTo(leaving('post_moves', { toStructureId: 'la-poste' }), led({ objections: [{ against: 'la-poste' }] }), {
        destinations: [...destinations, structure('afpa')],
      }),
    ).toBe('afpa');
  });

  it('follows a post, with the same counsellor when already employed there', () => {
    const moves = leaving('post_moves', { toStructureId: 'afpa' });
    expect(goesTo(moves, led(), { destinations: [structure('la-poste')] })).toBe('afpa');
    expect(goesTo(moves, led(), { colleagues: [colleague('anne', 0, { structureId: 'afpa' })] })).toBe('afpa/anne');
  });

  it('shares twelve cases out instead of giving all to one', () => {
    const cases = Array.from({ length: 12 }, (_, n) => led({ caseId: `case-${n}` }));
    const field = { destinations: [], colleagues: [colleague('omar', 0), colleague('line', 4), colleague('zoé', 20)] };
    const given = proposalsFor(leaving(), cases, field).map((proposal) => proposal!.counsellorId);
    expect(['omar', 'line', 'zoé'].map((who) => given.filter((one) => one === who).length)).toEqual([8, 4, 0]);
  });
});

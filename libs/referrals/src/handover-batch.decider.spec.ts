import { Problem, type Actor, type Context, type Decided, type JsonObject, type RecordEvent, type Role } from '@fil-rouge/kernel';
import { evolveCase, initialCase, type CaseState } from '@fil-rouge/cases';
import { carryOut, checkDecisions, onlyStructure, outcomeOf, structureLeaving, type Desk, type Order } from './handover-batch.decider';
import { initialHandover, type HandoverRecord } from './handover';
import { projectBatchItem } from './handover-batch.projection';

const now = '2026-11-23T09:00:00.000Z';
const who = (structureId: string, role: Role): Actor => ({ userId: `${role}@${structureId}`, structureId, role, territory: null });

const opened: RecordEvent = {
  id: 'e1', stream: 'case', seq: 1, type: 'CaseOpened', schema: 1, at: now, recordedAt: now, actor: 'anne', structure: 'departement', about: null, audience: 'record', pieces: [],
  data: { opened: [{ id: 'g', structureId: 'departement', kind: 'lead', source: 'case' }], lead: { structureId: 'departement', counsellorId: 'anne@departement' } } as object as JsonObject,
};
const led: HandoverRecord = { case: evolveCase(initialCase, opened), handover: initialHandover };

const order = (more: Partial<Order>): Order => ({
  itemId: 'item', handoverId: 'h1', leaving: { kind: 'counsellor_leaves', structureId: 'departement', userId: 'anne@departement', toStructureId: null },
  decision: 'colleague', toStructureId: null, toCounsellorId: 'line@departement', closing: null, reason: 'Départ.', ...more,
});

interface Around { actor?: Actor; rows?: Record<string, object>; status?: Record<string, string>; record?: HandoverRecord }

function carried(asked: Partial<Order>, { actor = who('departement', 'manager'), rows = {}, status = {}, record = led }: Around = {}): Decided[] | string {
  const context: Context = {
    now, today: '2026-11-23', actor, seq: 1, newId: () => 'new',
    fact: (id) => {
      if (!id) return undefined;
      const [name, structureId] = id.split('@');
      if (structureId === undefined) return { id, kind: 'structure', version: 1, state: { structure: { status: status[id] ?? 'active' } } };
      return { id, kind: 'person', version: 1, state: { person: { employments: [{ id: name, structureId, role: 'counsellor', from: '2026-01-01', until: null, ended: false }] } } };
    },
    row: <R>(name: string) => rows[name] as R | undefined,
    piece: () => undefined,
  };
  try {
    return carryOut(record, order(asked), context, ({ cancelReferrals }) => {
      if (!cancelReferrals) throw new Problem('open-referrals', 'There are some.');
    });
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
const types = (decided: Decided[] | string): string => (typeof decided === 'string' ? decided : decided.map(({ type }) => type).join(' '));
const coordinator = who('departement', 'coordinator');

const projected = (event: RecordEvent) => projectBatchItem(led.case, led.case, event);

describe('an item of a batch', () => {
  it.each<[string, Partial<Order>, Actor, string]>([
    ['a colleague, by the manager', {}, who('departement', 'manager'), 'HandoverTookEffect'],
    ['a colleague, by the coordinator when the manager is gone', {}, coordinator, 'HandoverTookEffect'],
    ['a structure, by the manager: it is asked', { decision: 'structure', toStructureId: 'afpa', toCounsellorId: null }, who('departement', 'manager'), 'HandoverProposed'],
    ['a structure, by the coordinator: it leads', { decision: 'structure', toStructureId: 'afpa', toCounsellorId: null }, coordinator, 'HandoverTookEffect'],
    ['the end, by the coordinator', { decision: 'close', closing: { reason: 'need_met', cancelReferrals: true } }, coordinator, 'CaseClosed'],
  ])('%s', (_, asked, actor, expected) => {
    const decided = carried(asked, { actor });
    expect(types(decided)).toBe(expected);
    expect((decided as Decided[])[0]!.data['batchItemId']).toBe('item');
  });

  it('says in the same commit that it is done, and as what', () => {
    const done = (asked: Partial<Order>, actor?: Actor): unknown => {
      const [decided] = carried(asked, { actor }) as Decided[];
      return projected({ ...opened, type: decided!.type, data: decided!.data });
    };
    const marked = (outcome: string) => [{ call: 'put_handover_batch_outcome', rows: [{ id: 'item', handover_id: 'h1', outcome, ended_at: now }], once: true }];
    expect(done({})).toEqual(marked('reassigned'));
    expect(done({ decision: 'structure', toStructureId: 'afpa', toCounsellorId: null })).toEqual(marked('proposed'));
    expect(done({ decision: 'structure', toStructureId: 'afpa', toCounsellorId: null }, coordinator)).toEqual(marked('moved'));
    expect(outcomeOf(opened)).toBeUndefined();
    expect(projected(opened)).toEqual([]);
  });

  it.each<[string, object, string | null]>([
    ['HandoverDeclined', {}, 'declined'], ['HandoverWithdrawn', {}, 'withdrawn'], ['HandoverExpired', {}, 'expired'],
    ['HandoverCancelled', { because: 'asked' }, 'cancelled'], ['HandoverCancelled', { because: 'structure_closed' }, 'recipient-not-active'],
    ['HandoverCancelled', { because: 'objection' }, 'objection'],
    ['HandoverCancelled', { because: 'case_closed' }, null], ['HandoverCancelled', { because: 'merged' }, null], ['HandoverCancelled', { because: 'administrative' }, null],
  ])('comes back with the commit that ends its proposal, %s %o: %s', (type, data, failure) => {
    expect(projected({ ...opened, type, data: { handoverId: 'h1', ...data } })).toEqual([{ call: 'put_handover_batch_ending', rows: [{ id: 'h1', failure, ended_at: now }], once: true }]);
  });

  it.each(['CaseErased', 'MergedInto'])('ends with its case, which never opens again: %s', (type) => {
    expect(projected({ ...opened, type, data: {} })[0]).toEqual({ call: 'put_handover_batch_end_of_case', rows: [{ id: 'case', ended_at: now }], once: true });
  });

  it('is no business of a batch about somebody who leads the case no more', () => {
    const by = (structureId: string, counsellorId: string | null): CaseState => ({ ...led.case, lead: { ...led.case.lead!, structureId, counsellorId } });
    const assigned = { ...opened, type: 'LeadAssigned', data: {} };
    expect(projectBatchItem(by('departement', 'lea'), by('departement', 'lea'), assigned)).toEqual([]);
    expect(projectBatchItem(by('departement', 'lea'), by('departement', 'omar'), assigned))
      .toEqual([{ call: 'put_handover_batch_given_away', rows: [{ id: 'case', structure_id: 'departement', user_id: 'omar', at: now }], once: true }]);
  });

  it('is nothing any more when its handover is there, or the case is no longer what was decided about', () => {
    expect(carried({}, { rows: { handover: { id: 'h1' } } })).toEqual([]);
    expect(carried({ leaving: { ...order({}).leaving, structureId: 'afpa' } })).toEqual([]);
    expect(carried({ leaving: { ...order({}).leaving, userId: 'omar@departement' } })).toEqual([]);
    expect(carried({}, { record: { ...led, case: { ...led.case, status: 'closed', lead: null } } })).toEqual([]);
  });

  it('fails with the reason of the rule that refuses', () => {
    expect(carried({ toCounsellorId: 'paul@afpa' })).toBe('invalid');
    expect(carried({}, { status: { departement: 'closed' } })).toBe('recipient-not-active');
    expect(carried({ decision: 'structure', toStructureId: 'afpa' }, { actor: coordinator, status: { afpa: 'suspended' } })).toBe('recipient-not-active');
    expect(carried({ decision: 'structure', toStructureId: 'afpa' }, { status: { departement: 'suspended' } })).toBe('forbidden');
    expect(carried({ decision: 'close', closing: { reason: 'need_met' } })).toBe('open-referrals');
  });
});

describe('a decision', () => {
  const desk: Desk = {
    status: 'prepared', leaving: order({}).leaving, items: new Map([['c1', { state: 'undecided' }], ['c2', { state: 'done' }], ['c3', { state: 'failed' }]]),
    colleagues: new Set(['line', 'anne@departement']), active: new Set(['afpa']), gone: false,
  };
  const refused = (decisions: Parameters<typeof checkDecisions>[0], more: Partial<Desk> = {}): string => {
    try {
      checkDecisions(decisions, { ...desk, ...more });
      return 'none';
    } catch (error) {
      const { code, members } = error as Problem;
      return code === 'invalid' ? `${members.errors![0]!.pointer} ${members.errors![0]!.code}` : code;
    }
  };
  it('is one per case of the batch that is not done, and names who', () => {
    const close = { decision: 'close', reason: 'need_met' } as const;
    expect(refused([{ caseId: 'c1', ...close }, { caseId: 'c3', ...close }])).toBe('none');
    expect(refused([{ caseId: 'c1', ...close }, { caseId: 'c1', ...close }])).toBe('/decisions/1/caseId duplicate');
    expect(refused([{ caseId: 'c9', ...close }])).toBe('/decisions/0/caseId unknown');
    expect(refused([{ caseId: 'c2', ...close }])).toBe('wrong-state');
    expect(refused([{ caseId: 'c1', ...close }], { status: 'cancelled' })).toBe('wrong-state');
    expect(refused([{ caseId: 'c1', decision: 'close' }])).toBe('/decisions/0/reason required');
    expect(refused([{ caseId: 'c1', decision: 'colleague' }])).toBe('/decisions/0/counsellorId required');
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'anne@departement' }])).toBe('/decisions/0/counsellorId leaves');
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'paul' }])).toBe('/decisions/0/counsellorId not-employed');
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'line' }], { gone: true })).toBe('recipient-not-active');
    expect(refused([{ caseId: 'c1', decision: 'structure' }])).toBe('/decisions/0/structureId required');
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'departement' }])).toBe('/decisions/0/structureId already-leads');
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'suspended' }])).toBe('recipient-not-active');
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'afpa' }])).toBe('none');
  });
});

describe('who leaves', () => {
  const asked = (kind: Parameters<typeof structureLeaving>[0], members: Parameters<typeof structureLeaving>[1], actor: Actor): string | null => {
    try {
      return structureLeaving(kind, members, actor);
    } catch (error) {
      const { code, members: told } = error as Problem;
      return code === 'invalid' ? `${told.errors![0]!.pointer} ${told.errors![0]!.code}` : code;
    }
  };
  it('a manager speaks for the own structure, coordinators and administrators for any', () => {
    expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', 'manager'))).toBe('departement');
    expect(asked('counsellor_leaves', { userId: 'anne', structureId: 'afpa' }, who('departement', 'manager'))).toBe('forbidden');
    expect(asked('counsellor_leaves', { userId: 'anne', structureId: 'afpa' }, who('departement', 'administrator'))).toBe('afpa');
    expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', 'coordinator'))).toBeNull();
    expect(asked('structure_closed', {}, who('departement', 'coordinator'))).toBe('/structureId required');
    expect(asked('structure_closed', {}, who('departement', 'manager'))).toBe('departement');
    for (const role of ['counsellor', 'auditor'] as const) expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', role))).toBe('forbidden');
  });
  it('each kind names what it needs and nothing else', () => {
    const actor = who('departement', 'manager');
    expect(asked('counsellor_leaves', {}, actor)).toBe('/userId required');
    expect(asked('structure_closed', { userId: 'anne' }, actor)).toBe('/userId not-for-this-kind');
    expect(asked('post_moves', { userId: 'anne' }, actor)).toBe('/toStructureId required');
    expect(asked('post_moves', { userId: 'anne', toStructureId: 'departement' }, actor)).toBe('/toStructureId already-leads');
    expect(asked('counsellor_leaves', { userId: 'anne', toStructureId: 'afpa' }, actor)).toBe('/toStructureId not-for-this-kind');
  });
  it('a counsellor of several structures leaves one of them by name', () => {
    expect(onlyStructure(['departement'])).toBe('departement');
    expect(() => onlyStructure([])).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => onlyStructure(['departement', 'afpa'])).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});

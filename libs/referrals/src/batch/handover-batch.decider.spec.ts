import type { Actor, RecordEvent, Role } from '@fil-rouge/kernel';
import { casesLibrary } from '@fil-rouge/cases';
import { given, outcome, withoutRows, type Story } from '../../../../test/support/given';
import { carryOut, checkDecisions, type Desk, type Order } from './handover-batch.decider';
import { onlyStructure, structureLeaving } from './handover-batch.drawing.decider';
import type { HandoverRecord } from '../handover/handover';
import { handoverSlice } from '../handover/handover.slice';
import { referralsSlice } from '../referral/referral.slice';

const now = '2026-11-23T09:00:00.000Z';
const who = (structureId: string, role: Role): Actor => ({
  userId: `${role}@${structureId}`,
  structureId,
  role,
  territory: null,
});

/** A case that Anne of the Département leads. */
const followUp = (): Story<HandoverRecord> =>
  given<HandoverRecord>(
    'case',
    [...casesLibrary.slices!.map(withoutRows), withoutRows(referralsSlice()), handoverSlice],
    { now },
  ).happened(who('departement', 'counsellor'), {
    type: 'CaseOpened',
    data: {
      opened: [{ id: 'g', structureId: 'departement', kind: 'lead', source: 'case' }],
      lead: { structureId: 'departement', counsellorId: 'anne@departement' },
    },
  });
const led = followUp().record;

const order = (more: Partial<Order>): Order => ({
  itemId: 'item',
  handoverId: 'h1',
  leaving: { kind: 'counsellor_leaves', structureId: 'departement', userId: 'anne@departement', toStructureId: null },
  decision: 'colleague',
  toStructureId: null,
  toCounsellorId: 'line@departement',
  closing: null,
  reason: 'Départ.',
  ...more,
});

interface Around {
  actor?: Actor;
  rows?: Record<string, object>;
  status?: Record<string, string>;
  record?: HandoverRecord;
}

function carried(
  asked: Partial<Order>,
  { actor = who('departement', 'manager'), rows = {}, status = {}, record = led }: Around = {},
): readonly RecordEvent[] | string {
  const story = followUp();
  story.record = record;
  story.row = (name) => rows[name];
  story.fact = (id) => {
    const [name, structureId] = id.split('@');
    if (structureId === undefined)
      return { kind: 'structure', state: { structure: { status: status[id] ?? 'active' } } };
    return {
      kind: 'person',
      state: {
        person: {
          employments: [{ id: name, structureId, role: 'counsellor', from: '2026-01-01', until: null, ended: false }],
        },
      },
    };
  };
  const { code, problem, events } = story.when(actor, (found, context) => carryOut(found, order(asked), context));
  return problem ? code : events;
}
const types = (decided: readonly RecordEvent[] | string): string =>
  typeof decided === 'string' ? decided : decided.map(({ type }) => type).join(' ');
const coordinator = who('departement', 'coordinator');

describe('an item of a batch', () => {
  it.each<[string, Partial<Order>, Actor, string]>([
    ['a colleague, by the manager', {}, who('departement', 'manager'), 'HandoverTookEffect'],
    ['a colleague, by the coordinator when the manager is gone', {}, coordinator, 'HandoverTookEffect'],
    [
      'a structure, by the manager: it is asked',
      { decision: 'structure', toStructureId: 'afpa', toCounsellorId: null },
      who('departement', 'manager'),
      'HandoverProposed',
    ],
    [
      'a structure, by the coordinator: it leads',
      { decision: 'structure', toStructureId: 'afpa', toCounsellorId: null },
      coordinator,
      'HandoverTookEffect',
    ],
    [
      'the end, by the coordinator',
      { decision: 'close', closing: { reason: 'need_met', cancelReferrals: true } },
      coordinator,
      'CaseClosed',
    ],
  ])('%s', (_, asked, actor, expected) => {
    const decided = carried(asked, { actor });
    expect(types(decided)).toBe(expected);
    expect((decided as readonly RecordEvent[])[0]!.data['batchItemId']).toBe('item');
  });

  it('is nothing any more when the case is no longer what was decided about', () => {
    expect(carried({ leaving: { ...order({}).leaving, structureId: 'afpa' } })).toEqual([]);
    expect(carried({ leaving: { ...order({}).leaving, userId: 'omar@departement' } })).toEqual([]);
    expect(carried({}, { record: { ...led, case: { ...led.case, status: 'closed', lead: null } } })).toEqual([]);
  });

  it('fails with the reason of the rule that refuses', () => {
    expect(carried({ toCounsellorId: 'paul@afpa' })).toBe('invalid');
    expect(carried({}, { status: { departement: 'closed' } })).toBe('recipient-not-active');
    expect(
      carried({ decision: 'structure', toStructureId: 'afpa' }, { actor: coordinator, status: { afpa: 'suspended' } }),
    ).toBe('recipient-not-active');
    expect(carried({ decision: 'structure', toStructureId: 'afpa' }, { status: { departement: 'suspended' } })).toBe(
      'forbidden',
    );
    expect(carried({ decision: 'close', closing: null })).toBe('invalid');
  });
});

describe('a decision', () => {
  const desk: Desk = {
    status: 'prepared',
    leaving: order({}).leaving,
    items: new Map([
      ['c1', { state: 'undecided' }],
      ['c2', { state: 'done' }],
      ['c3', { state: 'failed' }],
    ]),
    colleagues: new Set(['line', 'anne@departement']),
    active: new Set(['afpa']),
    gone: false,
  };
  const refused = (decisions: Parameters<typeof checkDecisions>[0], more: Partial<Desk> = {}): string =>
    outcome(() => checkDecisions(decisions, { ...desk, ...more }));
  it('is one per case of the batch that is not done, and names who', () => {
    const close = { decision: 'close', reason: 'need_met' } as const;
    expect(
      refused([
        { caseId: 'c1', ...close },
        { caseId: 'c3', ...close },
      ]),
    ).toBe('done');
    expect(
      refused([
        { caseId: 'c1', ...close },
        { caseId: 'c1', ...close },
      ]),
    ).toBe('invalid /decisions/1/caseId duplicate');
    expect(refused([{ caseId: 'c9', ...close }])).toBe('invalid /decisions/0/caseId unknown');
    expect(refused([{ caseId: 'c2', ...close }])).toBe('wrong-state done');
    expect(refused([{ caseId: 'c1', ...close }], { status: 'cancelled' })).toBe('wrong-state cancelled');
    expect(refused([{ caseId: 'c1', decision: 'close' }])).toBe('invalid /decisions/0/reason required');
    expect(refused([{ caseId: 'c1', decision: 'colleague' }])).toBe('invalid /decisions/0/counsellorId required');
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'anne@departement' }])).toBe(
      'invalid /decisions/0/counsellorId leaves',
    );
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'paul' }])).toBe(
      'invalid /decisions/0/counsellorId not-employed',
    );
    expect(refused([{ caseId: 'c1', decision: 'colleague', counsellorId: 'line' }], { gone: true })).toBe(
      'recipient-not-active',
    );
    expect(refused([{ caseId: 'c1', decision: 'structure' }])).toBe('invalid /decisions/0/structureId required');
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'departement' }])).toBe(
      'invalid /decisions/0/structureId already-leads',
    );
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'suspended' }])).toBe('recipient-not-active');
    expect(refused([{ caseId: 'c1', decision: 'structure', structureId: 'afpa' }])).toBe('done');
  });
});

describe('who leaves', () => {
  const asked = (
    kind: Parameters<typeof structureLeaving>[0],
    members: Parameters<typeof structureLeaving>[1],
    actor: Actor,
  ): string | null => {
    let structureId: string | null = null;
    const came = outcome(() => {
      structureId = structureLeaving(kind, members, actor);
    });
    return came === 'done' ? structureId : came;
  };
  it('a manager speaks for the own structure, coordinators and administrators for any', () => {
    expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', 'manager'))).toBe('departement');
    expect(asked('counsellor_leaves', { userId: 'anne', structureId: 'afpa' }, who('departement', 'manager'))).toBe(
      'forbidden',
    );
    expect(
      asked('counsellor_leaves', { userId: 'anne', structureId: 'afpa' }, who('departement', 'administrator')),
    ).toBe('afpa');
    expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', 'coordinator'))).toBeNull();
    expect(asked('structure_closed', {}, who('departement', 'coordinator'))).toBe('invalid /structureId required');
    expect(asked('structure_closed', {}, who('departement', 'manager'))).toBe('departement');
    for (const role of ['counsellor', 'auditor'] as const)
      expect(asked('counsellor_leaves', { userId: 'anne' }, who('departement', role))).toBe('forbidden');
  });
  it('each kind names what it needs and nothing else', () => {
    const actor = who('departement', 'manager');
    expect(asked('counsellor_leaves', {}, actor)).toBe('invalid /userId required');
    expect(asked('structure_closed', { userId: 'anne' }, actor)).toBe('invalid /userId not-for-this-kind');
    expect(asked('post_moves', { userId: 'anne' }, actor)).toBe('invalid /toStructureId required');
    expect(asked('post_moves', { userId: 'anne', toStructureId: 'departement' }, actor)).toBe(
      'invalid /toStructureId already-leads',
    );
    expect(asked('counsellor_leaves', { userId: 'anne', toStructureId: 'afpa' }, actor)).toBe(
      'invalid /toStructureId not-for-this-kind',
    );
  });
  it('a counsellor of several structures leaves one of them by name', () => {
    expect(onlyStructure(['departement'])).toBe('departement');
    expect(() => onlyStructure([])).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => onlyStructure(['departement', 'afpa'])).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});

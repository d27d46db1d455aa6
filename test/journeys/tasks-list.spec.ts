import { Client, escapeLiteral } from 'pg';
import { tasksSql } from '../../libs/referrals/src/tasks/tasks.sql';
import { taskRules } from '../../libs/referrals/src/tasks/tasks.rules';
import { Person } from './driver';
import { everybody, open, people, refer, system, type Task } from './tasks-story';

interface PlanNode {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

const scansOf = (node: PlanNode): { table: string; rows: number }[] => [
  ...(node['Relation Name']
    ? [
        {
          table: node['Relation Name'],
          rows: (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        },
      ]
    : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

describe('the list of tasks', () => {
  everybody();

  it('are a list like any other: pages without doubles, the urgent ones first, then by due date, an own cursor only, nothing for who follows nobody', async () => {
    const { postManager } = people;
    const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    for (let count = 0; count < 6; count++) await refer(await open(), { urgency: count % 2 ? 'urgent' : 'normal' });
    const all = (await postManager.all('/v1/tasks', 2)) as unknown as Task[];
    const order = all.map(({ urgent, dueAt }) => `${urgent ? 'first' : 'then'} ${dueAt}`);
    expect(order).toEqual(order.toSorted());
    expect(new Set(all.map(({ urgent }) => urgent))).toEqual(new Set([true, undefined]));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect((await auditor.get('/v1/tasks')).items).toEqual([]);
    const forged = Buffer.from('["yesterday","x"]').toString('base64url');
    expect((await postManager.try('GET', `/v1/tasks?cursor=${forged}`)).status).toBe(422);
  });

  it('do not grow with history: a structure with tens of thousands of ended referrals and closed cases reads only what is open', async () => {
    const { structureId } = people.post;
    const { blocks: before } = await effortOf(people.postManager);
    await system.database.query(
      `
      insert into referral_access (structure_id, id, case_id, box, roles, sheet_open, version, seq, status, from_structure_id, to_structure_id, urgency, pressing, onward_allowed,
        ended_at, reason, draft_event, last_activity_at)
      select $1, uuidv7(), uuidv7(), 'sent', '{sender,lead}', true, 2, 1, 'declined', $1, $1, 'normal', false, false, '2025-01-01', 'no_capacity', uuidv7(), '2025-01-01'
      from generate_series(1, 20000)`,
      [structureId],
    );
    await system.database.query(
      `
      insert into case_access (id, case_id, structure_id, participation, status, version, themes, opened_at, last_activity_at, objections)
      select i, i, $1, 'lead', 'closed', 1, '{}', '2025-01-01', '2025-01-01', '[]' from (select uuidv7() as i from generate_series(1, 20000)) s`,
      [structureId],
    );
    // And records that were merged into those it leads, long ago, each with what had ended there.
    await system.database.query(
      `
      with merged as (insert into case_merge (id, case_id, seq, merged_at) select uuidv7(), case_id, 2, '2025-02-01' from case_access where structure_id = $1 and status = 'closed' returning id)
      insert into referral (id, case_id, version, seq, status, from_structure_id, to_structure_id, urgency, pressing, onward_allowed, ended_at, draft_event, last_activity_at)
      select uuidv7(), id, 2, 1, 'declined', $1, $1, 'normal', false, false, '2025-01-01', uuidv7(), '2025-01-01' from merged`,
      [structureId],
    );
    await system.database.query('analyze');
    const { scans, blocks } = await effortOf(people.postManager);
    // What a function reads is no scan of the plan: only the blocks tell.
    expect(blocks).toBeLessThan(before * 1.5 + 50);
    expect(scans).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ table: 'referral_access' }),
        expect.objectContaining({ table: 'case_access' }),
      ]),
    );
    expect(scans.filter(({ rows }) => rows > 1000)).toEqual([]);
  });

  /** What each scan of the list's own select touches, and the blocks it reads in all, as the api runs it for that person. */
  async function effortOf(person: Person): Promise<{ scans: { table: string; rows: number }[]; blocks: number }> {
    const client = new Client({ connectionString: system.database.administratorUrl, options: '-c role=reader' });
    await client.connect();
    try {
      const now = system.clock.now();
      const params = {
        rules: taskRules,
        now,
        today: now.slice(0, 10),
        mine: false,
        limit: 21,
        endedSince: now,
        idleSince: '2026-01-01T00:00:00.000Z',
      };
      await client.query('begin');
      await client.query(`select enter(sha256(convert_to($1, 'UTF8')), $2, null)`, [
        person.authorization.replace('Bearer ', ''),
        now,
      ]);
      await client.query(`prepare tasks(jsonb) as ${tasksSql}`);
      // A function's first call of a connection reads the catalogue, and is counted with the rest.
      await client.query(`execute tasks(${escapeLiteral(JSON.stringify(params))})`);
      const {
        rows: [answer],
      } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `explain (analyze, buffers, format json) execute tasks(${escapeLiteral(JSON.stringify(params))})`,
      );
      const plan = answer!['QUERY PLAN'][0]!.Plan;
      return { scans: scansOf(plan), blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
    } finally {
      await client.end();
    }
  }
});

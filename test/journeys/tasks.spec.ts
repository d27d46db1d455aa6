import { Client, escapeLiteral } from 'pg';
import { tasksSql } from '../../libs/referrals/src/tasks.queries';
import { taskRules } from '../../libs/referrals/src/tasks.rules';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';

interface Task {
  id: string;
  kind: string;
  title: string;
  dueAt: string;
  late: boolean;
  assignee?: { id: string };
  caseId?: string;
  referralId?: string;
  handoverId?: string;
}

describe('tasks', () => {
  let system: TestSystem;
  let people: Record<'lead' | 'leadManager' | 'colleague' | 'post' | 'postManager' | 'afpa' | 'coordinator', Person>;
  let start: string;

  beforeAll(async () => {
    system = await startSystem();
    start = system.clock.now();
    const enter = (role: string, structure: string) => Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      lead: await enter('conseiller', 'departement-sarthe'),
      leadManager: await enter('responsable', 'departement-sarthe'),
      colleague: await another('conseiller@departement-sarthe.demo'),
      post: await enter('conseiller', 'la-poste'),
      postManager: await enter('responsable', 'la-poste'),
      afpa: await enter('conseiller', 'afpa'),
      coordinator: await enter('coordinateur', 'departement-sarthe'),
    };
  });
  afterAll(() => system.stop());
  beforeEach(() => system.clock.set(start));

  /** Somebody else who counsels for the same structure. */
  async function another(but: string): Promise<Person> {
    const [found] = await system.database.query<{ email: string }>(`
      select a.email from account b join employment x on x.user_id = b.id join employment e on e.structure_id = x.structure_id join account a on a.id = e.user_id
      where b.email = $1 and e.role = 'counsellor' and a.id <> b.id limit 1`, [but]);
    return Person.signIn(system.baseUrl, found!.email, system.password);
  }

  /** Of one case, in the order of the list. */
  const tasks = async (who: Person, caseId: string, query = '?mine=true') => (await who.all(`/v1/tasks${query}`) as unknown as Task[]).filter((task) => task.caseId === caseId);
  const kinds = async (who: Person, caseId: string, query?: string) => (await tasks(who, caseId, query)).map(({ kind }) => kind);
  const open = async () => (await people.lead.do('/v1/cases', newCase())).id;
  const refer = async (caseId: string, more: object = {}) => (await people.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(people.post.structureId, { ...more }))).id;

  it('follow a referral from hand to hand', async () => {
    const { lead, leadManager, post, postManager } = people;
    const caseId = await open();
    const id = await refer(caseId, { send: false });
    expect(await tasks(lead, caseId)).toEqual([expect.objectContaining({
      id: `send_draft-${id}`, kind: 'send_draft', referralId: id, caseId, late: false, assignee: expect.objectContaining({ id: lead.id }), title: 'La Poste\u00a0: brouillon d’orientation à compléter et à envoyer',
    })]);
    expect([await kinds(leadManager, caseId), await kinds(leadManager, caseId, '')]).toEqual([[], ['send_draft']]);

    await lead.do(`/v1/referrals/${id}/send`);
    expect([await kinds(lead, caseId), await kinds(postManager, caseId), await kinds(post, caseId), await kinds(post, caseId, '')])
      .toEqual([[], ['answer_referral'], [], ['answer_referral']]);
    expect((await tasks(postManager, caseId))[0]?.title).toMatch(/Sarthe\u00a0: orientation à accepter ou à refuser$/);
    const { dueAt } = await post.get(`/v1/referrals/${id}`);
    expect((await tasks(postManager, caseId))[0]).toMatchObject({ dueAt, late: false });
    system.clock.advance({ days: 13 });
    expect((await tasks(postManager, caseId))[0]).toMatchObject({ dueAt, late: true });

    await post.do(`/v1/referrals/${id}/accept`);
    expect([await kinds(postManager, caseId), await kinds(lead, caseId)]).toEqual([['assign_contact'], []]);
    await post.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2026-11-20' }));
    expect([await kinds(postManager, caseId), await kinds(post, caseId)]).toEqual([[], []]);

    await lead.do(`/v1/referrals/${id}/request-cancellation`, { reason: 'Aidé ailleurs.' });
    expect(await kinds(postManager, caseId)).toEqual(['agree_cancellation']);
    await post.do(`/v1/referrals/${id}/hold`, { reason: 'waiting_list', until: '2026-12-18' });
    expect(await tasks(postManager, caseId)).toMatchObject([{ kind: 'agree_cancellation' }, { kind: 'resume_referral', dueAt: '2026-12-18T22:59:59.999Z' }]);
    await post.do(`/v1/referrals/${id}/return`, { reason: 'no_capacity' });
    expect([await kinds(postManager, caseId, ''), await kinds(lead, caseId)]).toEqual([[], ['propose_next_step']]);

    const again = await refer(caseId, { toStructureId: people.afpa.structureId, previousReferralId: id });
    expect([await kinds(lead, caseId), await kinds(people.afpa, caseId, '')]).toEqual([[], ['answer_referral']]);
    await people.afpa.do(`/v1/referrals/${again}/decline`, { reason: 'no_capacity' });
    expect(await kinds(lead, caseId)).toEqual(['choose_other_structure']);
    await lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
    expect(await kinds(lead, caseId)).toEqual([]);
  });

  it('name the contact of an accepted referral, whose first session is due, and late, until it is recorded', async () => {
    const { post, postManager } = people;
    const caseId = await open();
    const id = await refer(caseId);
    await post.do(`/v1/referrals/${id}/accept`, { contactUserId: post.id });
    const [task] = await tasks(post, caseId);
    expect(task).toMatchObject({ kind: 'start_referral', late: false, dueAt: '2026-12-14T08:00:00.000Z', assignee: { id: post.id } });
    expect(await kinds(postManager, caseId)).toEqual([]);
    system.clock.set('2026-12-15T09:00:00.000Z');
    await system.settle();
    expect((await tasks(post, caseId))[0]).toMatchObject({ id: task!.id, late: true });
    expect(await post.get(`/v1/referrals/${id}`)).not.toHaveProperty('dueAt');
  });

  it('end with a session on the need, and after sixty days; an expiry asks for another structure', async () => {
    const { lead } = people;
    const [helped, left] = [await open(), await open()];
    await refer(helped);
    await refer(left);
    system.clock.set('2027-01-04T09:00:00.000Z');
    await system.settle();
    expect([await kinds(lead, helped), await kinds(lead, left)]).toEqual([['choose_other_structure'], ['choose_other_structure']]);
    await lead.do(`/v1/cases/${helped}/sessions`, newSession({ date: '2027-01-04', themes: ['banque_et_achats_en_ligne'] }));
    expect(await kinds(lead, helped)).toEqual([]);
    system.clock.set('2027-03-10T09:00:00.000Z');
    expect(await tasks(lead, left)).toMatchObject([{ kind: 'review_case', late: true }]);
    await lead.do(`/v1/cases/${left}/sessions`, newSession({ date: '2027-03-10' }));
    expect(await kinds(lead, left)).toEqual([]);
  });

  it('wait for the last of several asked at once for one need', async () => {
    const { lead, post, afpa } = people;
    const caseId = await open();
    const [first, second] = [await refer(caseId), await refer(caseId, { toStructureId: afpa.structureId })];
    await afpa.do(`/v1/referrals/${second}/decline`, { reason: 'no_capacity' });
    expect(await kinds(lead, caseId)).toEqual([]);
    await post.do(`/v1/referrals/${first}/decline`, { reason: 'no_capacity' });
    expect((await tasks(lead, caseId)).map(({ referralId }) => referralId)).toEqual([first]);
  });

  it('go with the lead: the next lead hears of what the former one had sent', async () => {
    const { lead, post, afpa } = people;
    const caseId = await open();
    const id = await refer(caseId);
    const handover = await lead.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: afpa.structureId, note: 'Entre en formation.' });
    expect(await tasks(afpa, caseId, '')).toMatchObject([{ kind: 'answer_handover', handoverId: handover.id, dueAt: handover.dueAt }]);
    expect(await kinds(lead, caseId, '')).toEqual([]);
    await afpa.do(`/v1/handovers/${handover.id}/accept`);
    expect(await kinds(afpa, caseId, '')).toEqual(['assign_counsellor']);
    await afpa.do(`/v1/cases/${caseId}/assignments`, { counsellorId: afpa.id });
    expect(await kinds(afpa, caseId, '')).toEqual([]);
    await post.do(`/v1/referrals/${id}/decline`, { reason: 'no_capacity' });
    expect([await kinds(lead, caseId, ''), await kinds(afpa, caseId)]).toEqual([[], ['choose_other_structure']]);
  });

  it('give a handover that came to nothing back to the lead, and one that nobody answered to the coordinator', async () => {
    const { lead, afpa, coordinator } = people;
    const [refused, silent] = [await open(), await open()];
    const push = (caseId: string) => lead.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: afpa.structureId, note: 'Entre en formation.' });
    await afpa.do(`/v1/handovers/${(await push(refused)).id}/decline`, { reason: 'Pas de place.' });
    expect(await tasks(lead, refused)).toMatchObject([{ kind: 'choose_other_lead', assignee: { id: lead.id }, title: expect.stringMatching(/^Afpa.*\u00a0: passation refusée/) }]);
    await afpa.do(`/v1/handovers/${(await push(refused)).id}/decline`, { reason: 'Toujours pas.' });
    expect(await kinds(lead, refused)).toEqual(['choose_other_lead']);
    await lead.do(`/v1/cases/${refused}/sessions`, newSession({ date: '2026-11-23' }));
    system.clock.advance({ days: 1 });
    await lead.do(`/v1/cases/${refused}/sessions`, newSession({ date: '2026-11-24' }));
    expect(await kinds(lead, refused)).toEqual([]);

    const referral = (await lead.do(`/v1/cases/${silent}/referrals`, newReferral(afpa.structureId))).id;
    await afpa.do(`/v1/referrals/${referral}/accept`);
    await afpa.do(`/v1/cases/${silent}/handovers`, { kind: 'pull', note: 'Nous la voyons chaque semaine.' });
    expect([await kinds(lead, silent), await kinds(coordinator, silent)]).toEqual([['answer_handover'], []]);
    system.clock.advance({ days: 16 });
    await system.settle();
    expect([await kinds(lead, silent), await kinds(coordinator, silent)]).toEqual([[], ['decide_lead']]);
    await coordinator.do(`/v1/cases/${silent}/handovers`, { kind: 'administrative', toStructureId: afpa.structureId, reason: 'Sans réponse.' });
    expect(await kinds(coordinator, silent)).toEqual([]);
  });

  it('ask who may to decide on what is left behind', async () => {
    const { lead, leadManager, coordinator } = people;
    const caseId = await open();
    const decisions = async (who: Person) => ((await who.all('/v1/tasks?mine=true')) as unknown as (Task & { handoverBatchId?: string })[]).filter(({ kind }) => kind === 'decide_batch');
    const batch = await leadManager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: lead.id });
    expect([await decisions(leadManager), await decisions(coordinator), await decisions(lead)])
      .toEqual([[expect.objectContaining({ handoverBatchId: batch.id, title: expect.stringMatching(/^Suivis à confier/) })], [], []]);
    await leadManager.do(`/v1/handover-batches/${batch.id}/cancel`);
    expect(await decisions(leadManager)).toEqual([]);
    const others = await coordinator.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: lead.id, structureId: lead.structureId });
    expect(await decisions(coordinator)).toEqual([expect.objectContaining({ handoverBatchId: others.id, title: expect.stringMatching(/Sarthe\u00a0: suivis à confier/) })]);
    await coordinator.do(`/v1/handover-batches/${others.id}/cancel`);
    expect(await kinds(lead, caseId)).toEqual([]);
  });

  it('fall to the managers when the named person works there no more', async () => {
    const { colleague, leadManager } = people;
    const caseId = (await colleague.do('/v1/cases', newCase())).id;
    const referral = await colleague.do(`/v1/cases/${caseId}/referrals`, newReferral(people.post.structureId, { send: false }));
    expect([await kinds(colleague, caseId), await kinds(leadManager, caseId)]).toEqual([['send_draft'], []]);
    await system.database.query(`update employment set ended = true where user_id = $1`, [colleague.id]);
    expect((await tasks(leadManager, caseId)).map(({ id }) => id)).toEqual([`assign_counsellor-${caseId}`, `send_draft-${referral.id}`]);
  });

  it('are a list like any other: pages without doubles by due date, an own cursor only, nothing for who follows nobody', async () => {
    const { postManager } = people;
    const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    for (let count = 0; count < 5; count++) await refer(await open(), { urgency: 'urgent' });
    const all = (await postManager.all('/v1/tasks', 2)) as unknown as Task[];
    expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect((await auditor.get('/v1/tasks')).items).toEqual([]);
    const forged = Buffer.from('["yesterday","x"]').toString('base64url');
    expect((await postManager.try('GET', `/v1/tasks?cursor=${forged}`)).status).toBe(422);
  });

  it('do not grow with history: a structure with tens of thousands of ended referrals and closed cases reads only what is open', async () => {
    const { structureId } = people.post;
    const { blocks: before } = await effortOf(people.postManager);
    await system.database.query(`
      insert into referral_access (structure_id, id, case_id, box, roles, sheet_open, version, seq, status, from_structure_id, to_structure_id, urgency, onward_allowed,
        ended_at, reason, draft_event, last_activity_at)
      select $1, uuidv7(), uuidv7(), 'sent', '{sender,lead}', true, 2, 1, 'declined', $1, $1, 'normal', false, '2025-01-01', 'no_capacity', uuidv7(), '2025-01-01'
      from generate_series(1, 20000)`, [structureId]);
    await system.database.query(`
      insert into case_access (id, case_id, structure_id, participation, status, version, themes, opened_at, last_activity_at, objections)
      select i, i, $1, 'lead', 'closed', 1, '{}', '2025-01-01', '2025-01-01', '[]' from (select uuidv7() as i from generate_series(1, 20000)) s`, [structureId]);
    // And records that were merged into those it leads, long ago, each with what had ended there.
    await system.database.query(`
      with merged as (insert into case_merge (id, case_id, seq, merged_at) select uuidv7(), case_id, 2, '2025-02-01' from case_access where structure_id = $1 and status = 'closed' returning id)
      insert into referral (id, case_id, version, seq, status, from_structure_id, to_structure_id, urgency, onward_allowed, ended_at, draft_event, last_activity_at)
      select uuidv7(), id, 2, 1, 'declined', $1, $1, 'normal', false, '2025-01-01', uuidv7(), '2025-01-01' from merged`, [structureId]);
    await system.database.query('analyze');
    const { scans, blocks } = await effortOf(people.postManager);
    // What a function reads is no scan of the plan: only the blocks tell.
    expect(blocks).toBeLessThan(before * 1.5 + 50);
    expect(scans).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'referral_access' }), expect.objectContaining({ table: 'case_access' })]));
    expect(scans.filter(({ rows }) => rows > 1000)).toEqual([]);
  });

  /** What each scan of the list's own select touches, and the blocks it reads in all, as the api runs it for that person. */
  async function effortOf(person: Person): Promise<{ scans: { table: string; rows: number }[]; blocks: number }> {
    const client = new Client({ connectionString: system.database.apiUrl });
    await client.connect();
    try {
      const now = system.clock.now();
      const params = { rules: taskRules, now, today: now.slice(0, 10), mine: false, limit: 21, endedSince: now, idleSince: '2026-01-01T00:00:00.000Z' };
      await client.query('begin');
      await client.query(`select enter(sha256(convert_to($1, 'UTF8')), $2)`, [person.authorization.replace('Bearer ', ''), now]);
      await client.query(`prepare tasks(jsonb) as ${tasksSql}`);
      const { rows: [answer] } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(`explain (analyze, buffers, format json) execute tasks(${escapeLiteral(JSON.stringify(params))})`);
      const plan = answer!['QUERY PLAN'][0]!.Plan;
      return { scans: scansOf(plan), blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
    } finally {
      await client.end();
    }
  }
});

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
  ...(node['Relation Name'] ? [{ table: node['Relation Name'], rows: (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] }] : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

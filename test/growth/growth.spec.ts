/** Work per command and per page grows neither with the length of a record nor with the size of the database. */
import { randomUUID } from 'node:crypto';
import { Database, newId, Records } from '@fil-rouge/platform';
import { addCalendarDays, atParis, type Actor, type Decided } from '@fil-rouge/kernel';
import { makeAppointment } from '../../libs/cases/src/appointment/appointment.decider';
import type { AppointmentRecord } from '../../libs/cases/src/appointment/appointment';
import type { CaseRecord } from '../../libs/cases/src/case/case';
import { open } from '../../libs/cases/src/case/case.decider';
import { recordSession } from '../../libs/cases/src/session/session.decider';
import { newCase, newOutside, newReferral, newSession, Person, sable } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';
import { today } from '../support/clock';
import { BlockMeter } from './blocks';

const [entries, few, many] = [3000, 200, 2000];
/** An index is a level deeper at times, and its pages are fuller. */
const most = 1.5;

let system: TestSystem;
let meter: BlockMeter;
let lead: Person;
let recipient: Person;
let toldThere: Person;
let colleague: Person;
let coordinator: Person;
let administrator: Person;
let referred: string;

beforeAll(async () => {
  system = await startSystem();
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  recipient = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  toldThere = await Person.signIn(system.baseUrl, system.account('responsable', 'la-poste'), system.password);
  colleague = await Person.signIn(system.baseUrl, system.account('responsable'), system.password);
  coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
  administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  meter = await BlockMeter.of(system.api.get(Database, { strict: false }), system.database.apiUrl);
});
afterAll(async () => {
  await meter.end();
  await system.stop();
});

const soon = () => ({ at: `${addCalendarDays(today(), 2)}T10:00`, minutes: 60 });
const theLead = (): Actor => ({ userId: lead.id, structureId: lead.structureId, role: 'counsellor', territory: null });
const session = () => ({
  sessionId: newId(),
  fields: {
    date: '2026-01-20',
    minutes: 60,
    place: 'lieu_activite',
    themes: ['email'],
    equipment: ['ordinateur'],
    autonomy: 'autonome',
    summary: 'Messagerie.',
  },
});
const meeting = () => ({
  appointmentId: newId(),
  meeting: { at: atParis(addCalendarDays(today(), 1), '10:00'), minutes: 60, place: 'lieu_activite' },
});
/** One that is over. */
function missed(): Decided[] {
  const { appointmentId, meeting: when } = meeting();
  return [
    { type: 'AppointmentMade', about: appointmentId, data: { appointmentId, ...when, counsellorId: lead.id } },
    { type: 'AppointmentMissed', about: appointmentId, data: { appointmentId } },
  ];
}

async function grow(caseId: string): Promise<void> {
  const records = system.worker.get(Records, { strict: false });
  for (let left = entries; left > 0; left -= 200) {
    await records.decide<CaseRecord, null>({
      caller: null,
      onBehalfOf: theLead(),
      on: [{ kind: 'case', id: caseId }],
      decide: ([one]) => [
        [
          ...Array.from({ length: 200 }, () => recordSession(one!.state.case, session(), one!.context)).flat(),
          ...Array.from({ length: 20 }, missed).flat(),
        ],
      ],
      result: () => null,
    });
  }
}

/** Referred to the recipient. */
async function openReferred(): Promise<{ caseId: string; id: string }> {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  return { caseId, id: (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId))).id };
}

const ofTheHome = '02 43 00 00 01';
let runs = 0;

async function openOthers(cases: number): Promise<void> {
  const records = system.worker.get(Records, { strict: false });
  const names = (): string => randomUUID().replace(/[^a-f]/g, '');
  let opened = 0;
  // One in ten is followed twice, and another one has the telephone of the home where they all live.
  const told = (nth: number): object =>
    nth % 20 < 2 ? { email: `${runs}-${nth - (nth % 20)}@exemple.fr` } : nth % 10 === 5 ? { phone: ofTheHome } : {};
  runs++;
  const openOne = async (): Promise<void> => {
    const caseId = newId();
    const resident = {
      firstName: 'Eulalie',
      lastName: `Autre${names()}`,
      commune: sable,
      birthYear: 1970,
      ...told(opened++),
    };
    await records.decide<CaseRecord, null>({
      caller: null,
      onBehalfOf: theLead(),
      on: [{ kind: 'case', create: caseId }],
      facts: [lead.structureId],
      decide: ([one]) => [
        open(
          one!.state.case,
          { caseId, resident, themes: ['email'], informed: { on: '2026-01-15', how: 'oral' } },
          one!.context,
        ),
      ],
      result: () => null,
    });
    await records.decide<AppointmentRecord, null>({
      caller: null,
      onBehalfOf: theLead(),
      on: [{ kind: 'case', id: caseId }],
      facts: [lead.id],
      decide: ([one]) => [
        [
          ...recordSession(one!.state.case, session(), one!.context),
          ...makeAppointment(one!.state, meeting(), one!.context),
        ],
      ],
      result: () => null,
    });
  };
  for (let left = cases; left > 0; left -= 8) await Promise.all(Array.from({ length: Math.min(8, left) }, openOne));
  // Some of them were referred, and nothing came of it.
  for (let left = cases / 10; left > 0; left--) {
    await lead.do(`/v1/referrals/${(await openReferred()).id}/withdraw`, { reason: 'changed_mind' });
  }
  // Long ago: at a glance one sees what goes on, and what ended lately.
  for (const table of ['referral', 'referral_access'])
    await system.database.query(
      `update ${table} set ended_at = ended_at - interval '200 days' where status = 'withdrawn' and ended_at > $1`,
      [addCalendarDays(today(), -100)],
    );
}

type Step = [what: string, blocks: number];

/** A walk through everything one does on a record, and what each step cost. */
async function walk(caseId: string): Promise<Step[]> {
  const steps: Step[] = [];
  const measure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    let result: T;
    steps.push([what, await meter.during(async () => (result = await work()))]);
    return result!;
  };
  const at = `/v1/cases/${caseId}`;
  await measure('read the case', () => lead.get(at));
  const page = await measure('first page of the timeline', () => lead.get(`${at}/timeline?limit=10`));
  await measure('page after it', () =>
    lead.get(`${at}/timeline?limit=10&cursor=${encodeURIComponent(page.nextCursor!)}`),
  );
  await measure('last page of the timeline', () => lead.get(`${at}/timeline?order=desc&limit=10`));
  await measure('what is not in it', () => lead.get(`${at}/timeline?kind=workshop&limit=10`));
  const { id: sessionId } = await measure('record a session', () => lead.do(`${at}/sessions`, newSession()));
  await measure('read a session', () => lead.get(`${at}/sessions/${sessionId}`));
  await measure('correct a session', () => lead.do(`${at}/sessions/${sessionId}/corrections`, { minutes: 45 }));
  const planned = await measure('plan an appointment', () => lead.do(`${at}/appointments`, soon()));
  await measure('read the appointments', () => lead.get(`${at}/appointments?limit=10`));
  await measure('move one', () => lead.do(`${at}/appointments/${planned.id}/move`, { minutes: 30 }));
  await measure('keep it', () => lead.do(`${at}/sessions`, newSession({ appointmentId: planned.id })));
  const goal = await measure('set a goal', () => lead.do(`${at}/goals`, { text: 'Seule.' }));
  await measure('reach it', () => lead.do(`${at}/goals/${goal.id}/reach`));
  const sent = await measure('send outside', () => lead.do(`${at}/outside-referrals`, newOutside()));
  await measure('say what came of it', () =>
    lead.do(`${at}/outside-referrals/${sent.id}/report`, { outcome: 'helped' }),
  );
  await measure('read what was sent outside', () => lead.get(`${at}/outside-referrals?limit=10`));
  await measure('all that was', () => lead.get('/v1/outside-referrals?limit=10'));
  await measure('read the progress', () => lead.get(`${at}/progress`));
  await measure('correct the resident', () =>
    lead.do(`${at}/corrections`, { resident: { phone: '0243000000' }, confirmNotDuplicate: true }),
  );
  const { id } = await measure('refer', () => lead.do(`${at}/referrals`, newReferral(recipient.structureId)));
  await measure('read a referral', () => recipient.get(`/v1/referrals/${id}`));
  await measure('accept', () => recipient.do(`/v1/referrals/${id}/accept`));
  await measure('record the first session', () => recipient.do(`${at}/sessions`, newSession({ referralId: id })));
  await measure('complete', () => recipient.do(`/v1/referrals/${id}/complete`, { outcome: 'helped' }));
  const handover = await measure('propose a handover', () =>
    lead.do(`${at}/handovers`, { kind: 'push', toStructureId: recipient.structureId, note: 'Note de passation.' }),
  );
  await measure('withdraw it', () => lead.do(`/v1/handovers/${handover.id}/withdraw`));
  await measure('close', () => lead.do(`${at}/close`, { reason: 'need_met' }));
  await measure('reopen', () => lead.do(`${at}/reopen`, { reason: 'Revient.' }));
  return steps;
}

/** Pages of what a structure follows, and the command that looks at everybody's residents. */
async function lists(): Promise<Step[]> {
  let farDown = '';
  for (
    let page = await lead.get('/v1/cases?limit=100');
    page.nextCursor;
    page = await lead.get(`/v1/cases?limit=100&cursor=${encodeURIComponent(page.nextCursor)}`)
  )
    farDown = page.nextCursor;
  const steps: Step[] = [];
  const measure = async (what: string, work: () => Promise<unknown>) => steps.push([what, await meter.during(work)]);
  await measure('cases', () => lead.get('/v1/cases?limit=10'));
  await measure('cases, far down', () => lead.get(`/v1/cases?limit=10&cursor=${encodeURIComponent(farDown)}`));
  await measure('cases, the oldest first', () => lead.get('/v1/cases?sort=oldest_opened&limit=10'));
  await measure('my cases, the oldest first', () => lead.get('/v1/cases?lead=mine&sort=oldest_opened&limit=10'));
  await measure('my cases', () => lead.get('/v1/cases?lead=mine&limit=10'));
  await measure('the cases of a colleague who has few', () => colleague.get('/v1/cases?lead=mine&limit=10'));
  await measure('the same for somebody else', () => lead.get(`/v1/cases?counsellor=${colleague.id}&limit=10`));
  await measure('the same by name', () => colleague.get('/v1/cases?lead=mine&sort=name&limit=10'));
  await measure('a case that was referred', () => lead.get(`/v1/cases/${referred}`));
  await measure('search by name', () => lead.do('/v1/cases/search', { name: 'Introuvable' }));
  await measure('find a case by a name', () =>
    administrator.do('/v1/audit/cases/search', { name: 'Introuvable', reasonCode: 'control' }),
  );
  for (const all of ['retention?limit=10', 'retention?what=part&limit=10', 'eliminations?limit=10', 'users?limit=10'])
    await measure(all, () => administrator.get(`/v1/${all}`));
  await measure('sessions', () => lead.get('/v1/sessions?limit=10'));
  await measure('the sessions of a colleague who has few', () =>
    lead.get(`/v1/sessions?counsellor=${colleague.id}&limit=10`),
  );
  await measure('appointments', () => lead.get('/v1/appointments?limit=10'));
  await measure('the appointments of a colleague who has few', () =>
    lead.get(`/v1/appointments?counsellor=${colleague.id}&limit=10`),
  );
  await measure('referrals sent', () => lead.get('/v1/referrals?box=sent&limit=10'));
  await measure('referrals received', () => recipient.get('/v1/referrals?box=received&limit=10'));
  for (const shown of ['cases/counts', 'cases/counts?lead=mine', 'referrals/counts', 'tasks/counts?mine=true'])
    await measure(shown, () => lead.get(`/v1/${shown}`));
  for (const mine of ['tasks?mine=true&limit=10', 'today', 'notifications?limit=10', 'handovers?box=sent'])
    await measure(mine, () => lead.get(`/v1/${mine}`));
  for (const numbers of ['territory', 'statistics', 'statistics/continuity'])
    for (const by of [coordinator, toldThere]) await measure(`${numbers}, ${by.email}`, () => by.get(`/v1/${numbers}`));
  await measure('tasks of who is asked', () => toldThere.get('/v1/tasks?limit=10'));
  await measure('notifications of who was asked often', () => toldThere.get('/v1/notifications?limit=10'));
  await measure('open a case', () => lead.do('/v1/cases', newCase()));
  const ofManyThere = { ...newCase(), resident: { ...(newCase()['resident'] as object), phone: ofTheHome } };
  await measure('ask for a telephone that many have', () =>
    lead.post('/v1/cases', { ...ofManyThere, confirmNotDuplicate: false }),
  );
  await measure('open a case with it', () => lead.do('/v1/cases', ofManyThere));
  await measure('records that look alike', () => coordinator.get('/v1/cases/duplicates?limit=10'));
  return steps;
}

/** What is told about is told before anything is counted, and old versions of rows are gone as with autovacuum: the worker's pace does not count. */
async function rest(): Promise<void> {
  await system.settle();
  await system.database.query('vacuum analyze');
}

function expectFlat(before: Step[], after: Step[]): void {
  if (process.env['SHOW'])
    console.log(after.map(([what, blocks], index) => `${what}: ${before[index]![1]} → ${blocks} blocks`).join('\n'));
  const grown = after.filter(([, blocks], index) => blocks > before[index]![1] * most + 20);
  expect(
    grown.map(([what, blocks]) => `${what}: ${before.find(([same]) => same === what)![1]} → ${blocks} blocks`),
  ).toEqual([]);
}

it(`a record of ${entries} entries costs what a short one costs`, async () => {
  // Among many short ones: a plan that is good for the average record must be good for this one.
  await openOthers(few);
  const [short, long] = [await lead.do('/v1/cases', newCase()), await lead.do('/v1/cases', newCase())];
  for (let n = 0; n < 120; n++)
    for (const { id } of [short, long]) await lead.do(`/v1/cases/${id}/sessions`, newSession({ autonomy: 'autonome' }));
  await grow(long.id);
  await rest();
  expectFlat(await walk(short.id), await walk(long.id));
});

it(`a structure that follows ${many} people costs what it cost with ${few}`, async () => {
  for (let n = 0; n < 12; n++) referred = (await openReferred()).caseId;
  for (let n = 0; n < 5; n++) {
    const { id } = await colleague.do('/v1/cases', newCase());
    await colleague.do(`/v1/cases/${id}/sessions`, newSession());
  }
  await lead.do(`/v1/cases/${referred}/sessions`, newSession());
  await openOthers(few);
  await rest();
  const before = await lists();
  await openOthers(many);
  await rest();
  expectFlat(before, await lists());
}, 1_200_000);

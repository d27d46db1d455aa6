import { exportColumnValues } from '@fil-rouge/kernel';
import type { Answer, Person } from '../journeys/driver';
import { until } from '../support/until';
import type { Reader, World } from './world';

/** Everything somebody can read of the world, by what it is called in the tests. Hidden things stand there as their problem. */
export async function readEverything(
  {
    caseId,
    referrals,
    sessions,
    handoverId,
    workshopId,
    noteId,
    appointmentId,
    goalId,
    outsideId,
    files,
    people,
  }: World,
  reader: Reader,
  person: Person,
): Promise<Record<string, Answer>> {
  const get = (path: string) => person.try('GET', path);
  const each = async (prefix: string, ids: Record<string, string>, path: (id: string) => string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(ids).map(async ([name, id]) => [`${prefix} ${name}`, await get(path(id))] as const),
      ),
    );
  return {
    detail: await get(`/v1/cases/${caseId}`),
    paper: await get(`/v1/cases/${caseId}/sheet`),
    list: await get('/v1/cases?limit=100'),
    'search before': await person.post('/v1/cases/search', { name: 'Nomavant' }),
    'search after': await person.post('/v1/cases/search', { name: 'Nomapres' }),
    timeline: await get(`/v1/cases/${caseId}/timeline?limit=100`),
    duplicates: await get('/v1/cases/duplicates?limit=100'),
    'search by birth name': await person.post('/v1/cases/search', { name: 'Naissanceapres' }),
    readings: await get(`/v1/cases/${caseId}/readings?limit=100`),
    ...(await each('session', sessions, (id) => `/v1/cases/${caseId}/sessions/${id}`)),
    ...(await each('labels of session', sessions, (id) => `/v1/cases/${caseId}/sessions/${id}/tags`)),
    labels: await get(`/v1/structures/${people.lead.structureId}/tags`),
    ...(await each('file', files, (path) => path)),
    ...(await each('files', files, (path) => path.replace(/\/[^/]+$/, ''))),
    note: await get(`/v1/cases/${caseId}/notes/${noteId}`),
    appointment: await get(`/v1/cases/${caseId}/appointments/${appointmentId}`),
    'appointments of the case': await get(`/v1/cases/${caseId}/appointments?limit=100`),
    appointments: await get('/v1/appointments?limit=100'),
    goal: await get(`/v1/cases/${caseId}/goals/${goalId}`),
    goals: await get(`/v1/cases/${caseId}/goals?limit=100`),
    'sent outside': await get(`/v1/cases/${caseId}/outside-referrals/${outsideId}`),
    'all sent outside': await get(`/v1/cases/${caseId}/outside-referrals?limit=100`),
    sheet: await get(`/v1/cases/${caseId}/outside-referrals/${outsideId}/sheet`),
    'sent outside by the structure': await get('/v1/outside-referrals?limit=100'),
    progress: await get(`/v1/cases/${caseId}/progress`),
    referrals: await get('/v1/referrals?limit=100'),
    ...(await each('referral', referrals, (id) => `/v1/referrals/${id}`)),
    handovers: await get('/v1/handovers?limit=100'),
    handover: await get(`/v1/handovers/${handoverId}`),
    'sessions across cases': await get('/v1/sessions?limit=100'),
    'what was exported': await exported(person),
    workshops: await get('/v1/workshops?limit=100'),
    workshop: await get(`/v1/workshops/${workshopId}`),
    notifications: await get('/v1/notifications?limit=100'),
    tasks: await get('/v1/tasks?limit=100'),
    'cases counted': await get('/v1/cases/counts'),
    'referrals counted': await get('/v1/referrals/counts'),
    'tasks counted': await get('/v1/tasks/counts'),
    territory: await get('/v1/territory'),
    retention: await get('/v1/retention?limit=100'),
    eliminations: await get('/v1/eliminations?limit=100'),
    'parts that are over': await get('/v1/retention?what=part&limit=100'),
    statistics: await get('/v1/statistics'),
    continuity: await get('/v1/statistics/continuity'),
    'continuity of what was asked': await get('/v1/statistics/continuity?side=received'),
    batches: await get('/v1/handover-batches?limit=100'),
    'batch preview': await person.post('/v1/handover-batches', {
      kind: 'structure_closed',
      structureId: people.lead.structureId,
      reason: 'Essai.',
      preview: true,
    }),
    'audit entries': await get(`/v1/audit/entries?limit=100&caseId=${caseId}`),
    ...(reader === 'auditorWithReason'
      ? {
          reading: await person.post(`/v1/audit/cases/${caseId}/readings?limit=100`, {
            reasonCode: 'control',
            comment: 'Commentaire lecture',
          }),
        }
      : {}),
  };
}

/** The file, or why there is none. */
async function exported(person: Person): Promise<Answer> {
  const asked = await person.post('/v1/exports', { row: 'participation', format: 'csv', columns: exportColumnValues });
  if (asked.status !== 202) return asked;
  await until(async () => (await person.get(`/v1/exports/${asked.body.id}`)).status === 'ready', 60_000, 'an export');
  return person.try('GET', `/v1/exports/${asked.body.id}/file`);
}

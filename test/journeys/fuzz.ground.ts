/** What the fuzzer stands on: a case with whatever a route asks for, made anew whenever a request had an effect. */
import { randomUUID } from 'node:crypto';
import { addCalendarDays } from '@fil-rouge/kernel';
import { today } from '../support/clock';
import { pdf, upload } from '../support/files';
import { newCase, newOutside, newSession, Person, succeeded, type View } from './driver';
import { walkIn } from './fuzz.bodies';
import { rescuers } from './fuzz.network.samples';
import { build, type People, type Situation } from './referral-states';
import { effectiveAt } from './fuzz.handovers.samples';
import { date } from './fuzz.samples';

/** What a route is tried on, so that a bad body comes as deep as it can; made anew whenever a request had an effect. */
export interface Ground {
  cases: string;
  /** Another case of the sender's, to merge the first into. */
  twin: string;
  sessions: string;
  notes: string;
  appointments: string;
  goals: string;
  step: string;
  'outside-referrals': string;
  places: string;
  conventions: string;
  posts: string;
  workshops: string;
  'anonymous-sessions': string;
  objections: string;
  referrals: string;
  attachments: string;
  handovers: string;
  'handover-batches': string;
  absences: string;
  structures: string;
  users: string;
  employments: string;
  notifications: string;
  exports: string;
}

export type Given =
  | Situation
  | 'closed'
  | 'twin'
  | 'beside'
  | 'objection'
  | 'handover proposed'
  | 'handover accepted'
  | 'batch'
  | 'started batch'
  | 'missed appointment'
  | 'appointment ahead'
  | 'absence'
  | 'new colleague'
  | 'second factor'
  | 'workshop'
  | 'place'
  | 'closed place'
  | 'walk-in'
  | 'file of a session'
  | 'file of a referral'
  | 'convention'
  | 'occupied post';

type Goal = View & { steps: { id: string }[] };

/** Of today, and begun: it can be missed. */
const earlier = (): string => `${today()}T00:00`;

/** Before anything stands: enough to ask the table for its paths. */
export const noGround: Ground = {
  cases: '',
  twin: '',
  sessions: '',
  notes: '',
  appointments: '',
  goals: '',
  step: '',
  'outside-referrals': '',
  places: '',
  conventions: '',
  posts: '',
  workshops: '',
  'anonymous-sessions': '',
  objections: '',
  referrals: '',
  attachments: '',
  handovers: '',
  'handover-batches': '',
  absences: '',
  structures: '',
  users: '',
  employments: '',
  notifications: '',
  exports: '',
};

/** A case of its own with a session, a referral in that situation and, when asked, what else must be there. */
export async function prepare(people: People, given: Given = 'sent', manager?: Person): Promise<Ground> {
  const { sender, recipient, contributor, coordinator, administrator } = people;
  const situation: Situation = [
    'closed',
    'twin',
    'objection',
    'handover proposed',
    'handover accepted',
    'batch',
    'started batch',
    'missed appointment',
    'appointment ahead',
    'absence',
    'new colleague',
    'second factor',
    'workshop',
    'place',
    'closed place',
    'walk-in',
    'file of a session',
    'file of a referral',
    'convention',
    'occupied post',
  ].includes(given)
    ? 'sent'
    : given === 'beside'
      ? 'returned'
      : (given as Situation);
  const { caseId, id } = await build(people, situation, { id: '', commune: '' });
  const { id: sessions } = await sender.do(`/v1/cases/${caseId}/sessions`, newSession());
  const { id: notes } = await sender.do(`/v1/cases/${caseId}/notes`, { text: 'Rappelée, absente.' });
  const at = given === 'appointment ahead' ? `${addCalendarDays(today(), 9)}T10:00` : earlier();
  const { id: appointments } = await sender.do(`/v1/cases/${caseId}/appointments`, { at, minutes: 30 });
  const goal = (await sender.do(`/v1/cases/${caseId}/goals`, { text: 'Seule.', steps: ['Une étape.'] })) as Goal;
  const { id: outside } = await sender.do(`/v1/cases/${caseId}/outside-referrals`, newOutside());
  // A structure of its own: a decision that gets through must not take the network away from under the others.
  const structure = await administrator.do('/v1/structures', {
    name: 'Association',
    typology: 'ASSO',
    communes: ['72264'],
    services: [],
  });
  const ground: Ground = {
    ...noGround,
    cases: caseId,
    sessions,
    notes,
    appointments,
    goals: goal.id,
    step: goal.steps[0]!.id,
    'outside-referrals': outside,
    referrals: id,
    structures: structure.id,
    users: sender.id,
    employments: randomUUID(),
  };
  ground.objections = ground.handovers = ground['handover-batches'] = ground.notifications = randomUUID();
  if (given === 'closed') await sender.do(`/v1/cases/${caseId}/close`, { reason: 'need_met', cancelReferrals: true });
  if (given === 'workshop') {
    const held = {
      title: 'Atelier',
      date,
      minutes: 120,
      place: 'lieu_activite',
      themes: ['email'],
      participants: [{ caseId }],
      anonymous: { total: 1 },
    };
    ground.workshops = (await sender.do('/v1/workshops', held)).id;
  }
  if (given.startsWith('file')) {
    const entry = given === 'file of a session' ? `cases/${caseId}/sessions/${sessions}` : `referrals/${id}`;
    ground.attachments = succeeded(await upload(sender, `/v1/${entry}/attachments`, pdf())).body.id;
  }
  if (given === 'absence') {
    const at = `/v1/structures/${manager!.structureId}/absences`;
    // Nobody is away twice in the same days.
    for (const { id: former } of await manager!.all(at)) await manager!.do(`${at}/${former}/end`);
    const [userId, deputyId] = rescuers;
    ground.absences = (await manager!.do(at, { userId, from: '2026-12-01', until: '2026-12-04', deputyId })).id;
  }
  if (given === 'missed appointment') await sender.do(`/v1/cases/${caseId}/appointments/${appointments}/miss`);
  if (given === 'walk-in') ground['anonymous-sessions'] = (await sender.do('/v1/anonymous-sessions', walkIn)).id;
  if (given === 'convention' || given === 'occupied post') {
    const signed = (await administrator.do(`/v1/structures/${sender.structureId}/conventions`, {
      ...{ reference: 'CONV-72', envelope: 1, from: date, posts: 2 },
    })) as unknown as { id: string; posts: { id: string }[] };
    ground.conventions = signed.id;
    ground.posts = signed.posts[0]!.id;
    if (given === 'occupied post')
      await administrator.do(`/v1/conventions/${signed.id}/posts/${ground.posts}/occupy`, {
        ...{ userId: sender.id, from: date },
      });
  }
  if (given === 'place' || given === 'closed place') {
    const place = { name: 'Médiathèque', street: '1 place Carnot', postalCode: '72300', commune: '72264' };
    ground.places = (await manager!.do('/v1/places', place)).id;
    if (given === 'closed place') await manager!.do(`/v1/places/${ground.places}/close`);
  }
  if (given === 'twin') ground.twin = (await sender.do('/v1/cases', newCase())).id;
  if (given === 'beside') {
    const asked = await recipient.do(`/v1/cases/${caseId}/handovers`, { kind: 'beside', note: 'Vient chez nous.' });
    await sender.do(`/v1/handovers/${asked.id}/accept`);
  }
  if (given === 'objection') {
    const objected = await sender.do(`/v1/cases/${caseId}/objections`, {
      against: contributor.structureId,
      on: date,
      how: 'oral',
    });
    ground.objections = objected.objections[0]!.id;
  }
  if (given.startsWith('handover')) {
    ground.handovers = (
      await sender.do(`/v1/cases/${caseId}/handovers`, {
        kind: 'push',
        toStructureId: contributor.structureId,
        note: 'Note.',
      })
    ).id;
    if (given === 'handover accepted')
      await contributor.do(`/v1/handovers/${ground.handovers}/accept`, { effectiveAt });
  }
  if (given === 'batch' || given === 'started batch') {
    const batch = await coordinator.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: sender.id });
    ground['handover-batches'] = batch.id;
    // A batch has so many cases and no more: by now the sender may have others.
    ground.cases = batch.items[0]!.caseId;
    // Over an open referral no case is closed: what was decided fails, and waits.
    const close = { decision: 'close', reason: 'need_met' };
    if (given === 'started batch')
      await coordinator.do(`/v1/handover-batches/${batch.id}/start`, {
        decisions: batch.items.map((item) => ({ caseId: item.caseId, ...close })),
      });
  }
  if (given === 'new colleague') {
    const colleague = await administrator.do('/v1/users', {
      email: `${randomUUID()}@exemple.fr`,
      name: 'Personne Nouvelle',
      role: 'auditor',
      structureId: sender.structureId,
      from: date,
    });
    ground.users = colleague.id;
    ground.employments = (colleague as unknown as { employments: { id: string }[] }).employments[0]!.id;
  }
  if (given === 'second factor') {
    await people.contributor.setUpSecondFactor();
    ground.users = people.contributor.id;
  }
  return ground;
}

/** The address of a route with the ids of what was prepared. */
export const addressOf = (path: string, ground: Ground, manager: Person): string =>
  path
    .replace(
      /\/structures\/\{id\}\/(offer|capacity|leaflet|contacts|tags|absences.*)$/,
      `/structures/${manager.structureId}/$1`,
    )
    .replace(
      /\/([a-z-]+)\/\{[^}]+\}/g,
      (_, noun: string) =>
        `/${noun}/${(ground as unknown as Record<string, string | undefined>)[noun] || randomUUID()}`,
    );

/** Signs in the person who may change the offer of a structure that no other test leans on. */
export function enterManager(system: { baseUrl: string; password: string }): Promise<Person> {
  return Person.signIn(system.baseUrl, 'responsable@croix-rouge.demo', system.password);
}

import { addCalendarDays, referralStatusValues, referralStatuses } from '@fil-rouge/kernel';
import { Client } from '../story/client';
import type { Appointment, Page, Referral, Today } from '../story/shapes';
import type { Teller } from '../story/teller';
import type { Account } from './acts';
import type { Living } from './live';

interface Batch {
  status: string;
  total: number;
  undecided: number;
}
interface Run {
  id: string;
  status: string;
  total: number;
  checked: number;
  events: number;
  broken: number;
  gaps: number;
  differing: number;
  anchors: number;
  faults: unknown[];
}

/** How long a verification of all records may take; it needs some seconds. */
const PATIENCE = 120_000;

/** What each finds in the morning after a year: all that the console's pages are for. */
export async function tellOfToday(teller: Teller, living: Living): Promise<void> {
  const enter = (account: Account) => Client.login(living.baseUrl, `${account}.demo`, living.password);
  teller.heading('8. Le réseau au bout d’un an');
  await atTheCounsellor(teller, await enter('conseiller@departement-sarthe'), living);
  await atTheDesk(teller, await enter('conseiller@la-poste'));
  await atTheManager(teller, await enter('responsable@departement-sarthe'));
  await atTheCoordinator(teller, await enter('coordinateur@departement-sarthe'));
  await atTheAdministrator(teller, await enter('administrateur@departement-sarthe'), living);
  await atTheAuditor(teller, await enter('auditeur@departement-sarthe'));
}

async function atTheCounsellor(teller: Teller, client: Client, { clock: { today } }: Living): Promise<void> {
  teller.step(`${client.session.user.name}, en poste à Conlie et à Sillé, ouvre sa journée.`);
  const { tasks } = await client.get<Today>('/v1/today');
  // Asked by its date: midnight may have passed since the year was told.
  const planned = await client.get<Page<Appointment>>(
    `/v1/appointments?counsellor=mine&from=${today}&to=${addCalendarDays(today, 1)}`,
  );
  const followed = await client.all<{ status: string }>('/v1/cases?lead=mine&status=open');
  teller.check(
    followed.length >= 8 && planned.items.length >= 3 && tasks.length >= 4 && tasks.some(({ late }) => late),
    `${followed.length} personnes suivies, ${planned.items.length} rendez-vous dans la journée, ${tasks.length} choses à faire, dont ${tasks.filter(({ late }) => late).length} en retard`,
    { followed: followed.length, planned: planned.items.length, tasks },
  );
}

async function atTheDesk(teller: Teller, client: Client): Promise<void> {
  teller.step(`Au guichet de La Poste, ${client.session.user.name} répond à ce qu’on lui adresse.`);
  const received = await client.all<Referral>('/v1/referrals?box=received');
  const open = received.filter(({ status }) => /^(sent|under_review|accepted|in_progress|on_hold)$/.test(status));
  const late = await client.all<Referral>('/v1/referrals?box=received&late=true');
  const { tasks } = await client.get<Today>('/v1/today');
  teller.check(
    open.length >= 6 && late.length >= 2 && tasks.length >= 6,
    `${open.length} orientations en cours, dont ${late.length} en retard ; ${tasks.length} choses à faire`,
    { received: received.map(({ status }) => status), late: late.length, tasks },
  );
  const unanswered = received.filter(({ status }) => status === 'sent');
  teller.check(
    unanswered.length > 0 && unanswered.every(({ resident }) => resident?.firstName && !resident.lastName),
    'de qui attend encore une réponse, le prénom seulement',
    unanswered,
  );
}

async function atTheManager(teller: Teller, client: Client): Promise<void> {
  teller.step(`${client.session.user.name}, responsable, retrouve le départ qui se prépare à Mamers.`);
  const { items } = await client.get<Page<Batch>>('/v1/handover-batches');
  teller.check(
    items.some(({ status, total, undecided }) => status === 'prepared' && undecided > 0 && undecided < total),
    'la moitié des suivis de ce départ est décidée, l’autre moitié attend',
    items,
  );
}

async function atTheCoordinator(teller: Teller, client: Client): Promise<void> {
  teller.step(`${client.session.user.name} fait le tour du territoire.`);
  const referrals = await client.all<Referral>('/v1/referrals');
  const missing = referralStatusValues.filter((status) => !referrals.some((one) => one.status === status));
  teller.check(
    missing.length === 0,
    `${referrals.length} orientations, dans chacun des ${referralStatusValues.length} états qu’une orientation peut avoir`,
    missing.map((status) => referralStatuses[status]),
  );
  const pairs = await client.all<{ alike: string[] }>('/v1/cases/duplicates');
  const { tasks } = await client.get<Today>('/v1/today');
  teller.check(
    pairs.length >= 2 && tasks.some(({ kind }) => kind === 'decide_lead'),
    `${pairs.length} doublons possibles à examiner, et une demande restée sans réponse à trancher`,
    { pairs: pairs.map(({ alike }) => alike), tasks },
  );
}

async function atTheAdministrator(teller: Teller, client: Client, { clock: { today } }: Living): Promise<void> {
  teller.step(`${client.session.user.name} surveille les échéances.`);
  const conventions = await client.all<{ status: string; until: string }>('/v1/conventions');
  const soon = conventions.filter(({ status, until }) => status === 'running' && until <= addCalendarDays(today, 90));
  teller.check(soon.length > 0, 'une convention se termine dans moins de trois mois', conventions);
}

async function atTheAuditor(teller: Teller, client: Client): Promise<void> {
  teller.step(`${client.session.user.name} fait tout vérifier.`);
  let run = await client.post<Run>('/v1/audit/verifications', {}, [202]);
  for (const end = performance.now() + PATIENCE; run.status !== 'done' && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    run = await client.get<Run>(`/v1/audit/verifications/${run.id}`);
  }
  teller.check(
    run.status === 'done' &&
      run.checked === run.total &&
      run.broken + run.gaps + run.differing + run.faults.length === 0,
    `${run.checked} enregistrements, ${run.events} événements, ${run.anchors} relevés horaires : rien d’altéré, référents sans interruption`,
    run,
  );
}

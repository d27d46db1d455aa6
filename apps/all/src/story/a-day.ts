import { addBusinessDays, localDateOf } from '@fil-rouge/kernel';
import { expectNotice, type Character } from './cast';
import type { Appointment, CaseFile, Goal, Progress, Referral, TimelineEntry, Today } from './shapes';
import type { StoryClock } from './story-clock';
import type { Teller } from './teller';

interface People {
  counsellor: Character;
  coordinator: Character;
  postManager: Character;
}

interface Day {
  teller: Teller;
  people: People;
  clock: StoryClock;
  caseId: string;
  appointmentId: string;
  goal: Goal;
}

const odette = { firstName: 'Odette', lastName: 'Marsollier', birthYear: 1948, commune: '72264' };
const namesHer = (answer: unknown): boolean => /Odette|Marsollier/.test(JSON.stringify(answer));

/** What a counsellor, a desk that was asked, and a coordinator do and see between two referrals. */
export async function playADay(teller: Teller, people: People, clock: StoryClock): Promise<void> {
  teller.heading('7. Une journée ordinaire');
  const day: Day = { teller, people, clock, ...(await theDayBefore(teller, people, clock)) };
  await inTheMorning(day);
  await atTheDesk(day);
  await theAppointment(day);
  await forTheCoordinator(day);
}

async function theDayBefore(
  teller: Teller,
  { counsellor }: People,
  clock: StoryClock,
): Promise<Pick<Day, 'caseId' | 'appointmentId' | 'goal'>> {
  teller.step(
    `${counsellor.who} ouvre le dossier d'Odette Marsollier, note ce qu'elle voudrait savoir faire seule, et convient d'un rendez-vous.`,
  );
  const { id: caseId } = await counsellor.client.post<CaseFile>('/v1/cases', {
    resident: odette,
    themes: ['email'],
    informed: { on: localDateOf(clock.now()), how: 'oral' },
  });
  const goal = await counsellor.client.post<Goal>(`/v1/cases/${caseId}/goals`, {
    text: 'Écrire seule à ses petits-enfants.',
    theme: 'email',
    steps: ['Retrouver sa messagerie.', 'Envoyer un message sans aide.'],
  });
  const since = clock.now();
  const { id: appointmentId } = await counsellor.client.post<Appointment>(`/v1/cases/${caseId}/appointments`, {
    at: `${addBusinessDays(localDateOf(since), 1)}T10:00`,
    minutes: 45,
    place: 'lieu_activite',
  });
  clock.advance({ since, businessDays: 1, time: '08:30' });
  return { caseId, appointmentId, goal };
}

const todayOf = ({ client }: Character): Promise<Today> => client.get<Today>('/v1/today');

async function inTheMorning({ teller, people: { counsellor }, caseId, appointmentId }: Day): Promise<void> {
  teller.step(`Le lendemain, huit heures et demie. ${counsellor.name} ouvre sa journée.`);
  const { appointments } = await todayOf(counsellor);
  const due = appointments.find(({ id }) => id === appointmentId);
  teller.check(
    due?.resident?.lastName === odette.lastName,
    'le rendez-vous de dix heures y est, avec le nom de la personne',
    appointments,
  );
  teller.step(`${counsellor.name} appelle pour confirmer ; personne ne répond. Une note suffit.`);
  await counsellor.client.post(`/v1/cases/${caseId}/notes`, { text: 'Appelée pour confirmer : absente.' });
  const { themes } = await counsellor.client.get<Progress>(`/v1/cases/${caseId}/progress`);
  teller.check(themes.length === 0, 'la note ne compte pas comme un accompagnement', themes);
}

async function atTheDesk({ teller, people: { counsellor, postManager }, clock, caseId }: Day): Promise<void> {
  teller.step(`${counsellor.name} oriente Odette Marsollier vers ${postManager.house.the}, pour ses achats en ligne.`);
  const { id } = await counsellor.client.post<Referral>(`/v1/cases/${caseId}/referrals`, {
    toStructureId: postManager.structure.id,
    needs: ['banque_et_achats_en_ligne'],
    urgency: 'urgent',
    contact: 'via_referrer',
    informed: { on: localDateOf(clock.now()), how: 'oral' },
    send: true,
  });
  await expectNotice(teller, postManager, id, 'ReferralSent');
  teller.step(`${postManager.who} ouvre sa journée à son tour.`);
  const taskOf = async () => (await todayOf(postManager)).tasks.find(({ referralId }) => referralId === id);
  const task = await taskOf();
  teller.check(
    task?.resident?.firstName === odette.firstName && task.resident.lastName === undefined,
    "la demande est à traiter ; d'Odette, le prénom seulement",
    task,
  );
  await postManager.client.post(`/v1/referrals/${id}/accept`);
  const after = await taskOf();
  teller.check(after?.kind !== task?.kind, 'une fois la demande acceptée, il ne reste plus à y répondre', after);
  await expectNotice(teller, counsellor, id, 'ReferralAccepted');
}

async function theAppointment(day: Day): Promise<void> {
  const { teller, people, clock, caseId, appointmentId, goal } = day;
  const { counsellor } = people;
  const today = localDateOf(clock.advance({ since: clock.now(), businessDays: 0, time: '10:50' }));
  teller.step(
    `Le rendez-vous est passé. ${counsellor.name} l'inscrit ; le jour, la durée et le lieu sont déjà remplis.`,
  );
  const { session } = await counsellor.client.get<{ session: object }>(
    `/v1/sessions/preset?appointment=${appointmentId}`,
  );
  await counsellor.client.post(`/v1/cases/${caseId}/sessions`, {
    ...{ themes: ['email'], equipment: ['telephone'], autonomy: 'partiellement_autonome', ...session },
    procedure: 'Réinitialisation du mot de passe de la messagerie',
    summary: 'Messagerie retrouvée ; un premier message envoyé, avec un peu d’aide.',
  });
  await counsellor.client.post(`/v1/cases/${caseId}/goals/${goal.id}/step`, { stepId: goal.steps[0]!.id });
  const { status } = await counsellor.client.get<Appointment>(`/v1/cases/${caseId}/appointments/${appointmentId}`);
  teller.check(status === 'honoured', 'le rendez-vous est honoré', status);
  const { themes, goals } = await counsellor.client.get<Progress>(`/v1/cases/${caseId}/progress`);
  teller.check(
    themes.some(({ theme, points }) => theme === 'email' && points.at(-1)?.date === today) &&
      goals.open[0]?.steps[0]?.reachedOn === today,
    'ses progrès se lisent par thème, et la première étape de son objectif est atteinte',
    { themes, goals },
  );
  const { appointments } = await todayOf(counsellor);
  teller.check(!appointments.some(({ id }) => id === appointmentId), 'il ne figure plus dans la journée', appointments);
}

async function forTheCoordinator({ teller, people: { coordinator }, caseId }: Day): Promise<void> {
  teller.step(`${coordinator.who} regarde où en est ce dossier.`);
  const file = await coordinator.client.get<CaseFile>(`/v1/cases/${caseId}`);
  const thread = await coordinator.client.all<TimelineEntry>(`/v1/cases/${caseId}/timeline`);
  teller.check(
    file.lead !== undefined && thread.some(({ type }) => type === 'ReferralAccepted'),
    "elle voit qui suit la personne, et ce qu'est devenue l'orientation",
    file,
  );
  teller.check(
    !namesHer([file, thread]) && thread.every(({ text, privateNote }) => text == null && privateNote == null),
    "ni le nom d'Odette, ni rien de ce qui a été écrit",
    thread,
  );
}

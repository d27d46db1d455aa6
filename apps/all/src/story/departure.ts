import { localDateOf } from '@fil-rouge/kernel';
import { expectNotice, ofPerson, type Character } from './cast';
import { isContinuous } from './record';
import type { BatchItem, CaseFile, Employee, Handover, HandoverBatch } from './shapes';
import type { StoryClock } from './story-clock';
import type { Teller } from './teller';

interface People {
  leaver: Character;
  manager: Character;
  coordinator: Character;
  postManager: Character;
}

const residents = [
  ['Adèle', 'Brossard'],
  ['Bruno', 'Chantelou'],
  ['Colette', 'Dervaux'],
  ['Denis', 'Escoffier'],
  ['Edmée', 'Fontenelle'],
  ['Félix', 'Guimard'],
  ['Ginette', 'Houssaye'],
  ['Henri', 'Jolivet'],
  ['Irène', 'Kerbrat'],
  ['Jacques', 'Lescure'],
  ['Karine', 'Moutier'],
  ['Lionel', 'Nivelle'],
] as const;

/** How long the story waits for twelve cases to be handed over; the worker needs a second or two. */
const PATIENCE = 15_000;

/** A counsellor leaves with twelve open cases: none of them is without a lead for an instant, and none has two. */
export async function playDeparture(teller: Teller, people: People, clock: StoryClock): Promise<void> {
  const { leaver, manager } = people;
  teller.heading("6. Une conseillère s'en va avec douze dossiers");
  teller.step(`${leaver.who} suit douze dossiers et quitte son poste.`);
  const informed = { on: localDateOf(clock.now()), how: 'oral' };
  const cases: string[] = [];
  for (const [firstName, lastName] of residents) {
    const resident = { firstName, lastName, birthYear: 1960 + cases.length, commune: '72180' };
    cases.push((await leaver.client.post<CaseFile>('/v1/cases', { resident, themes: ['email'], informed })).id);
  }

  teller.step(`${manager.name}, responsable, veut mettre fin à son emploi.`);
  const refusal = await manager.client.refusalOf(await endOfEmployment(people));
  const { status } = (refusal?.body ?? {}) as { status?: unknown };
  teller.check(
    refusal?.status === 409 && status === 'leads-open-cases',
    'refusé (409) : elle suit encore douze dossiers ouverts',
    refusal?.body ?? 'accepté',
  );

  const done = await handOverAll(teller, people);
  await endAtLast(teller, people, done, cases);
}

async function handOverAll(teller: Teller, { leaver, manager, postManager }: People): Promise<HandoverBatch> {
  const departure = { kind: 'counsellor_leaves', userId: leaver.id, reason: 'Changement de poste.' };
  teller.step(`${manager.name} demande une proposition de répartition, sans rien écrire encore.`);
  const preview = await manager.client.post<HandoverBatch>('/v1/handover-batches', { ...departure, preview: true });
  const colleagues = new Set(preview.items.map(({ proposal }) => proposal?.counsellor?.id));
  teller.check(
    preview.total === 12 && preview.id === undefined && !colleagues.has(undefined) && !colleagues.has(leaver.id),
    `une proposition pour chacun des douze dossiers, vers ${colleagues.size} collègues`,
    preview,
  );

  teller.step(
    `${manager.name} prépare le lot et décide dossier par dossier : neuf à des collègues, deux ${postManager.house.to}, un à clore.`,
  );
  const { id, items } = await manager.client.post<HandoverBatch>('/v1/handover-batches', departure);
  const path = `/v1/handover-batches/${id}`;
  const decided = await manager.client.post<HandoverBatch>(`${path}/decisions`, {
    decisions: items.map(({ caseId, proposal }, index) => {
      if (index === 0) return { caseId, decision: 'close', reason: 'need_met' };
      if (index <= 2) return { caseId, decision: 'structure', structureId: postManager.structure.id };
      return { caseId, decision: 'colleague', counsellorId: proposal?.counsellor?.id };
    }),
  });
  teller.check(decided.undecided === 0 && decided.done === 0, "tout est décidé, rien n'est encore fait", decided);

  teller.step(`${manager.name} lance le lot et suit son avancement.`);
  let batch = await manager.client.post<HandoverBatch>(`${path}/start`);
  const progress = [batch.done];
  for (const end = performance.now() + PATIENCE; batch.status !== 'done' && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    batch = await manager.client.get<HandoverBatch>(path);
    if (batch.done !== progress.at(-1)) progress.push(batch.done);
  }
  teller.note(`Dossiers traités : ${progress.join(', puis ')}.`);
  const outcomes = (outcome: string) => batch.items.filter((item) => item.outcome === outcome).length;
  teller.check(
    batch.status === 'done' &&
      batch.failed === 0 &&
      outcomes('reassigned') === 9 &&
      outcomes('proposed') === 2 &&
      outcomes('closed') === 1,
    'neuf dossiers confiés à des collègues, deux proposés, un clos, aucun échec',
    batch,
  );
  return batch;
}

async function endAtLast(
  teller: Teller,
  people: People,
  { items }: HandoverBatch,
  cases: readonly string[],
): Promise<void> {
  const { leaver, manager, coordinator, postManager } = people;
  const proposed = items.filter(
    (item): item is BatchItem & { handoverId: string } => item.outcome === 'proposed' && item.handoverId !== undefined,
  );
  teller.step(`${postManager.who} accepte les deux dossiers qui lui sont proposés.`);
  for (const { handoverId } of proposed) {
    await expectNotice(teller, postManager, handoverId);
    const { status } = await postManager.client.post<Handover>(`/v1/handovers/${handoverId}/accept`);
    teller.check(status === 'effective', 'la passation prend effet', status);
  }

  teller.step(`${manager.name} met fin à l'emploi ${ofPerson(leaver.name)}.`);
  const refusal = await manager.client.refusalOf(await endOfEmployment(people));
  const { employments } = await manager.client.get<Employee>(`/v1/users/${leaver.id}`);
  teller.check(
    refusal === null && employments.every(({ ended }) => ended),
    "cette fois, c'est accepté",
    refusal?.message ?? employments,
  );

  const files = await Promise.all(cases.map((id) => coordinator.client.get<CaseFile>(`/v1/cases/${id}`)));
  const open = files.filter(({ status }) => status === 'open');
  teller.step(`${coordinator.who} passe les douze dossiers en revue.`);
  teller.check(
    open.every(({ leads = [] }) => isContinuous(leads)),
    'chaque dossier ouvert a un référent et un seul, sans un instant de vide',
    open.map(({ leads }) => leads),
  );
  const closed = files.filter(({ status }) => status === 'closed');
  teller.check(
    closed.length === 1 && closed.every(({ leads = [] }) => leads.length === 1 && Boolean(leads[0]?.until)),
    "le dossier clos en a eu un, jusqu'à sa clôture",
    closed.map(({ leads }) => leads),
  );
  teller.check(
    open.length === 11 && open.every(({ lead }) => lead !== undefined && lead.counsellor?.id !== leaver.id),
    `onze dossiers sont ouverts, plus aucun au nom ${ofPerson(leaver.name)}`,
    files.map(({ status, lead }) => [status, lead]),
  );
  const posts = open.filter(({ lead }) => lead?.structure.id === postManager.structure.id).length;
  teller.check(posts === 2, `deux ont ${postManager.house.the} pour référent`, posts);
}

/** Where to post for the end of the leaver's employment. */
async function endOfEmployment({ leaver, manager }: People): Promise<string> {
  const { employments } = await manager.client.get<Employee>(`/v1/users/${leaver.id}`);
  const employment = employments.find(({ ended }) => !ended);
  if (employment === undefined) throw new Error(`${leaver.name} n'a pas d'emploi en cours.`);
  return `/v1/users/${leaver.id}/employments/${employment.id}/end`;
}

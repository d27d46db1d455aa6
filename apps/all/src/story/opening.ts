import { localDateOf } from '@fil-rouge/kernel';
import { Clock } from '@fil-rouge/platform';
import type { Cast } from './cast';
import { UnexpectedAnswer } from './client';
import { fullName, givesAway, nadia } from './resident';
import type { CaseFile, Page, TimelineEntry } from './shapes';
import type { Teller } from './teller';

export interface Story {
  teller: Teller;
  cast: Cast;
  caseId: string;
  /** The day the story is told, `YYYY-MM-DD` in Paris. */
  today: string;
}

/** What the counsellor keeps to her own structure; nobody else may ever find it. */
export const counsellorsNote = 'Craint de perdre ses droits : rappeler avant la fin du mois.';

/** The counsellor opens the case and records two sessions; somebody else's structure sees nothing of it. */
export async function open(teller: Teller, cast: Cast): Promise<Pick<Story, 'caseId' | 'today'>> {
  const { counsellor, redCross } = cast;
  teller.heading("1. Un dossier s'ouvre à Sablé-sur-Sarthe");
  teller.step(
    `${counsellor.who}, en poste à la Communauté de communes du Pays Sabolien, ouvre le dossier de ${fullName}, qui cherche un emploi à Sablé-sur-Sarthe.`,
  );
  const opened = await openCase(teller, cast);
  const caseId = opened.id;
  const today = localDateOf(opened.openedAt);
  teller.check(
    opened.status === 'open' &&
      opened.lead?.structure.id === counsellor.structure.id &&
      opened.lead.counsellor?.id === counsellor.id,
    `${counsellor.name} suit ce dossier pour ${counsellor.house.the}, qui en est le référent`,
    opened.lead,
  );

  const session = { date: today, place: 'lieu_activite', commune: nadia.commune, equipment: ['ordinateur'] };
  teller.step(
    `${counsellor.name} inscrit un premier accompagnement d'une heure : prise en main de l'ordinateur, messagerie. Avec une note privée.`,
  );
  await counsellor.client.post(`/v1/cases/${caseId}/sessions`, {
    ...session,
    minutes: 60,
    themes: ['prendre_en_main_du_materiel', 'email'],
    autonomy: 'entierement_accompagne',
    summary: 'Adresse électronique créée, premier message envoyé.',
    privateNote: counsellorsNote,
  });
  const own = await timelineOf(counsellor, caseId);
  teller.check(JSON.stringify(own).includes(counsellorsNote), `la note privée se relit ${counsellor.house.to}`, own);
  teller.step(
    `${counsellor.name} inscrit un second accompagnement : navigation sur internet, recherche d'offres d'emploi.`,
  );
  await counsellor.client.post(`/v1/cases/${caseId}/sessions`, {
    ...session,
    minutes: 45,
    themes: ['navigation_sur_internet', 'insertion_professionnelle'],
    autonomy: 'partiellement_autonome',
    summary: "Espace France Travail ouvert ; les offres de la région s'affichent.",
  });

  teller.step(`${counsellor.name} cherche le dossier, en écrivant le nom comme il s'entend : « nadya feran ».`);
  const found = await counsellor.client.post<Page<CaseFile>>('/v1/cases/search', { name: 'nadya feran' });
  teller.check(
    found.items.some(({ id }) => id === caseId),
    "le dossier est trouvé malgré l'orthographe",
    found.items.map(({ id }) => id),
  );

  teller.step(`${redCross.who} n'a rien à voir avec ce dossier, et essaie pourtant de le lire.`);
  await seesNothing(teller, cast, caseId);
  return { caseId, today };
}

/** Told twice on the same database, the story meets its own resident again: it says so, and confirms. */
async function openCase(teller: Teller, { counsellor }: Cast): Promise<CaseFile> {
  const today = localDateOf(new Clock().now());
  const request = {
    resident: nadia,
    themes: ['insertion_professionnelle', 'email'],
    informed: { on: today, how: 'oral' },
    summary: "Reprise d'activité : démarches en ligne à apprendre.",
  };
  try {
    return await counsellor.client.post<CaseFile>('/v1/cases', request);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer) || error.code !== 'possible-duplicate') throw error;
    teller.note(
      "Fil Rouge prévient : un dossier au même nom existe peut-être déjà. L'histoire a déjà été jouée sur cette base.",
    );
    teller.check(!givesAway(error.body), "l'avertissement ne dit rien de l'autre dossier", error.body);
    teller.step(`${counsellor.name} confirme que c'est une autre personne, et ouvre le dossier.`);
    return counsellor.client.post<CaseFile>('/v1/cases', { ...request, confirmNotDuplicate: true });
  }
}

/** The structure that takes no part: the case does not exist for it, by any way that leads there. */
export async function seesNothing(
  teller: Teller,
  { redCross }: Cast,
  caseId: string,
  referralId?: string,
): Promise<void> {
  const paths = [
    `/v1/cases/${caseId}`,
    `/v1/cases/${caseId}/timeline`,
    ...(referralId === undefined ? [] : [`/v1/referrals/${referralId}`]),
  ];
  const statuses = await Promise.all(paths.map((path) => redCross.client.statusOf(path)));
  const { items } = await redCross.client.post<Page<CaseFile>>('/v1/cases/search', { name: nadia.lastName });
  teller.check(
    statuses.every((status) => status === 404) && items.every(({ id }) => id !== caseId),
    `pour ${redCross.house.the}, ce dossier n'existe pas (404), et la recherche ne le trouve pas`,
    { statuses, found: items.length },
  );
}

/** The thread as this person reads it, oldest first. */
export function timelineOf(reader: { client: Cast['counsellor']['client'] }, caseId: string): Promise<TimelineEntry[]> {
  return reader.client.all<TimelineEntry>(`/v1/cases/${caseId}/timeline`);
}

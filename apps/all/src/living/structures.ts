/** What happens in the network beside its follow-ups: places, room, conventions, workshops, people without a name, a counsellor who leaves. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { demoStructureId } from '@fil-rouge/users';
import { person, type Account, type Setting } from './acts';

/** When, who, and what: the request that a screen would make. */
export type Happening = readonly [day: number, by: Account, act: (setting: Setting) => Promise<unknown>];

const departement = 'responsable@departement-sarthe';
const camille = 'conseiller@departement-sarthe';
const leaver = 'conseiller.maine-saosnois@departement-sarthe';
const postManager = 'responsable@la-poste';
const post = 'conseiller@la-poste';
const mansManager = 'responsable@le-mans-metropole';
const mans = 'conseiller@le-mans-metropole';
const allonnes = 'conseiller@ville-allonnes';
const coordinator = 'coordinateur@departement-sarthe';
const administrator = 'administrateur@departement-sarthe';

const weekdays = ['monday', 'tuesday', 'thursday', 'friday'] as const;
const opens =
  (name: string, street: string, postalCode: string, commune: string, phone: string): Happening[2] =>
  async ({ who, places }) => {
    const openings = weekdays.map((weekday) => ({ weekday, from: '09:00', to: '12:30' }));
    const { id } = await who.post<{ id: string }>('/v1/places', { name, street, postalCode, commune, phone, openings });
    places.set(name, id);
  };

const says =
  (structure: string, what: 'capacity' | 'leaflet' | 'contacts', body: object): Happening[2] =>
  ({ who }) =>
    who.put(`/v1/structures/${demoStructureId(structure)}/${what}`, body);

const holds =
  (title: string, themes: string[], commune: string, participants: string[], anonymous: object): Happening[2] =>
  ({ who, day, caseOf }) =>
    who.post('/v1/workshops', {
      ...{ title, themes, commune, anonymous, date: day(), minutes: 120, place: 'lieu_activite', level: 'debutant' },
      participants: participants.map((name) => ({ caseId: caseOf(name).id })),
    });

const meetsSomebody =
  (commune: string, themes: string[], ageBracket: string, minutes = 20): Happening[2] =>
  ({ who, day }) =>
    who.post('/v1/anonymous-sessions', {
      ...{ commune, themes, ageBracket, minutes, date: day(), place: 'lieu_activite', equipment: ['telephone'] },
    });

const readsAll: Happening[2] = async ({ who }) => {
  const { asOf } = await who.get<{ asOf?: string }>('/v1/notifications');
  if (asOf !== undefined) await who.post('/v1/notifications/read', { asOf });
};

/** Half of what a leaver leaves is decided on. */
const decidesHalf: Happening[2] = async ({ who }) => {
  const reason = 'Fin de contrat à la fin du mois prochain.';
  const departure = { kind: 'counsellor_leaves', userId: person(leaver), reason };
  const { id, items } = await who.post<{ id: string; items: { caseId: string; proposal?: Proposal }[] }>(
    '/v1/handover-batches',
    departure,
  );
  const decisions = items.slice(0, items.length / 2).map(({ caseId, proposal }, n) => {
    if (n === 0) return { caseId, decision: 'structure', structureId: demoStructureId('fal-72') };
    return { caseId, decision: 'colleague', counsellorId: proposal?.counsellor?.id ?? person(camille) };
  });
  await who.post(`/v1/handover-batches/${id}/decisions`, { decisions });
};
interface Proposal {
  readonly counsellor?: { readonly id: string };
}

const signsUntil =
  (structure: string, reference: string, days: number, posts: number): Happening[2] =>
  ({ who, day, on }) =>
    who.post(`/v1/structures/${demoStructureId(structure)}/conventions`, {
      ...{ reference, posts, envelope: 2, from: day(), until: addCalendarDays(on(0), days) },
    });

/** A counsellor of the structure has left the State's programme: the post is to be filled within six months. */
const vacatesAPost: Happening[2] = async ({ who, day }) => {
  const { items } = await who.get<{ items: { id: string }[] }>('/v1/conventions');
  const { id, posts } = await who.get<{ id: string; posts: { id: string; status: string }[] }>(
    `/v1/conventions/${items[0]!.id}`,
  );
  const held = posts.filter(({ status }) => status === 'occupied').at(-1)!;
  await who.post(`/v1/conventions/${id}/posts/${held.id}/vacate`, { on: day() });
};

export const lifeOfStructures: readonly Happening[] = [
  [-240, departement, opens('Espace de Conlie', '2 place des Halles', '72240', '72089', '02 43 99 01 20')],
  [
    -240,
    departement,
    opens('Maison du Département de Sillé', '4 rue du Coq Hardi', '72140', '72334', '02 43 99 01 21'),
  ],
  [-240, departement, opens('Maison du Département de Mamers', '8 rue du Fort', '72600', '72180', '02 43 99 01 22')],
  [
    -240,
    postManager,
    opens('Bureau de la République', '13 place de la République', '72000', '72181', '02 43 99 01 30'),
  ],
  [-240, postManager, opens('Bureau de La Flèche', '5 rue Grollier', '72200', '72154', '02 43 99 01 31')],
  [
    -240,
    mansManager,
    opens('Maison de quartier des Sablons', '1 rue des Peupliers', '72100', '72181', '02 43 99 01 40'),
  ],
  [
    -240,
    postManager,
    says('la-poste', 'leaflet', {
      purpose: 'Aide à la banque en ligne et aux démarches, au guichet et sur rendez-vous.',
      bring: 'Une pièce d’identité et votre téléphone.',
      coming: 'Tramway, arrêt République.',
    }),
  ],
  [-240, postManager, says('la-poste', 'contacts', { defaultId: person(post), rota: [] })],
  [-100, administrator, signsUntil('ville-allonnes', 'CN-72-ALLONNES-2', 88, 1)],
  [-60, 'responsable@afpa', says('afpa', 'capacity', { capacity: 'waiting_list' })],
  [-22, postManager, vacatesAPost],
  [-6, 'responsable@croix-rouge', says('croix-rouge', 'capacity', { capacity: 'full' })],

  [
    -200,
    camille,
    holds(
      'Bien débuter avec sa tablette',
      ['prendre_en_main_du_materiel'],
      '72089',
      ['Lucienne Godefroy', 'Ginette Lebreton'],
      { total: 5, byAge: { soixante_dix_plus: 3, soixante_soixante_neuf: 2 } },
    ),
  ],
  [
    -65,
    mans,
    holds(
      'Reconnaître un message frauduleux',
      ['securite_numerique'],
      '72181',
      ['Pierre Lhermenier', 'Françoise Gaignard'],
      { total: 8, byGender: { feminin: 5, masculin: 3 } },
    ),
  ],
  [
    -18,
    camille,
    holds('Son espace de santé, pas à pas', ['sante'], '72334', ['Roger Chesneau', 'Thérèse Aubry'], {
      total: 4,
      byAge: { soixante_dix_plus: 4 },
    }),
  ],
  [
    -6,
    allonnes,
    holds('Chercher un emploi en ligne', ['insertion_professionnelle'], '72003', ['Odile Champroux'], { total: 6 }),
  ],

  ...[-200, -140, -100, -60, -40, -22, -12, -5].map((day, n): Happening => [
    day,
    n % 2 ? mans : camille,
    meetsSomebody(
      n % 2 ? '72181' : '72334',
      ['email'],
      n % 3 ? 'soixante_dix_plus' : 'quarante_cinquante_neuf',
      10 + 5 * n,
    ),
  ]),
  [-18, post, meetsSomebody('72181', ['banque_et_achats_en_ligne'], 'soixante_soixante_neuf')],
  [-3, post, meetsSomebody('72181', ['banque_et_achats_en_ligne'], 'vingt_cinq_trente_neuf', 15)],

  [-5, departement, decidesHalf],
  ...['responsable@afpa', 'responsable@croix-rouge', mansManager, mans, departement, coordinator, administrator].map(
    (who): Happening => [-8, who, readsAll],
  ),
  ...[camille, post, postManager].map((who): Happening => [-4, who, readsAll]),
  [
    -4,
    administrator,
    ({ who }) => who.post('/v1/audit/cases/search', { name: 'Denise Quinton', reasonCode: 'request_of_resident' }),
  ],
];

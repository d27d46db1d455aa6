/**
 * The network of the Sarthe when its programme began: which structures employ conseillers numériques, and where the Département
 * places its own. Territories are named, not listed: their communes come from the official codes.
 */
import type { LocalDate, StructureStatus, Uuid } from '@fil-rouge/kernel';

export const departement = '72';

export interface NetworkStructure {
  /** Second half of its demo accounts' addresses: `conseiller@la-poste.demo`. */
  readonly key: string;
  readonly name: string;
  readonly typology: string;
  readonly status: Extract<StructureStatus, 'active' | 'awaiting_state_validation'>;
  readonly territory: { departement: string } | { epci: string } | { communes: readonly string[] };
  readonly services: readonly string[];
  /** Posts that the State pays for, of counsellors and of who coordinates them; null where the number was not published. */
  readonly posts: number | null;
}

/** Day from which the demo network and its people are there: before anything a story may tell. */
export const since: LocalDate = '2021-01-04';

const procedures = 'Aide aux démarches administratives';
const tools = 'Maîtrise des outils numériques du quotidien';
const work = 'Insertion professionnelle via le numérique';
const safety = 'Utilisation sécurisée du numérique';
const family = 'Parentalité et éducation avec le numérique';
const leisure = 'Loisirs et créations numériques';
const culture = 'Compréhension du monde numérique';
const access = 'Accès internet et matériel informatique';

const whole = { departement };

export const structures: readonly NetworkStructure[] = [
  {
    key: 'departement-sarthe',
    name: 'Département de la Sarthe',
    typology: 'CD',
    status: 'active',
    territory: whole,
    services: [procedures, tools, safety, family, culture],
    posts: 16,
  },
  {
    key: 'le-mans-metropole',
    name: 'Le Mans Métropole',
    typology: 'EPCI',
    status: 'active',
    territory: { epci: '247200132' },
    services: [procedures, tools, safety, culture],
    posts: 7,
  },
  {
    key: 'cc-sud-sarthe',
    name: 'Communauté de communes Sud Sarthe',
    typology: 'CC',
    status: 'active',
    territory: { epci: '200073112' },
    services: [procedures, tools, safety],
    posts: null,
  },
  {
    key: 'mediatheque-saint-calais',
    name: 'Médiathèque de Saint-Calais',
    typology: 'BIB',
    status: 'active',
    territory: { communes: ['72269'] },
    services: [tools, leisure, culture, access],
    posts: null,
  },
  {
    key: 'ville-allonnes',
    name: "Ville d'Allonnes",
    typology: 'MUNI',
    status: 'active',
    territory: { communes: ['72003'] },
    services: [procedures, tools, family, access],
    posts: null,
  },
  {
    key: 'afpa',
    name: 'Afpa',
    typology: 'AFPA',
    status: 'active',
    territory: whole,
    services: [tools, work, safety],
    posts: null,
  },
  {
    key: 'fal-72',
    name: "Ligue de l'enseignement – FAL 72",
    typology: 'ASSO',
    status: 'active',
    territory: whole,
    services: [tools, family, leisure, culture],
    posts: null,
  },
  {
    key: 'croix-rouge',
    name: 'Croix-Rouge française',
    typology: 'ASSO',
    status: 'active',
    territory: whole,
    services: [procedures, tools, access],
    posts: null,
  },
  {
    key: 'la-poste',
    name: 'La Poste',
    typology: 'LA_POSTE',
    status: 'active',
    territory: whole,
    services: [procedures, tools, safety, access],
    posts: 3,
  },
  // Such structures exist, but their names were not published: this one is invented.
  {
    key: 'asso-en-attente',
    name: 'Association Les Clics solidaires',
    typology: 'ASSO',
    status: 'awaiting_state_validation',
    territory: { epci: '247200132' },
    services: [tools, safety],
    posts: null,
  },
];

/** The same in every installation of the demo, so that an example in the documentation names a structure that is there. */
export const demoStructureId = (key: string): Uuid =>
  `00000000-0000-7000-8000-0000000001${String(structures.findIndex((one) => one.key === key)).padStart(2, '0')}`;

/** The EPCI (SIREN) in which each of the Département's fifteen counsellors works. */
export const placements: readonly { readonly key: string; readonly siren: string }[] = [
  { key: 'pays-flechois', siren: '247200348' },
  { key: 'maine-coeur-de-sarthe', siren: '200068963' },
  { key: 'haute-sarthe-alpes-mancelles', siren: '200072700' },
  { key: 'huisne-sarthoise', siren: '247200686' },
  { key: 'pays-sabolien', siren: '247200090' },
  { key: 'oree-de-berce-belinois', siren: '247200447' },
  { key: 'loue-brulon-noyen', siren: '200040475' },
  { key: 'sud-est-du-pays-manceau', siren: '247200421' },
  { key: 'maine-saosnois', siren: '200072676' },
  { key: 'champagne-conlinoise-et-pays-de-sille', siren: '200072718' },
  { key: 'braye-et-anille', siren: '200072692' },
  { key: 'val-de-sarthe', siren: '247200629' },
  { key: 'gesnois-bilurien', siren: '200072684' },
  { key: 'loir-luce-berce', siren: '200070373' },
  { key: 'sud-sarthe', siren: '200073112' },
];

/** The Sarthe and the départements around it: Orne, Eure-et-Loir, Loir-et-Cher, Indre-et-Loire, Maine-et-Loire, Mayenne. */
const around = ['72', '61', '28', '41', '37', '49', '53'];

/** Where somebody lives who is followed here, or something takes place. */
export const isNearby = (commune: string): boolean => around.some((departement) => commune.startsWith(departement));

/**
 * The demo accounts of the network of the Sarthe: invented people, one per role and structure, and as many counsellors as were recruited: sixteen by the
 * Département, of whom one coordinates and fifteen are placed, seven by Le Mans Métropole, three by La Poste.
 */
import type { Role, Uuid } from '@fil-rouge/kernel';
import { placements, structures } from './sarthe';

export interface NetworkPerson {
  readonly email: string;
  readonly name: string;
  /** Key of the structure that employs them. */
  readonly structure: string;
  readonly role: Role;
  /** SIREN of the EPCI where they are placed. */
  readonly placedAt?: string;
}

const headOffice = 'departement-sarthe';
const everywhere = { conseiller: 'counsellor', responsable: 'manager' } as const;
const once = { coordinateur: 'coordinator', administrateur: 'administrator', auditeur: 'auditor' } as const;

/** In the order of the accounts below. */
const names = [
  'Camille Berthelot',
  'Philippe Maréchal',
  'Nadège Tessier',
  'Karim Benyahia',
  'Sandrine Lhommeau',
  'Julien Poirrier',
  'Aurélie Gandon',
  'Thierry Vasseur',
  'Inès Chauvin',
  'Mathieu Leroux',
  'Sylvie Hubert',
  'Yann Kervella',
  'Fatou Diarra',
  'Laurent Pichon',
  'Élodie Rocher',
  'Marc Besnier',
  'Leïla Haddad',
  'Bertrand Cosnard',
  'Chloé Fouqueray',
  'Jean-Marc Derouin',
  'Hélène Launay',
  'Olivier Guédon',
  'Brigitte Percheron',
  'Manon Froger',
  'Kévin Leboucher',
  'Lucie Papin',
  'Anthony Drouet',
  'Marine Cormier',
  'Nicolas Ribot',
  'Pauline Touchard',
  'Hugo Lemercier',
  'Émilie Renvoisé',
  'Samir Belkacem',
  'Justine Plessis',
  'Romain Houdayer',
  'Coralie Bignon',
  'Florian Métivier',
  'Océane Trottier',
  'Gaëlle Besnard',
  'Damien Fouquet',
  'Nora Lemoine',
  'Cédric Plumas',
  'Solène Garnier',
  'Ali Mansouri',
  'Mélanie Chartier',
  'Rémi Guyon',
];

/** The Département's own counsellor is one of the fifteen: the place of this one. */
const ownPlacement = 'champagne-conlinoise-et-pays-de-sille';
const also = (structure: string, count: number): Omit<NetworkPerson, 'name'>[] =>
  Array.from({ length: count }, (_, n) => ({
    email: `conseiller${n + 2}@${structure}.demo`,
    structure,
    role: 'counsellor',
  }));

/** Nobody is ever taken out or put in between: the place is the person's id and name. */
const places: readonly Omit<NetworkPerson, 'name'>[] = [
  ...structures.flatMap(({ key }) =>
    Object.entries(everywhere).map(([account, role]) => ({
      email: `${account}@${key}.demo`,
      structure: key,
      role,
      ...(key === headOffice && role === 'counsellor'
        ? { placedAt: placements.find((placement) => placement.key === ownPlacement)!.siren }
        : {}),
    })),
  ),
  ...Object.entries(once).map(([account, role]) => ({
    email: `${account}@${headOffice}.demo`,
    structure: headOffice,
    role,
  })),
  ...placements.map(({ key, siren }) => ({
    email: `conseiller.${key}@${headOffice}.demo`,
    structure: headOffice,
    role: 'counsellor' as const,
    placedAt: siren,
  })),
  ...also('le-mans-metropole', 6),
  ...also('la-poste', 2),
];

export const people: readonly NetworkPerson[] = places
  .map((person, index) => ({ ...person, name: names[index]! }))
  .filter(({ email }) => email !== `conseiller.${ownPlacement}@${headOffice}.demo`);

/** The same in every installation of the demo, as those of the structures are. */
export const demoPersonId = (email: string): Uuid =>
  `00000000-0000-7000-8000-0000000002${String(places.findIndex((one) => one.email === email)).padStart(2, '0')}`;

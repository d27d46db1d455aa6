/** The demo accounts of the network of the Sarthe: invented people, one per role and structure, and the fifteen placed counsellors. */
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
];

export const people: readonly NetworkPerson[] = [
  ...structures.flatMap(({ key }) =>
    Object.entries(everywhere).map(([account, role]) => ({ email: `${account}@${key}.demo`, structure: key, role })),
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
].map((person, index) => ({ ...person, name: names[index]! }));

/** The same in every installation of the demo, as those of the structures are. */
export const demoPersonId = (email: string): Uuid =>
  `00000000-0000-7000-8000-0000000002${String(people.findIndex((one) => one.email === email)).padStart(2, '0')}`;

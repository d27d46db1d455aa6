import type { Reader, World } from './world';

/**
 * docs/who-sees-what.md, retyped by hand, cell by cell: what may occur anywhere in what somebody can read. `x`: it does; `-`: nowhere; `.`: may, but need not
 * (whoever reads the latest details need not be shown the earlier ones). Columns in the order of `readers`.
 */
const table = `
  row                                | words                            | cand cont lead fLead fCont refu coor elsew audit reason stranger
  first name                         | Prenomavant                      | x    .    .    x     -     -    -    -     -     .      -
  first name, after the end          | Prenomapres                      | -    x    x    -     -     -    -    -     -     x      -
  surname                            | Nomavant                         | -    .    .    x     -     -    -    -     -     .      -
  surname, after the end             | Nomapres                         | -    x    x    -     -     -    -    -     -     x      -
  birth name                         | Naissanceavant                   | -    .    .    x     -     -    -    -     -     .      -
  birth name, after the end          | Naissanceapres                   | -    x    x    -     -     -    -    -     -     x      -
  phone                              | 0639980001                       | -    .    .    x     -     -    -    -     -     .      -
  phone, after the end               | 0639980002                       | -    x    x    -     -     -    -    -     -     x      -
  e-mail                             | avant@exemple.fr                 | -    .    .    x     -     -    -    -     -     .      -
  e-mail, after the end              | apres@exemple.fr                 | -    x    x    -     -     -    -    -     -     x      -
  birth year                         | "birthYear":1949                 | -    x    x    x     -     -    -    -     -     x      -
  birth year, after the end          | "birthYear":1951                 | -    x    x    -     -     -    -    -     -     x      -
  status                             | "status":"retraite"              | -    x    x    x     -     -    -    -     -     x      -
  status, after the end              | "status":"en_emploi"             | -    x    x    -     -     -    -    -     -     x      -
  gender                             | "gender":"feminin"               | -    x    x    x     -     -    -    -     -     x      -
  commune                            | "commune":"72181"                | x    x    x    x     -     -    -    -     -     x      -
  commune, after the end             | "commune":"72154"                | -    x    x    -     -     -    -    -     -     x      -
  age bracket                        | "ageBracket":"soixante_dix_plus" | x    x    x    x     -     -    -    -     -     x      -
  themes of the case                 | sante                            | -    x    x    x     -     -    -    -     -     x      -
  needs: to the contributor          | bureautique                      | -    x    x    x     -     -    -    -     -     x      -
  needs: to the former contributor   | culture_numerique                | -    x    x    x     -     -    -    -     -     x      -
  needs: to the candidate            | scolarite_et_numerique           | x    -    x    x     -     -    -    -     -     x      -
  needs: to the refused              | parentalite                      | -    -    x    x     -     -    -    -     -     x      -
  needs: of a draft                  | securite_numerique               | -    -    x    -     -     -    -    -     -     x      -
  message: to the contributor        | Message contributeur             | -    x    x    x     -     -    -    -     -     x      -
  message: to the former             | Message anciencontributeur       | -    x    x    x     -     -    -    -     -     x      -
  message: to the candidate          | Message candidat                 | x    -    x    x     -     -    -    -     -     x      -
  message: before it was worded anew | Message esquisse                 | -    -    x    x     -     -    -    -     -     x      -
  message: to the refused            | Message refuse                   | -    -    x    x     -     -    -    -     -     x      -
  message: of a draft                | Message brouillon                | -    -    x    -     -     -    -    -     -     x      -
  contact preference                 | via_referrer                     | x    x    x    x     -     -    -    -     -     x      -
  entry: opening                     | Texte ouverture                  | -    x    x    x     -     -    -    -     -     x      -
  entry: former lead’s               | Texte menantavant                | -    x    x    x     -     -    -    -     -     x      -
  entry: contributor’s               | Texte contributeur               | -    x    x    x     -     -    -    -     -     x      -
  entry: former contributor’s        | Texte anciencontributeur         | -    x    x    x     x     -    -    -     -     x      -
  entry: workshop before             | Titre atelieravant               | -    x    x    x     -     -    -    -     -     x      -
  entry: lead’s, after the end       | Texte menantapres                | -    x    x    -     -     -    -    -     -     x      -
  entry: contributor’s, after it     | Texte contributeurapres          | -    x    x    -     -     -    -    -     -     x      -
  entry: former lead’s, after it     | Texte ancienmenantapres          | -    x    x    x     -     -    -    -     -     x      -
  entry: workshop after              | Titre atelierapres               | -    x    x    -     -     -    -    -     -     x      -
  note on the case, before the end   | Texte appelancien                | -    x    x    x     x     -    -    -     -     x      -
  note on the case, after the end    | Texte appelapres                 | -    x    x    -     -     -    -    -     -     x      -
  appointment, before the end        | Texte rendezvousancien           | -    x    x    x     x     -    -    -     -     x      -
  appointment, after the end         | Texte rendezvousapres            | -    x    x    -     -     -    -    -     -     x      -
  goal and step, before the end      | Texte pas                        | -    x    x    x     -     -    -    -     -     x      -
  goal, before the end               | Texte butancien                  | -    x    x    x     -     -    -    -     -     x      -
  goal, after the end                | Texte objectif                   | -    x    x    -     -     -    -    -     -     x      -
  its step, after the end            | Texte etape                      | -    x    x    -     -     -    -    -     -     x      -
  sent outside, before the end       | Texte dehorsavant                | -    x    x    x     -     -    -    -     -     x      -
  its name, before the end           | Nom dehorsavant                  | -    x    x    x     -     -    -    -     -     x      -
  sent outside, after the end        | Texte dehorsapres                | -    x    x    -     -     -    -    -     -     x      -
  to whom its link goes              | guichetfaux@exemple.fr           | -    -    -    -     -     -    -    -     -     -      -
  label of a session                 | Etiquette donnee                 | -    -    x    -     -     -    -    -     -     -      -
  label of a structure               | Etiquette de reserve             | -    -    x    -     -     -    -    -     -     -      -
  comment of the former contributor  | Commentaire fin                  | -    x    x    x     x     -    -    -     -     x      -
  note: former lead’s                | Note menantavant                 | -    -    -    x     -     -    -    -     -     -      -
  note: contributor’s                | Note contributeur"               | -    x    -    -     -     -    -    -     -     -      -
  note: former contributor’s         | Note anciencontributeur          | -    -    -    -     x     -    -    -     -     -      -
  note: lead’s                       | Note menantapres                 | -    -    x    -     -     -    -    -     -     -      -
  note: contributor’s, after the end | Note contributeurapres           | -    x    -    -     -     -    -    -     -     -      -
  note: former lead’s, after the end | Note ancienmenantapres           | -    -    -    x     -     -    -    -     -     -      -
  note beside one, before the end    | Note appelancien                 | -    -    -    -     x     -    -    -     -     -      -
  note beside one, after the end     | Note appelapres                  | -    -    x    -     -     -    -    -     -     -      -
  note beside an appointment, before | Note rendezvousancien            | -    -    -    -     x     -    -    -     -     -      -
  note beside an appointment, after  | Note rendezvousapres             | -    -    x    -     -     -    -    -     -     -      -
  file, before the end               | Fichier avant                    | -    x    x    x     -     -    -    -     -     -      -
  what it holds, before the end      | Contenu avant                    | -    x    x    x     -     -    -    -     -     -      -
  file, after the end                | Fichier apres                    | -    x    x    -     -     -    -    -     -     -      -
  what it holds, after the end       | Contenu apres                    | -    x    x    -     -     -    -    -     -     -      -
  file: to the candidate             | Fichier candidat                 | x    -    x    x     -     -    -    -     -     -      -
  what it holds: to the candidate    | Contenu candidat                 | x    -    x    x     -     -    -    -     -     -      -
  handover: note                     | Texte passation                  | -    -    x    x     -     -    -    -     -     x      -
  objection                          | "how":"written"                  | -    x    x    -     -     -    -    -     -     x      -
  comment of a reading               | Commentaire lecture              | -    -    -    -     -     -    -    -     -     -      -
`;
export const matrix = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()) as [row: string, words: string, cells: string]);

const sent = { contributors: 'on_hold', formerContributors: 'completed', candidates: 'sent' };
const all = { ...sent, refused: 'refused', later: 'draft' };
/** Which referrals, in which state; `refused` stands for how the refused one ended. */
export const referralsOf: Record<Reader, Partial<Record<keyof World['referrals'], string>>> = {
  candidate: { candidates: 'sent' },
  contributor: sent,
  lead: all,
  formerLead: { ...sent, contributors: 'in_progress', refused: 'refused' },
  formerContributor: { formerContributors: 'completed', candidates: 'sent' },
  refused: { refused: 'refused' },
  coordinator: all,
  coordinatorElsewhere: {},
  auditor: all,
  auditorWithReason: all,
  stranger: {},
};

export const sessionsOf: Partial<Record<Reader, (keyof World['sessions'])[]>> = {
  contributor: [
    'ofFormerLead',
    'ofContributor',
    'ofFormerContributor',
    'ofLead',
    'laterOfContributor',
    'laterOfFormerLead',
  ],
  lead: ['ofFormerLead', 'ofContributor', 'ofFormerContributor', 'ofLead', 'laterOfContributor', 'laterOfFormerLead'],
  formerLead: ['ofFormerLead', 'ofContributor', 'ofFormerContributor', 'laterOfFormerLead'],
  formerContributor: ['ofFormerContributor'],
};

/** Who reads no detail: the case does not exist. */
const hidden = { detail: 404, readings: 404, leads: 0, seq: false, search: [false, false] } as const;
const shown = { detail: 200, readings: 403, leads: 2, seq: false, search: [false, false] } as const;

/** Status of the detail, of who read it; whether the lead is named, and by the numbers of events. */
export const caseOf: Record<
  Reader,
  {
    detail: number;
    participation?: string;
    readings: number;
    leads: number;
    seq: boolean;
    search: readonly [before: boolean, after: boolean];
  }
> = {
  candidate: hidden,
  contributor: { ...shown, participation: 'contributor', search: [false, true] },
  lead: { ...shown, participation: 'lead', readings: 200, seq: true, search: [false, true] },
  formerLead: { ...shown, participation: 'former_lead', search: [true, false] },
  formerContributor: { ...shown, participation: 'former_contributor', leads: 0 },
  refused: hidden,
  coordinator: { ...shown, participation: 'coordinator', readings: 200 },
  coordinatorElsewhere: hidden,
  auditor: { ...shown, participation: 'auditor', readings: 200, seq: true },
  auditorWithReason: { ...shown, participation: 'auditor', readings: 200, seq: true },
  stranger: hidden,
};

/** Residents of several structures whom La Poste is asked to help: its desk has received each kind of request. */
import {
  accepts,
  acknowledges,
  agrees,
  asksToCancel,
  asksToLead,
  cancelsReferral,
  closes,
  completes,
  declines,
  guided,
  helped,
  isRead,
  meets,
  pauses,
  plans,
  practises,
  proposes,
  refers,
  voids,
  withdraws,
} from './acts';
import { life, type Life } from './life';

const mans = 'conseiller@le-mans-metropole';
const mans2 = 'conseiller2@le-mans-metropole';
const marine = 'conseiller.pays-sabolien@departement-sarthe';
const flechois = 'conseiller.pays-flechois@departement-sarthe';
const allonnes = 'conseiller@ville-allonnes';
const post = 'conseiller@la-poste';
const postManager = 'responsable@la-poste';
const coordinator = 'coordinateur@departement-sarthe';
const bank = ['banque_et_achats_en_ligne'];

export const livesOfDesk: readonly Life[] = [
  life('F Simone Trouillard 1949 retraite 72181', mans, -12, bank, 'Son agence ferme à la fin du mois.', [
    [-12, meets(45, bank, 'Difficultés repérées : identifiant perdu.', { autonomy: guided })],
    [
      -1,
      refers('la-poste', bank, 'Son agence ferme vendredi : elle n’a plus d’accès à son compte.', {
        urgency: 'urgent',
        contact: 'phone',
      }),
    ],
  ]),
  life(
    'M Abdel Khelifi 1972 en_emploi 72181',
    mans,
    -22,
    ['aide_aux_demarches_administratives', 'etrangers_europe'],
    'Renouvelle son titre de séjour.',
    [
      [
        -22,
        meets(
          60,
          ['aide_aux_demarches_administratives', 'etrangers_europe'],
          'Compte ouvert sur le site du ministère.',
          { autonomy: helped, procedure: 'Renouvellement d’un titre de séjour' },
        ),
      ],
      [
        -4,
        refers('la-poste', ['aide_aux_demarches_administratives'], 'Identité numérique à créer au guichet.', {
          contact: 'in_person',
        }),
      ],
    ],
  ),
  life(
    'F Josiane Mercerais 1958 retraite 72154',
    flechois,
    -60,
    ['email', ...bank],
    'Achète par correspondance depuis toujours.',
    [
      ...practises([-60, -40, -18], 'email', [
        'Messagerie retrouvée.',
        'Courriers indésirables triés.',
        'Écrit avec un peu d’aide.',
      ]),
      [-13, refers('la-poste', bank, 'Souhaite payer en ligne sans crainte.')],
    ],
  ),
  life(
    'M Kevin Rousselot 1999 sans_emploi 72264',
    marine,
    -32,
    ['insertion_professionnelle'],
    'Cherche un premier emploi dans la logistique.',
    [
      [-32, meets(60, ['insertion_professionnelle'], 'Curriculum vitæ mis à jour.', { autonomy: helped })],
      [-12, refers('la-poste', ['insertion_professionnelle'], 'Candidature au tri : dossier à déposer en ligne.')],
      [-8, acknowledges, post],
      [-3, plans(1, '09:30')],
    ],
  ),
  life(
    'F Colette Vannier 1941 retraite 72003',
    allonnes,
    -40,
    bank,
    'Fait ses comptes sur un cahier, à jour au centime.',
    [
      [-40, meets(45, bank, 'Différence entre site et courriel expliquée.', { autonomy: guided })],
      [-6, refers('la-poste', bank, 'Voudrait voir son compte sans faire la queue.', { contact: 'phone' })],
      [-3, accepts(), postManager],
    ],
  ),
  life(
    'M Mohamed Ziani 1965 sans_emploi 72095',
    mans2,
    -65,
    ['aide_aux_demarches_administratives', 'argent_impots'],
    'Ouvrier du bâtiment, en arrêt depuis un an.',
    [
      [
        -65,
        meets(
          60,
          ['aide_aux_demarches_administratives', 'argent_impots'],
          'Déclaration de ressources faite ensemble.',
          { autonomy: guided },
        ),
      ],
      [-32, refers('la-poste', ['aide_aux_demarches_administratives'], 'Recevoir ses courriers recommandés en ligne.')],
      [-26, accepts(post), post],
      // Nobody answers it: the coordination has to decide.
      [-15, asksToLead('Vient au guichet chaque semaine.'), postManager],
    ],
  ),
  life(
    'F Françoise Gaignard 1953 retraite 72181',
    mans,
    -80,
    [...bank, 'securite_numerique'],
    'A reçu de faux messages de sa banque.',
    [
      ...practises([-80, -60, -40], 'securite_numerique', [
        'Faux message signalé.',
        'Mots de passe changés ensemble.',
        'Reconnaît les faux messages.',
      ]),
      [-22, refers('la-poste', bank, 'Nouvel accès à son compte, en confiance.')],
      [-18, accepts(post), post],
      [-12, meets(30, bank, 'Accès demandé ; code attendu par courrier.', { autonomy: guided }), post],
      [-8, pauses('waiting_list', 5), post],
    ],
  ),
  life(
    'M Pierre Lhermenier 1946 retraite 72181',
    mans,
    -160,
    ['email', ...bank],
    'Veuf ; sa femme s’occupait de tout.',
    [
      ...practises([-160, -120, -80, -50, -15], 'email', [
        'Messagerie de sa femme refermée, la sienne ouverte.',
        'Écrit à ses fils avec un peu d’aide.',
        'Ouvre les pièces jointes.',
        'Range ses messages.',
        'Écrit seul.',
      ]),
      [-120, refers('la-poste', bank, 'Reprendre la main sur ses comptes.')],
      [-100, accepts(post), post],
      [-80, meets(45, bank, 'Relevés consultés, virement fait ensemble.', { autonomy: guided }), post],
      [-60, meets(45, bank, 'Virement fait seul.', { autonomy: 'autonome' }), post],
      [
        -8,
        completes('helped_partially', 'Gère ses comptes ; reste à apprendre à acheter en ligne.', [
          'securite_numerique',
        ]),
        post,
      ],
      [-2, isRead('control', 'Contrôle par sondage du mois.'), 'auditeur@departement-sarthe'],
    ],
  ),
  life(
    'F Aïcha Benslimane 1990 en_emploi 72008',
    mans2,
    -60,
    [...bank],
    'Assistante maternelle, payée par plusieurs familles.',
    [
      [-60, meets(45, bank, 'Déclarations d’employeurs expliquées.', { autonomy: helped })],
      [-26, refers('la-poste', bank, 'Ouvrir un compte professionnel.')],
      [-22, accepts(post), post],
      [-15, meets(30, bank, 'Pièces à fournir listées.', { autonomy: helped }), post],
      [-4, asksToCancel('Compte ouvert ailleurs entre-temps.')],
    ],
  ),
  life(
    'M Gérard Pasquereau 1950 retraite 72176',
    flechois,
    -120,
    ['maintenance_de_materiel'],
    'Son ordinateur ne démarre plus.',
    [
      [-120, meets(30, ['maintenance_de_materiel'], 'Panne constatée, sauvegarde faite.', { autonomy: guided })],
      [-100, refers('la-poste', ['maintenance_de_materiel'], 'Cherche un réparateur.')],
      [-80, declines('not_our_service'), postManager],
      [-60, closes('moved_out')],
    ],
  ),
  life(
    'F Martine Cossonnier 1959 en_emploi 72264',
    marine,
    -50,
    bank,
    'Tient une mercerie, voudrait vendre en ligne.',
    [
      [-50, meets(60, bank, 'Exemples de boutiques en ligne regardés ensemble.', { autonomy: helped })],
      [-18, refers('la-poste', bank, 'Frais d’envoi et encaissement.')],
      [-15, withdraws('resident_declined')],
    ],
  ),
  life(
    'M Didier Blanchet 1963 sans_emploi 72058',
    mans,
    -100,
    ['navigation_sur_internet'],
    'Sans connexion chez lui.',
    [
      [-100, meets(45, ['navigation_sur_internet'], 'Offre d’accès à tarif social trouvée.', { autonomy: helped })],
      [-40, refers('la-poste', ['navigation_sur_internet'], 'Postes en libre accès au bureau.')],
      [-32, accepts(post), post],
      [-18, cancelsReferral('Fait double emploi avec l’accès de la médiathèque.'), coordinator],
      [-10, closes('unreachable')],
    ],
  ),
  life('F Lydie Foucault 1984 en_emploi 72154', flechois, -40, ['parentalite'], 'Trois enfants, un seul téléphone.', [
    [
      -40,
      meets(45, ['parentalite'], 'Temps d’écran et comptes des enfants.', { autonomy: helped, equipment: 'telephone' }),
    ],
    [-15, refers('la-poste', ['parentalite'], 'Saisie dans le mauvais dossier.')],
    [-12, voids('Saisie dans le mauvais dossier.'), coordinator],
  ]),
  life(
    'F Claudine Véron 1952 retraite 72154',
    flechois,
    -100,
    ['email', ...bank],
    'S’installe au Mans, près de sa sœur.',
    [
      ...practises([-100, -60, -26], 'email', [
        'Messagerie ouverte.',
        'Photos reçues et enregistrées.',
        'Écrit seule à sa sœur.',
      ]),
      [
        -6,
        proposes(
          'la-poste',
          'Déménage à deux pas du bureau de poste de la République ; à l’aise avec sa messagerie, moins avec sa banque.',
        ),
      ],
    ],
  ),
  life(
    'M Jean-Louis Morançais 1945 retraite 72181',
    mans2,
    -140,
    bank,
    'Suivi confié à La Poste, où il vient chaque semaine.',
    [
      [-140, meets(45, bank, 'Accès à la banque en ligne.', { autonomy: guided })],
      [-22, proposes('la-poste', 'Vient chaque semaine au bureau de la République.')],
      [-18, agrees(undefined), postManager],
    ],
  ),
  life(
    'F Marguerite Denieul 1939 retraite 72181',
    post,
    -65,
    ['prendre_en_main_du_materiel', ...bank],
    'Cliente de toujours du bureau de la République.',
    [
      ...practises(
        [-65, -40, -15, -5],
        'banque_et_achats_en_ligne',
        [
          'Application installée sur la tablette.',
          'Relevé du mois lu ensemble.',
          'Virement vers son livret, avec un peu d’aide.',
          'Virement seule.',
        ],
        'Bureau de la République',
      ),
      [-3, plans(0, '11:00', { at: 'Bureau de la République' })],
    ],
  ),
];

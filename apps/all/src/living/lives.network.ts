/** Residents of the other structures: perhaps met twice, quiet, waiting for the State. */
import {
  abandons,
  aims,
  alone,
  closes,
  corrects,
  guided,
  helped,
  isRead,
  meets,
  notes,
  plans,
  practises,
  refers,
  sendsOutside,
} from './acts';
import { life, type Life } from './life';

const mans = 'conseiller@le-mans-metropole';
const mans2 = 'conseiller2@le-mans-metropole';
const library = 'conseiller@mediatheque-saint-calais';
const afpa = 'conseiller@afpa';
const fal = 'conseiller@fal-72';
const redCross = 'conseiller@croix-rouge';
const waiting = 'conseiller@asso-en-attente';
const administrator = 'administrateur@departement-sarthe';

export const livesOfNetwork: readonly Life[] = [
  life('F Huguette Barré 1957 retraite 72269', library, -40, ['reseaux_sociaux'], 'Administre le groupe du quartier.', [
    [-40, meets(45, ['reseaux_sociaux'], 'Réglages du groupe revus.', { autonomy: helped })],
  ]),
  life(
    'F Huguette Barre 1957 retraite 72269',
    redCross,
    -12,
    ['prendre_en_main_du_materiel'],
    'Cherche un ordinateur d’occasion.',
    [
      [
        -12,
        meets(30, ['prendre_en_main_du_materiel'], 'Ordinateur prêté et branché.', {
          autonomy: guided,
          place: 'domicile',
        }),
      ],
    ],
  ),
  life(
    'M Nabil Haddouche 1981 sans_emploi 72181',
    afpa,
    -50,
    ['bureautique'],
    'Agent de sécurité, vise un poste de bureau.',
    [
      ...practises([-50, -26, -10], 'bureautique', [
        'Clavier et traitement de texte.',
        'Tableaux simples.',
        'Rapport d’incident tapé seul.',
      ]),
    ],
    { phone: '0639985902' },
  ),
  life(
    'M Nabil Hadouche 1982 sans_emploi 72095',
    mans2,
    -18,
    ['securite_numerique'],
    'Compte piraté.',
    [[-18, meets(45, ['securite_numerique'], 'Compte récupéré.', { autonomy: helped, equipment: 'telephone' })]],
    { phone: '06 39 98 59 02' },
  ),
  life('M Émile Garreau 1935 retraite 72181', mans, -160, ['sante'], 'Ne vient plus depuis son hospitalisation.', [
    [-160, meets(30, ['sante'], 'Ordonnance envoyée à la pharmacie.', { autonomy: guided })],
    [-100, notes('Hospitalisé ; sa fille rappellera.')],
  ]),
  life(
    'F Nathalie Crouillebois 1971 en_emploi 72158',
    library,
    -60,
    ['creer_avec_le_numerique'],
    'Veut faire un livre de photos de son village.',
    [
      [
        -60,
        aims('Faire imprimer un livre de photos.', 'creer_avec_le_numerique', ['Trier les photos.', 'Mettre en page.']),
      ],
      [-40, meets(90, ['creer_avec_le_numerique'], 'Photos numérisées et triées.', { autonomy: helped })],
      [-10, abandons('Son fils s’en est chargé.')],
      [-10, closes('no_longer_wishes')],
    ],
  ),
  life(
    'M Théo Lasne 2006 scolarise 72181',
    fal,
    -32,
    ['scolarite_et_numerique'],
    'Dossier de bourse et vœux d’études à remplir.',
    [
      [-32, meets(60, ['scolarite_et_numerique'], 'Dossier de bourse commencé.', { autonomy: helped })],
      [-6, meets(45, ['scolarite_et_numerique'], 'Dossier de bourse envoyé.', { autonomy: alone })],
      [-2, plans(3, '16:00', { text: 'Préparer les vœux.' })],
    ],
  ),
  life(
    'F Monique Desnos 1954 retraite 72071',
    fal,
    -80,
    ['culture_numerique'],
    'Curieuse de l’intelligence artificielle.',
    [
      ...practises([-80, -50, -22], 'culture_numerique', [
        'Ce que fait un moteur de recherche.',
        'Vérifier une information.',
        'Repère seule une image fabriquée.',
      ]),
      [
        -65,
        sendsOutside(
          'carsat',
          ['aide_aux_demarches_administratives', 'social_sante'],
          'Relevé de carrière à corriger.',
          'Le Mans',
        ),
      ],
      [-15, closes('followed_elsewhere')],
    ],
  ),
  life(
    'F Denise Quinton 1947 retraite 72181',
    redCross,
    -100,
    ['prendre_en_main_du_materiel'],
    'Reçoit les bénévoles chez elle.',
    [
      [
        -100,
        meets(60, ['prendre_en_main_du_materiel'], 'Ordinateur reconditionné installé.', {
          autonomy: guided,
          place: 'domicile',
        }),
      ],
      [-65, meets(60, ['email'], 'Messagerie ouverte.', { autonomy: guided, place: 'domicile' })],
      [
        -22,
        refers('le-mans-metropole', ['email'], 'Continuer près de chez elle, avec un conseiller.', {
          contact: 'phone',
        }),
      ],
      [-10, corrects({ phone: '06 39 98 59 03' })],
      [-4, isRead('request_of_resident', 'Sa fille demande, avec elle, qui a lu son dossier.'), administrator],
    ],
  ),
  life(
    'M Franck Sablayrolles 1974 en_emploi 72181',
    waiting,
    -26,
    ['securite_numerique'],
    'Bénévole, veut protéger les fichiers de son association.',
    [
      [-26, meets(45, ['securite_numerique'], 'Sauvegardes mises en place.', { autonomy: helped })],
      [-15, refers('la-poste', ['securite_numerique'], 'Identité numérique à créer au guichet.')],
    ],
  ),
  life(
    'F Lina Bourdais 1998 en_emploi 72181',
    mans,
    -22,
    ['email'],
    'Nouvelle au Mans, voudrait rencontrer d’autres débutants.',
    [
      [-22, meets(30, ['email'], 'Messagerie réglée.', { autonomy: helped })],
      [-3, plans(0, '15:00')],
      [-8, refers('asso-en-attente', ['email'], 'Atelier du samedi.')],
    ],
  ),
];

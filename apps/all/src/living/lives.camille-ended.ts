/** Whom the Département’s counsellor has followed for longer: closed, reopened, paused. */
import {
  accepts,
  aims,
  callsOff,
  closes,
  completes,
  guided,
  helped,
  meets,
  pauses,
  plans,
  practises,
  reaches,
  refers,
  reopens,
  sendsOutside,
  takesStep,
} from './acts';
import { life, type Life } from './life';

const camille = 'conseiller@departement-sarthe';
const fal = 'conseiller@fal-72';
const redCross = 'responsable@croix-rouge';
const conlie = 'Espace de Conlie';
const sille = 'Maison du Département de Sillé';

export const earlierLivesOfCamille: readonly Life[] = [
  life(
    'M Ibrahima Sylla 1979 en_emploi 72197',
    camille,
    -100,
    ['culture_numerique', 'email'],
    'Travaille de nuit ; voudrait aider ses enfants à l’école.',
    [
      ...practises([-100, -80, -60, -22], 'email', [
        'Messagerie installée sur le téléphone.',
        'Espace de suivi du collège ouvert.',
        'Messages de l’école lus avec un peu d’aide.',
        'Écrit au professeur principal, seul.',
      ]),
      [
        -100,
        sendsOutside(
          'cpam',
          ['aide_aux_demarches_administratives', 'social_sante'],
          'Carte Vitale jamais reçue.',
          'Le Mans',
        ),
      ],
      [-26, refers('fal-72', ['culture_numerique'], 'Intéressé par les ateliers du samedi.')],
      [-22, accepts(fal), fal],
      [
        -15,
        meets(90, ['culture_numerique'], 'Premier atelier : sauvegarder ses photos.', {
          autonomy: helped,
          equipment: 'telephone',
        }),
        fal,
      ],
      [-6, pauses('resident_unavailable', 12), fal],
    ],
    { language: 'ff' },
  ),
  life(
    'F Nelly Barbier 1968 sans_emploi 72334',
    camille,
    -200,
    ['navigation_sur_internet'],
    'Licenciée d’une usine qui a fermé ; n’avait jamais eu d’ordinateur.',
    [
      ...practises(
        [-200, -180, -160, -140],
        'navigation_sur_internet',
        [
          'Premiers pas sur internet.',
          'Recherche d’une adresse, d’un itinéraire.',
          'Compte ouvert sur le site de la région.',
          'Se débrouille seule.',
        ],
        sille,
      ),
      [-140, closes('need_met')],
      [-18, reopens('A retrouvé un emploi : tout s’y fait sur tablette.')],
      [
        -12,
        meets(60, ['prendre_en_main_du_materiel'], 'Application de pointage de son employeur.', {
          autonomy: helped,
          equipment: 'tablette',
        }),
      ],
      [-5, plans(1, '12:15', { minutes: 30 })],
      [-2, callsOff('resident')],
    ],
  ),
  life(
    'F Ginette Lebreton 1955 retraite 72089',
    camille,
    -220,
    ['email', 'reseaux_sociaux'],
    'Membre du comité des fêtes, qui ne s’écrit plus que par messagerie.',
    [
      ...practises(
        [-220, -200, -180, -160, -120],
        'reseaux_sociaux',
        [
          'Groupe du comité trouvé et rejoint.',
          'Premier message publié ensemble.',
          'Photos de la fête partagées.',
          'Réglages de confidentialité compris.',
          'Tient seule la page du comité.',
        ],
        conlie,
      ),
      [
        -200,
        aims('Tenir la page du comité des fêtes.', 'reseaux_sociaux', [
          'Publier un message.',
          'Répondre aux questions.',
        ]),
      ],
      [-160, takesStep(0)],
      [-120, reaches('Seule, et elle forme sa voisine.')],
      [-120, closes('autonomy_reached')],
    ],
  ),
  life(
    'M Raymond Fouassier 1933 retraite 72351',
    camille,
    -180,
    ['sante'],
    'Suivi à domicile, à la demande de son infirmière.',
    [
      [
        -180,
        meets(30, ['sante'], 'Téléphone réglé : gros caractères, numéros en mémoire.', {
          autonomy: guided,
          place: 'domicile',
          equipment: 'telephone',
        }),
      ],
      [-160, refers('croix-rouge', ['prendre_en_main_du_materiel'], 'Visites de convivialité souhaitées.')],
      [-160, accepts(), redCross],
      [
        -140,
        meets(60, ['prendre_en_main_du_materiel'], 'Appels en vidéo avec son petit-fils.', {
          autonomy: guided,
          place: 'domicile',
          equipment: 'tablette',
        }),
        redCross,
      ],
      [-120, completes('helped', 'Appelle sa famille chaque dimanche.'), redCross],
      [-60, closes('deceased')],
    ],
  ),
];

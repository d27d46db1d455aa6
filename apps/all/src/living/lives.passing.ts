/** Residents who are passed on, met twice, or object. */
import {
  accepts,
  agrees,
  aims,
  alone,
  asksToLead,
  guided,
  helped,
  meets,
  mergesInto,
  objectsTo,
  passesOnInside,
  plans,
  practises,
  proposes,
  refers,
  refusesToLead,
} from './acts';
import { life, type Life } from './life';

const mans = 'conseiller@le-mans-metropole';
const mans2 = 'conseiller2@le-mans-metropole';
const mansManager = 'responsable@le-mans-metropole';
const marine = 'conseiller.pays-sabolien@departement-sarthe';
const braye = 'conseiller.braye-et-anille@departement-sarthe';
const library = 'conseiller@mediatheque-saint-calais';
const allonnes = 'conseiller@ville-allonnes';
const afpa = 'conseiller@afpa';
const afpaManager = 'responsable@afpa';
const redCrossManager = 'responsable@croix-rouge';
const coordinator = 'coordinateur@departement-sarthe';

export const livesPassedOn: readonly Life[] = [
  life(
    'F Suzanne Levasseur 1942 retraite 72269',
    library,
    -200,
    ['navigation_sur_internet'],
    'Lectrice assidue, veut réserver ses livres de chez elle.',
    [
      ...practises([-200, -160, -120], 'navigation_sur_internet', [
        'Catalogue en ligne découvert.',
        'Réservation faite ensemble.',
        'Réserve seule.',
      ]),
      [-65, proposes('departement-sarthe', 'Ne peut plus se déplacer : à voir chez elle, à Saint-Calais.')],
      [-60, agrees(braye), 'responsable@departement-sarthe'],
      [-50, meets(45, ['email'], 'Messagerie ouverte, chez elle.', { autonomy: guided, place: 'domicile' }), braye],
      [-10, meets(45, ['email'], 'Premiers messages à sa nièce.', { autonomy: helped, place: 'domicile' }), braye],
      [-4, plans(2, '14:30', { text: 'À son domicile.' }), braye],
    ],
  ),
  life(
    'M Ousmane Diabaté 1983 sans_emploi 72181',
    mans,
    -60,
    ['insertion_professionnelle'],
    'Cuisinier, veut ouvrir son restaurant.',
    [
      ...practises([-60, -40, -22], 'insertion_professionnelle', [
        'Étude de marché : recherches faites ensemble.',
        'Tableau de financement commencé.',
        'Tableau de financement terminé.',
      ]),
      [-10, proposes('afpa', 'Entre en formation à l’Afpa, qui le verra chaque semaine.')],
      [-5, agrees(afpa, 8), afpaManager],
    ],
  ),
  life('M René Touzé 1948 retraite 72264', marine, -80, ['email'], 'Bénévole d’un club de marche.', [
    ...practises([-80, -50, -15], 'email', [
      'Liste des membres saisie.',
      'Message groupé envoyé ensemble.',
      'Envoie seul le programme.',
    ]),
    [-26, proposes('croix-rouge', 'Y est bénévole trois jours par semaine.')],
    [-22, refusesToLead('Nous ne suivons pas nos propres bénévoles.'), redCrossManager],
    [-3, plans(0, '09:00')],
  ]),
  life('F Élise Mauboussin 1991 en_emploi 72181', mans, -100, ['entrepreneuriat'], 'Couturière à son compte.', [
    ...practises([-100, -65, -32], 'entrepreneuriat', [
      'Déclaration trimestrielle expliquée.',
      'Déclaration faite ensemble.',
      'Déclaration faite seule.',
    ]),
    [-12, passesOnInside(mans2), mansManager],
    [
      -5,
      meets(45, ['entrepreneuriat'], 'Devis et factures depuis le téléphone.', {
        autonomy: helped,
        equipment: 'telephone',
      }),
      mans2,
    ],
  ]),
  life(
    'F Fatoumata Keïta 1976 en_emploi 72181',
    mans2,
    -50,
    ['aide_aux_demarches_administratives', 'logement'],
    'Demande de logement social à renouveler.',
    [
      [
        -50,
        meets(60, ['aide_aux_demarches_administratives', 'logement'], 'Demande renouvelée en ligne.', {
          autonomy: helped,
          procedure: 'Renouvellement d’une demande de logement social',
        }),
      ],
      [-32, refers('afpa', ['insertion_professionnelle'], 'Voudrait une formation du soir.')],
      [-26, accepts(afpa), afpa],
      [-18, meets(60, ['insertion_professionnelle'], 'Positionnement numérique fait.', { autonomy: helped }), afpa],
      [-2, asksToLead('Vient chez nous deux fois par semaine.'), afpaManager],
    ],
  ),
  life(
    'F Odile Champroux 1960 sans_emploi 72003',
    allonnes,
    -80,
    ['insertion_professionnelle'],
    'Reconversion après vingt ans de caisse.',
    [
      ...practises([-80, -60, -18], 'insertion_professionnelle', [
        'Bilan de compétences en ligne.',
        'Curriculum vitæ refait.',
        'Candidate seule.',
      ]),
      [-60, refers('afpa', ['insertion_professionnelle'], 'Remise à niveau en bureautique.')],
      [-50, accepts(afpa), afpa],
      [-40, objectsTo('afpa')],
      [
        -5,
        aims('Envoyer une candidature par semaine.', 'insertion_professionnelle', [
          'Repérer les offres.',
          'Suivre ses candidatures.',
        ]),
      ],
    ],
  ),
  life('M Patrice Ledru 1957 retraite 72003', allonnes, -120, ['email'], 'Ne veut être connu que d’une personne.', [
    [-120, meets(30, ['email'], 'Messagerie ouverte.', { autonomy: helped })],
    [-100, objectsTo('all')],
    [-26, meets(30, ['email'], 'Écrit seul.', { autonomy: alone })],
  ]),
  life(
    'F Jacqueline Plumet 1948 retraite 72181',
    mans,
    -140,
    ['email'],
    'Veut échanger avec ses petits-enfants.',
    [...practises([-140, -100, -60], 'email', ['Messagerie ouverte.', 'Photos envoyées ensemble.', 'Écrit seule.'])],
    { phone: '0639985901' },
  ),
  // The same person, whom the town of Allonnes did not know to be followed.
  life(
    'F Jaqueline Plumet 1948 retraite 72003',
    allonnes,
    -32,
    ['prendre_en_main_du_materiel'],
    'Vient à l’atelier du mardi.',
    [
      [
        -32,
        meets(45, ['prendre_en_main_du_materiel'], 'Téléphone neuf réglé.', {
          autonomy: helped,
          equipment: 'telephone',
        }),
      ],
      [-12, mergesInto('Jacqueline Plumet'), coordinator],
    ],
    { phone: '0639985901' },
  ),
];

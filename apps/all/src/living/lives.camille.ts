/** Whom the Département’s counsellor in Conlie and Sillé-le-Guillaume follows: a day with something of everything. */
import {
  accepts,
  aims,
  declines,
  givesBack,
  guided,
  helped,
  meets,
  misses,
  notes,
  plans,
  practises,
  refers,
  reports,
  sendsOutside,
  takesStep,
} from './acts';
import { life, type Life } from './life';

const camille = 'conseiller@departement-sarthe';
const post = 'conseiller@la-poste';
const afpa = 'conseiller@afpa';
const redCross = 'responsable@croix-rouge';
const conlie = 'Espace de Conlie';
const sille = 'Maison du Département de Sillé';

export const livesOfCamille: readonly Life[] = [
  life(
    'F Lucienne Godefroy 1944 retraite 72089',
    camille,
    -240,
    ['email', 'banque_et_achats_en_ligne'],
    'Veut écrire à sa fille, qui vit au Québec, et suivre son compte sans se déplacer.',
    [
      ...practises(
        [-240, -220, -200, -180, -140, -100, -60, -26, -8],
        'email',
        [
          'Découverte de la souris et du clavier.',
          'Adresse électronique créée, mot de passe noté dans son carnet.',
          'Premier message envoyé à sa fille.',
          'Ouvre sa messagerie presque seule.',
          'Répond aux messages, ajoute une photo avec de l’aide.',
          'Reconnaît un message frauduleux.',
          'Range ses messages dans des dossiers.',
          'Écrit et envoie seule.',
          'Envoie des photos seule, depuis son téléphone.',
        ],
        conlie,
      ),
      [
        -220,
        aims('Écrire seule à sa fille.', 'email', [
          'Ouvrir sa messagerie.',
          'Répondre à un message.',
          'Joindre une photo.',
        ]),
      ],
      [-180, takesStep(0)],
      [-100, takesStep(1)],
      [
        -18,
        refers(
          'la-poste',
          ['banque_et_achats_en_ligne'],
          'Souhaite consulter son compte sur internet ; à l’aise avec sa messagerie.',
        ),
      ],
      [-15, accepts(post), post],
      [
        -10,
        meets(40, ['banque_et_achats_en_ligne'], 'Accès à la banque en ligne activé, relevé consulté.', {
          autonomy: guided,
        }),
        post,
      ],
      [-8, takesStep(2)],
      [-5, plans(0, '10:00', { text: 'Apporter le carnet et le téléphone.', at: conlie })],
    ],
    { email: 'lucienne.godefroy@exemple.fr' },
  ),
  life(
    'M Roger Chesneau 1951 retraite 72334',
    camille,
    -160,
    ['aide_aux_demarches_administratives', 'social_sante'],
    'Vit seul à l’écart du bourg ; reçoit des courriers qu’il ne comprend pas.',
    [
      [
        -160,
        meets(
          60,
          ['aide_aux_demarches_administratives', 'social_sante'],
          'Tri des courriers ; compte de l’Assurance maladie ouvert.',
          { autonomy: guided, place: 'domicile' },
        ),
      ],
      [
        -140,
        sendsOutside(
          'caf',
          ['aide_aux_demarches_administratives', 'logement'],
          'Demande d’aide au logement à refaire.',
          'Le Mans',
        ),
      ],
      [-120, reports('helped', 'Aide au logement rétablie.')],
      [
        -60,
        meets(45, ['prendre_en_main_du_materiel'], 'Prise en main d’une tablette prêtée.', {
          autonomy: helped,
          place: 'domicile',
          equipment: 'tablette',
        }),
      ],
      [
        -6,
        refers(
          'croix-rouge',
          ['prendre_en_main_du_materiel'],
          'Cherche un ordinateur d’occasion et quelqu’un pour l’installer.',
        ),
      ],
      [-2, declines('no_capacity', 'Plus de matériel avant le printemps.'), redCross],
      [-1, notes('Rappelé au sujet du refus : préfère attendre qu’on lui propose autre chose.')],
    ],
  ),
  life(
    'F Yamina Boudjellal 1986 sans_emploi 72119',
    camille,
    -120,
    ['insertion_professionnelle', 'aide_aux_demarches_administratives', 'travail_formation'],
    'Cherche une formation d’aide-soignante ; lit le français, l’écrit peu.',
    [
      ...practises(
        [-120, -100, -65, -32, -12],
        'insertion_professionnelle',
        [
          'Espace France Travail créé, curriculum vitæ commencé.',
          'Curriculum vitæ terminé et enregistré.',
          'Recherche d’offres, deux candidatures envoyées ensemble.',
          'Actualisation faite avec un peu d’aide.',
          'Actualisation faite seule.',
        ],
        conlie,
      ),
      [
        -50,
        refers(
          'afpa',
          ['insertion_professionnelle'],
          'Projet d’aide-soignante : positionnement et remise à niveau numérique.',
          { onwardAllowed: true },
        ),
      ],
      [-40, accepts(afpa), afpa],
      [
        -32,
        meets(
          120,
          ['insertion_professionnelle', 'bureautique'],
          'Positionnement fait ; commence les ateliers du jeudi.',
          { autonomy: helped },
        ),
        afpa,
      ],
      [
        -10,
        sendsOutside(
          'france_travail',
          ['insertion_professionnelle'],
          'Demande de financement d’une formation d’aide-soignante.',
          'Le Mans',
        ),
      ],
      [-4, plans(0, '14:00', { minutes: 60, text: 'Préparer l’entretien avec l’Afpa.', at: conlie })],
    ],
    { language: 'ar', interpreter: true },
  ),
  life(
    'M Marcel Hamelin 1938 retraite 72351',
    camille,
    -140,
    ['sante'],
    'Prend ses rendez-vous de santé par téléphone, quand on lui répond.',
    [
      [
        -140,
        meets(45, ['sante'], 'Compte ouvert pour prendre rendez-vous avec son médecin.', {
          autonomy: guided,
          place: 'domicile',
        }),
      ],
      [
        -120,
        meets(30, ['sante'], 'Rendez-vous pris ensemble chez le cardiologue.', { autonomy: guided, place: 'domicile' }),
      ],
      [-65, plans(-51, '11:00', { text: 'À son domicile.' })],
      [-50, misses],
    ],
  ),
  life(
    'F Sabrina Pottier 1993 en_emploi 72089',
    camille,
    -80,
    ['parentalite'],
    'Ses deux enfants passent leurs soirées sur les écrans ; voudrait des repères.',
    [
      [
        -80,
        meets(60, ['parentalite', 'securite_numerique'], 'Contrôle parental installé sur les deux téléphones.', {
          autonomy: helped,
          equipment: 'telephone',
        }),
      ],
      [-40, refers('fal-72', ['parentalite'], 'Souhaite rejoindre un groupe de parents, le soir de préférence.')],
      [-3, plans(3, '17:30', { at: conlie })],
    ],
  ),
  life(
    'M Dylan Coudray 2004 sans_emploi 72334',
    camille,
    -65,
    ['insertion_professionnelle', 'bureautique'],
    'Sorti de l’école sans diplôme, à l’aise sur son téléphone, pas sur un ordinateur.',
    [
      ...practises(
        [-65, -50, -32],
        'bureautique',
        [
          'Traitement de texte : première lettre tapée et imprimée.',
          'Lettre de motivation mise en page.',
          'Tableau des candidatures tenu seul.',
        ],
        sille,
      ),
      [
        -50,
        aims('Répondre seul à une offre.', 'insertion_professionnelle', [
          'Avoir une lettre prête.',
          'Envoyer une candidature.',
        ]),
      ],
      [-32, takesStep(0)],
      [
        -26,
        refers('afpa', ['insertion_professionnelle'], 'Disponible tout de suite, permis en cours.', {
          contact: 'phone',
        }),
      ],
      [-22, accepts(afpa), afpa],
      [-3, givesBack('resident_declined', 'Préfère chercher un emploi sans passer par une formation.'), afpa],
      [-3, plans(0, '16:30', { minutes: 30, at: sille })],
    ],
  ),
  life(
    'F Thérèse Aubry 1947 retraite 72109',
    camille,
    -50,
    ['aide_aux_demarches_administratives', 'argent_impots'],
    'Sa déclaration de revenus était faite par son mari.',
    [
      [
        -50,
        meets(
          60,
          ['aide_aux_demarches_administratives', 'argent_impots'],
          'Espace particulier des impôts ouvert, en présence de sa curatrice.',
          { autonomy: guided },
        ),
      ],
      [-15, plans(-12, '09:00')],
      [
        -12,
        meets(45, ['aide_aux_demarches_administratives', 'argent_impots'], 'Prélèvement mensuel choisi ensemble.', {
          autonomy: helped,
          planned: true,
        }),
      ],
      [
        -10,
        refers(
          'la-poste',
          ['aide_aux_demarches_administratives'],
          'Recevoir ses recommandés en ligne ; à voir avec sa curatrice.',
          { send: false },
        ),
      ],
      [-2, plans(2, '10:30', { minutes: 60, text: 'Avec sa curatrice.', at: conlie })],
    ],
    { representative: { name: 'Association tutélaire du Maine', right: 'curatelle', phone: '0243990147' } },
  ),
];

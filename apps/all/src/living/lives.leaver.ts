/** Whom the Département's counsellor in Mamers follows, who is about to leave: her manager has decided for half of them. */
import { aims, closes, guided, helped, meets, notes, plans, practises, takesStep } from './acts';
import { life, type Life } from './life';

const leaver = 'conseiller.maine-saosnois@departement-sarthe';

export const livesOfLeaver: readonly Life[] = [
  life(
    'F Andrée Lemarchand 1940 retraite 72180',
    leaver,
    -180,
    ['email'],
    'Ancienne institutrice, veut garder le lien avec ses élèves.',
    [
      ...practises([-180, -140, -100, -40], 'email', [
        'Messagerie ouverte sur son ordinateur.',
        'Carnet d’adresses rempli.',
        'Pièces jointes ouvertes et rangées.',
        'Répond seule à ses anciens élèves.',
      ]),
    ],
  ),
  life(
    'M Joël Froment 1962 en_emploi 72189',
    leaver,
    -120,
    ['entrepreneuriat', 'bureautique'],
    'Maraîcher ; ses factures sont encore sur papier.',
    [
      ...practises([-120, -80, -22], 'bureautique', [
        'Modèle de facture préparé.',
        'Premières factures saisies ensemble.',
        'Factures du mois faites, une question sur la TVA.',
      ]),
      [
        -80,
        aims('Tenir ses factures sur l’ordinateur.', 'bureautique', ['Saisir une facture.', 'Envoyer une facture.']),
      ],
      [-22, takesStep(0)],
    ],
  ),
  life(
    'F Chantal Renou 1956 retraite 72039',
    leaver,
    -100,
    ['sante'],
    'Suivi médical au Mans, rendez-vous à prendre en ligne.',
    [
      [-100, meets(45, ['sante'], 'Compte ouvert, premier rendez-vous pris.', { autonomy: guided })],
      [-50, meets(30, ['sante'], 'Résultats d’analyses téléchargés.', { autonomy: helped })],
      [-4, plans(4, '11:00')],
    ],
  ),
  life(
    'M Steven Guillet 2001 sans_emploi 72276',
    leaver,
    -60,
    ['aide_aux_demarches_administratives', 'transports_mobilite'],
    'Code de la route à passer, permis à demander.',
    [
      [
        -60,
        meets(60, ['aide_aux_demarches_administratives', 'transports_mobilite'], 'Dossier de permis déposé en ligne.', {
          autonomy: helped,
          procedure: 'Demande de permis de conduire',
        }),
      ],
      [-15, notes('Convocation reçue ; il rappellera après l’examen.')],
    ],
  ),
  life(
    'F Marie-Thérèse Hervé 1936 retraite 72180',
    leaver,
    -50,
    ['prendre_en_main_du_materiel'],
    'Une tablette offerte par ses enfants, restée dans sa boîte.',
    [
      [
        -50,
        meets(45, ['prendre_en_main_du_materiel'], 'Tablette mise en service.', {
          autonomy: guided,
          place: 'domicile',
          equipment: 'tablette',
        }),
      ],
      [
        -26,
        meets(45, ['prendre_en_main_du_materiel'], 'Appels en vidéo, météo.', {
          autonomy: guided,
          place: 'domicile',
          equipment: 'tablette',
        }),
      ],
    ],
  ),
  life(
    'M Lucas Marchandeau 1997 en_emploi 72189',
    leaver,
    -40,
    ['securite_numerique'],
    'A perdu de l’argent dans une fausse vente en ligne.',
    [
      [
        -40,
        meets(60, ['securite_numerique'], 'Signalement déposé, mots de passe changés.', {
          autonomy: helped,
          equipment: 'telephone',
        }),
      ],
      [
        -18,
        meets(30, ['securite_numerique'], 'Double vérification mise en place sur sa banque.', {
          autonomy: helped,
          equipment: 'telephone',
        }),
      ],
    ],
  ),
  life(
    'F Paulette Rivron 1943 retraite 72180',
    leaver,
    -160,
    ['email'],
    'Habite la même rue que l’espace de vie sociale.',
    [
      ...practises([-160, -140, -100], 'email', ['Premiers messages.', 'Écrit avec un peu d’aide.', 'Écrit seule.']),
      [-80, closes('autonomy_reached')],
    ],
  ),
];

import type { Me } from '../sign-in/me';
import type { Picture } from './pictures';

/** An act: how it is begun, and what follows from it. What stands in « » is on the screen, word for word. */
export interface Act {
  readonly name: string;
  readonly how: string;
  readonly picture?: Picture;
}

export interface HelpOfRole {
  readonly role: Me['role'];
  readonly title: string;
  /** What one does first. */
  readonly first: readonly string[];
  readonly acts: readonly Act[];
  /** Whom to ask. */
  readonly ask: readonly string[];
}

const session: Act = {
  name: 'Enregistrer un accompagnement',
  how: 'Le bouton est dans la marge de chaque page. Choisissez la personne, cochez de quoi il s’agissait, enregistrez. Le jour, le lieu et la durée sont déjà remplis.',
  picture: 'session',
};
const find: Act = {
  name: 'Retrouver une personne',
  how: 'En haut de chaque page, écrivez les premières lettres de son nom ou de son prénom. Seuls les dossiers de votre structure répondent.',
};
const open: Act = {
  name: 'Ouvrir un dossier',
  how: '« Dossiers », puis « Ouvrir un dossier ». Dites d’abord à la personne ce qui est écrit et qui le lit. Si elle est déjà suivie, vous pouvez « Demander à l’accompagner aussi », ou « Demander à reprendre le suivi ».',
  picture: 'open',
};
const refer: Act = {
  name: 'Orienter vers une autre structure',
  how: 'Depuis le dossier, « Orienter ». Les structures les plus proches sont proposées d’abord. Avant l’envoi, vous voyez mot pour mot ce qui sera lu.',
  picture: 'refer',
};
const appointment: Act = {
  name: 'Prendre un rendez-vous',
  how: 'Depuis le dossier, « Prendre rendez-vous ». Le jour venu, « Enregistrer l’accompagnement » en fait un accompagnement. Si la personne le demande, « Envoyer un rappel… » la prévient la veille, par courriel.',
  picture: 'appointment',
};
const answer: Act = {
  name: 'Répondre à une orientation reçue',
  how: 'Elle est dans « Ma journée ». Acceptez, ou refusez avec une raison. Un refus n’est pas une faute : l’autre structure cherche ailleurs.',
  picture: 'answer',
};
const handover: Act = {
  name: 'Passer la main',
  how: 'Depuis le dossier, « Passer la main ». Vous menez le suivi jusqu’à ce que l’autre accepte.',
  picture: 'handover',
};
const correct: Act = {
  name: 'Corriger une erreur',
  how: '« Mes activités », puis l’accompagnement : « Corriger », « Saisi par erreur… » ou « C’était quelqu’un d’autre… ». Ce qui était écrit avant reste lisible.',
  picture: 'correct',
};
const label: Act = {
  name: 'Mettre une étiquette',
  how: 'Sur la page d’un accompagnement, « Étiquettes ». Vous les retrouvez dans « Mes activités ». Les responsables les choisissent sur la page de votre structure.',
};
const attach: Act = {
  name: 'Joindre un courrier ou une photo',
  how: 'Sur la page d’un accompagnement ou d’une orientation, « Pièces jointes » : « Joindre un fichier ». Le lisent ceux qui lisent cette page ; « Retirer… » en efface le contenu.',
};
const object: Act = {
  name: 'Noter une opposition',
  how: 'Dans le dossier, « Autres actions », puis « Noter une opposition… ». La personne choisit qui ne lit plus rien, et n’a pas à dire pourquoi.',
  picture: 'object',
};
const sheet: Act = {
  name: 'Donner sa fiche à la personne',
  how: 'Dans le dossier, « Imprimer sa fiche » : qui la suit, ce qui a été fait, qui l’a lu.',
  picture: 'sheet',
};
const workshop: Act = {
  name: 'Enregistrer un atelier',
  how: '« Ateliers », puis « Enregistrer un atelier ». Les personnes qui ont un dossier se retrouvent par leur nom, les autres se comptent.',
  picture: 'workshop',
};
const places: Act = {
  name: 'Tenir à jour les lieux d’accueil',
  how: '« Réseau », « Nos lieux d’accueil » : adresse, heures, téléphone. Les autres structures les lisent quand elles orientent.',
};
const findCase: Act = {
  name: 'Retrouver le dossier d’une personne qui le demande',
  how: '« Journal », « Trouver un dossier ». La recherche et sa raison restent dans le journal, pas le nom.',
  picture: 'find-case',
};
const glance: Act = {
  name: 'Voir où en sont les orientations',
  how: '« Vue d’ensemble » : ce qui attend une décision, ce qui est en retard, combien par structure et par commune.',
};
const figures: Act = {
  name: 'Compter ce qui a été fait',
  how: '« Statistiques » : choisissez la période. Ce que chaque nombre compte est écrit à côté, et la page s’imprime. « Orientations et passations » dit ce qui attend, qui doit agir, et ce que personne ne prend ici.',
};
const state = 'Votre administrateur, pour un compte, une structure ou les délais.';

export const helpOfRoles: readonly HelpOfRole[] = [
  {
    role: 'counsellor',
    title: 'Vous êtes conseiller ou conseillère numérique',
    first: [
      'Le matin, ouvrez « Ma journée » : ce qui attend une réponse est en haut, vos rendez-vous sont à droite.',
      'Après chaque personne, enregistrez l’accompagnement. Cela prend moins d’une minute.',
      'La note de votre structure n’est lue que par votre structure. Tout le reste est lu par ceux qui suivent la personne, et elle peut le demander.',
    ],
    acts: [
      session,
      find,
      open,
      refer,
      appointment,
      answer,
      handover,
      workshop,
      correct,
      attach,
      label,
      object,
      sheet,
      figures,
    ],
    ask: ['Votre responsable, pour tout ce qui concerne un suivi ou un départ.', state],
  },
  {
    role: 'manager',
    title: 'Vous êtes responsable d’une structure',
    first: [
      'Dans « Équipe », vérifiez qui travaille chez vous. Quelqu’un qui part doit y avoir une fin.',
      'Dans « Réseau », ouvrez « Ma structure » : dites si l’accueil est ouvert, complet ou en liste d’attente, et qui répond aux orientations.',
      'Dans « Ma journée » viennent à vous les orientations que personne n’a prises et les suivis sans conseiller.',
    ],
    acts: [
      figures,
      {
        name: 'Inviter un collègue',
        how: '« Équipe », « Inviter quelqu’un ». Il reçoit un lien et choisit lui-même son mot de passe.',
        picture: 'invite',
      },
      {
        name: 'Mettre fin à un emploi',
        how: '« Équipe », « Mettre fin… ». S’il mène encore des suivis, confiez-les d’abord : « Passations », « Les départs », « Préparer un départ ».',
      },
      {
        name: 'Dire que l’accueil est complet',
        how: '« Réseau », « Ma structure » : sous « Y a-t-il de la place ? », un seul bouton. Les autres le voient avant d’orienter.',
        picture: 'capacity',
      },
      {
        name: 'Dire qui répond',
        how: '« Réseau », « Ma structure » : sous « Qui répond », « Changer… ». Une personne pour tous les jours, ou une par jour de la semaine.',
      },
      {
        name: 'Revenir sur un départ',
        how: '« Passations », « Les départs », puis « Annuler ce départ… » : ce qui n’a pas encore changé de mains reste où il est.',
      },
      { name: 'Corriger le nom d’un collègue', how: '« Équipe », « Corriger le nom… ». Il en est prévenu.' },
      places,
      answer,
      glance,
      {
        name: 'Voir les dossiers d’un collègue',
        how: '« Équipe », puis « Ses dossiers ». Dans un dossier, « Passer la main » permet de le confier à un collègue.',
      },
      session,
      workshop,
      sheet,
    ],
    ask: ['La coordination de votre territoire, quand deux structures ne s’accordent pas.', state],
  },
  {
    role: 'coordinator',
    title: 'Vous coordonnez un territoire',
    first: [
      'Vous voyez des états, des dates et des structures, jamais ce qui est écrit ni les noms.',
      'Dans « Ma journée » viennent les orientations restées sans réponse et les demandes que personne n’a tranchées.',
      'Quand deux dossiers se ressemblent, regardez « Doublons » avant tout le reste.',
    ],
    acts: [
      glance,
      figures,
      {
        name: 'Suivre les orientations en retard',
        how: '« Orientations » : sous « En retard », tout en haut. Appelez d’abord la structure : souvent, personne n’a vu l’orientation.',
        picture: 'late',
      },
      {
        name: 'Retirer ou annuler une orientation',
        how: 'Ouvrez-la : les boutons disent ce qui est possible. Il faut une raison, et chacun est prévenu.',
      },
      {
        name: 'Décider qui mène un suivi',
        how: 'Depuis la demande dans « Ma journée », ou depuis le dossier : « Passer la main », avec une raison.',
      },
      {
        name: 'Réunir deux dossiers de la même personne',
        how: '« Doublons », « Réunir… ». Les deux histoires sont lues ensemble ensuite. Cela ne se défait pas.',
        picture: 'merge',
      },
      { name: 'Déclarer une structure', how: '« Réseau », « Déclarer une structure ». L’État la valide ensuite.' },
      {
        name: 'Nommer un premier responsable',
        how: '« Équipe », « Inviter quelqu’un », puis la structure : seulement quand elle n’a encore personne.',
      },
      { name: 'Suivre les conventions', how: '« Réseau », « Conventions » : ce qui se termine bientôt est en haut.' },
      { name: 'Retrouver quelqu’un qui travaille dans le réseau', how: '« Équipe » : par son nom ou son adresse.' },
      {
        name: 'Suivre un départ',
        how: '« Passations », « Les départs » : chaque départ montre ce qui reste à décider.',
      },
      {
        name: 'Savoir ce qui est nouveau',
        how: '« Ma journée », « Ce qui est nouveau ». Ce que vous ouvrez est lu ; « C’est lu » le range sans l’ouvrir.',
      },
    ],
    ask: [
      'L’administrateur du réseau, pour les comptes et les structures.',
      'Le responsable de la structure, d’abord.',
    ],
  },
  {
    role: 'administrator',
    title: 'Vous administrez le réseau',
    first: [
      'Dans « Réseau », les structures qui attendent l’État sont en haut. Chaque décision s’ajoute, aucune ne s’efface.',
      'Vous ne lisez le contenu d’un dossier qu’avec une raison, et cette lecture est montrée à la personne.',
      'Dans « Journal », ouvrez de temps en temps « Vérifications » et lancez « Tout vérifier » : rien ne doit y être altéré.',
    ],
    acts: [
      figures,
      {
        name: 'Enregistrer une décision de l’État',
        how: '« Réseau », la structure, « Décision de l’État… ».',
        picture: 'decision',
      },
      {
        name: 'Déclarer ou renommer une structure',
        how: '« Réseau », « Déclarer une structure » ; ou la structure, « Renommer… ».',
      },
      {
        name: 'Réunir deux structures',
        how: '« Réseau », celle qui ferme, « Décision de l’État… », puis « Reprise par une autre structure ». Ses équipes y travaillent aussitôt ; ses suivis viennent dans « Les départs », où vous acceptez ce qui est proposé.',
      },
      { name: 'Nommer un premier responsable', how: '« Équipe », « Inviter quelqu’un », puis la structure.' },
      { name: 'Retrouver un compte', how: '« Équipe » : par nom, adresse, rôle ou état.' },
      {
        name: 'Déconnecter quelqu’un partout',
        how: '« Équipe », la personne, « Déconnecter partout… ». Pour un appareil volé, par exemple.',
      },
      findCase,
      {
        name: 'Lire un dossier',
        how: '« Journal », « Ce dossier », puis « Lire, avec cette raison ». Les notes des structures ne se lisent jamais.',
        picture: 'reading',
      },
      { name: 'Vérifier que rien n’a été altéré', how: '« Journal », « Vérifications », « Tout vérifier ».' },
      { name: 'Changer les délais', how: '« Réglages ». Ce qui a commencé avant garde l’ancien délai.' },
      { name: 'Enregistrer une convention', how: '« Réseau », « Conventions », « Enregistrer une convention ».' },
    ],
    ask: ['Les autres administrateurs.', 'Qui héberge le système, pour les sauvegardes et la clé.'],
  },
  {
    role: 'auditor',
    title: 'Vous contrôlez le réseau',
    first: [
      '« Journal » dit qui a fait et lu quoi, sans le contenu.',
      'Vous ne lisez le contenu d’un dossier qu’avec une raison, et cette lecture est montrée à la personne.',
      'Les notes des structures ne se lisent jamais.',
    ],
    acts: [
      figures,
      {
        name: 'Chercher dans le journal',
        how: '« Journal » : par période, par résultat ; un nom de la liste, cliqué, ne montre plus que ce qui le touche.',
        picture: 'journal',
      },
      { name: 'Voir les refus', how: '« Journal », « Résultat » : ce que quelqu’un a tenté sans en avoir le droit.' },
      findCase,
      {
        name: 'Lire un dossier',
        how: '« Journal », « Ce dossier », puis « Lire, avec cette raison ».',
        picture: 'reading',
      },
      { name: 'Vérifier un dossier', how: '« Journal », « Ce dossier », « Vérifier ce dossier ».' },
      {
        name: 'Tout vérifier',
        how: '« Journal », « Vérifications », « Tout vérifier ». Le résultat reste dans la liste.',
      },
      { name: 'Savoir qui a lu un dossier', how: '« Journal », « Ce dossier », « Qui y a fait et lu quoi ».' },
      { name: 'Voir une structure', how: '« Réseau » : ce qu’elle est, et les « Décisions de l’État ».' },
      { name: 'Suivre une orientation', how: '« Orientations » : ses états et ses dates.' },
      { name: 'Garder une recherche', how: 'L’adresse de la page garde les filtres : mettez-la en favori.' },
    ],
    ask: ['Un administrateur du réseau.'],
  },
];

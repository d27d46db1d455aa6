/** What each picture shows, for whoever hears it. `npm run pictures` takes them anew from the living demo (`test/console/pictures.ts`). */
export const pictures = {
  session: 'Le formulaire d’un accompagnement : les thèmes en cases à cocher, puis le jour, la durée et le lieu.',
  open: 'Le formulaire d’un nouveau dossier : le nom de la personne, sa commune, comment la joindre.',
  refer: 'La page « Orienter » : à gauche ce qui sera envoyé, à droite les structures, la plus proche d’abord.',
  appointment: 'Le formulaire d’un rendez-vous : le jour, l’heure et le lieu.',
  answer: '« Ma journée » : ce qui attend une réponse, chaque ligne avec son bouton.',
  handover: 'La page « Passer la main » : à qui, et ce que la personne en sait.',
  correct: 'La page d’un accompagnement, avec ses trois boutons pour corriger.',
  object: 'Le menu « Autres actions » d’un dossier, ouvert.',
  sheet: 'La fiche à imprimer : qui suit la personne, et ce qui a été fait avec elle.',
  workshop: 'Le formulaire d’un atelier : son sujet, le jour, la durée et le lieu.',
  invite: 'La fenêtre « Inviter quelqu’un » : le nom, l’adresse électronique et le rôle.',
  capacity: '« Y a-t-il de la place ? » : un bouton pour chaque réponse.',
  late: 'La liste des orientations, celles qui sont en retard en premier.',
  merge: 'Deux dossiers qui se ressemblent, côte à côte, et le bouton pour les réunir.',
  decision: 'La fenêtre où s’enregistre une décision de l’État : laquelle, de quel jour, sous quelle référence.',
  'find-case': 'Le formulaire qui retrouve un dossier : le nom, l’année de naissance, et la raison de la recherche.',
  reading: 'La page d’un dossier vu du journal : le vérifier, ou le lire en disant pourquoi.',
  journal: 'Le journal : des dates et un résultat à choisir, puis une ligne pour chaque chose faite ou lue.',
} as const;

export type Picture = keyof typeof pictures;

const files = import.meta.glob<string>('./pictures/*.webp', { eager: true, import: 'default', query: '?url' });
export const fileOf = (picture: Picture): string | undefined => files[`./pictures/${picture}.webp`];

import type { Sentences } from '@fil-rouge/kernel';

const cases: Sentences = {
  'Your structure does not hold the part in this case that this asks for.':
    'Votre structure n’a pas dans ce suivi la place que cela demande.',
  'This case takes no more entries from your structure.': 'Votre structure ne peut plus rien ajouter à ce suivi.',
  'Your structure is suspended or closed: it cannot take on anything new. Its manager or the coordinator can say why.':
    'Votre structure est suspendue ou fermée : elle ne peut rien commencer de nouveau. Son responsable ou la coordination peut dire pourquoi.',
  'A counsellor may take a case over; naming somebody else is for the manager of the structure.':
    'Un conseiller peut prendre un suivi ; désigner quelqu’un d’autre revient au responsable de la structure.',
  'This person does not work for your structure at present.':
    'Cette personne ne travaille pas pour votre structure en ce moment.',
  'Give at least one of name, birthYear, phone, email.':
    'Donnez au moins un nom, une année de naissance, un téléphone ou une adresse électronique.',
  'Give a whole word of the name, of three letters at least, a phone or an e-mail.':
    'Donnez un mot entier du nom, d’au moins trois lettres, un téléphone ou une adresse électronique.',
  'Who read the record is for its lead.': 'Savoir qui a lu le dossier revient à la structure référente.',
  'What a resident needs is for the structures that follow it.':
    'Ce dont une personne a besoin n’est visible que des structures qui la suivent.',
  'Where a resident lives is for the structures that follow it; the list holds the cases of your territory.':
    'La commune d’une personne n’est visible que des structures qui la suivent ; la liste contient les suivis de votre territoire.',
  'Who follows which case is for the structure that they do it for.':
    'Qui suit quel dossier ne regarde que la structure pour laquelle il est suivi.',
  'What a resident is called is for the structures that follow it.':
    'Le nom d’une personne n’est visible que des structures qui la suivent.',
  'No more than {} follow-ups are put in order by name: narrow the list first, by who leads, state, theme or commune.':
    'Pas plus de {} suivis peuvent être rangés par nom : réduisez d’abord la liste, par référent, état, thème ou commune.',
  'The follow-up that the page before ended with is not in your list any more. Start again from the first page.':
    'Le suivi sur lequel la page précédente s’arrêtait n’est plus dans votre liste. Reprenez à la première page.',
  'Your structure helps with a referral here: complete or return it, and its part ends with it.':
    'Votre structure aide ici à la suite d’une orientation : terminez-la ou rendez-la, et sa place dans le suivi s’achève avec elle.',
  'Nobody follows a case in your role.': 'Personne ne suit de dossier dans votre rôle.',
  'You have been told often enough today that somebody may be followed already. Say confirmNotDuplicate to go on; the coordinator finds duplicates.':
    'Il vous a été dit assez souvent aujourd’hui que quelqu’un est peut-être déjà suivi. Envoyez confirmNotDuplicate pour continuer ; la coordination retrouve les doublons.',
  'Ask for {} days ahead at most: what ends later will have moved by then.':
    'Demandez {} jours à l’avance au plus : ce qui finit plus tard aura changé d’ici là.',
  'A slip is under way already: sign it or withdraw it first.':
    'Un bordereau est déjà en cours : signez-le ou retirez-le d’abord.',
  'No record is ready to be erased: none has been announced for long enough.':
    'Aucun dossier n’est prêt à être effacé : aucun n’est annoncé depuis assez longtemps.',
  'This record has just been merged with another one. Try again.':
    'Ce dossier vient d’être fusionné avec un autre. Réessayez.',
  'You export what you did yourself; what others did is for a manager of your structure.':
    'Vous exportez ce que vous avez fait vous-même ; ce que d’autres ont fait revient à un responsable de votre structure.',
  'No workshop has that: ask for one row per session, or leave it out.':
    'Aucun atelier n’a cela : demandez une ligne par accompagnement, ou retirez ce choix.',
  'There is no such structure.': 'Cette structure n’existe pas.',
  'This objection stands already.': 'Cette opposition est déjà enregistrée.',
  'There is no such objection on this case, or it has ended.':
    'Il n’y a pas de telle opposition dans ce suivi, ou elle est levée.',
  'Somebody who resembles this resident is followed already. Ask to join that case, or say with confirmNotDuplicate that this is somebody else.':
    'Une personne qui ressemble à celle-ci est déjà suivie. Demandez à rejoindre ce suivi, ou dites avec confirmNotDuplicate que c’est quelqu’un d’autre.',
  'Say what changes: resident, themes or summary.': 'Dites ce qui change : la personne, les thèmes ou le résumé.',
  'There is no language of this code: give an ISO 639 code such as `ar`.':
    'Aucune langue n’a ce code : donnez un code ISO 639 tel que `ar`.',
  'A name needs at least one letter.': 'Un nom contient au moins une lettre.',
  'The birth year must lie between 120 years ago and this year.':
    'L’année de naissance doit se situer entre il y a 120 ans et cette année.',
  'This is not a telephone number.': 'Ce n’est pas un numéro de téléphone.',
  'Somebody has at least one name.': 'Une personne a au moins un nom.',
  'Reading a record takes a reason: POST /v1/audit/cases/{id}/readings.':
    'La lecture d’un dossier demande un motif : POST /v1/audit/cases/{id}/readings.',
  'The themes are not those of the national list, or an administrative theme stands without `aide_aux_demarches_administratives`.':
    'Les thèmes ne sont pas ceux de la liste nationale, ou un thème administratif est donné sans `aide_aux_demarches_administratives`.',
  'The journal knows no such action: an event (`ReferralAccepted`), a read (`case.read`), `sign-in`, or the method and route of a refusal (`POST /v1/cases`).':
    'Le journal ne connaît pas cette action : un événement (`ReferralAccepted`), une lecture (`case.read`), `sign-in`, ou la méthode et l’adresse d’un refus (`POST /v1/cases`).',
  'This begins after `to` has ended: nothing lies between.':
    'Ce début vient après la fin (`to`) : rien ne se trouve entre les deux.',
};

const attachments: Sentences = {
  'Only PDF, JPEG and PNG files are kept here. Send one of these.':
    'Seuls les fichiers PDF, JPEG et PNG sont acceptés ici. Envoyez l’un de ceux-là.',
  'This file is damaged or holds more than it says: save it anew, then send it again.':
    'Ce fichier est abîmé ou contient autre chose que ce qu’il annonce : enregistrez-le de nouveau, puis renvoyez-le.',
  'No more than {} files are joined to one entry.': 'Pas plus de {} fichiers peuvent être joints à une même saisie.',
  'The files of one follow-up may have {} MB together, and this one would go beyond. Remove one that is not needed any more, or send a smaller one of at most {} MB.':
    'Les fichiers d’un même suivi peuvent peser {} Mo en tout, et celui-ci dépasserait. Retirez-en un qui ne sert plus, ou envoyez-en un plus petit, de {} Mo au plus.',
  'The file did not come to its place in time. Send it again.':
    'Le fichier n’a pas pu être enregistré à temps. Renvoyez-le.',
  'Too many files are being sent at this moment. Try again.': 'Trop de fichiers sont envoyés en ce moment. Réessayez.',
};

const merges: Sentences = {
  'A record is not merged with itself.': 'Un dossier ne se fusionne pas avec lui-même.',
  'The record it shall go on in has itself been merged into another one.':
    'Le dossier dans lequel il continuerait a lui-même été fusionné avec un autre.',
  'The record it shall go on in is closed: merge the other way round, or have it reopened first.':
    'Le dossier dans lequel il continuerait est clos : fusionnez dans l’autre sens, ou faites-le d’abord rouvrir.',
  'The record goes on in {}.': 'Le dossier continue dans {}.',
  'This record was merged into another one: what comes next belongs there.':
    'Ce dossier a été fusionné avec un autre : la suite s’inscrit là-bas.',
  'The resident objects, on the record it shall go on in, to sharing with the structure that leads this one. Have this one handed over {}':
    'La personne s’oppose, dans le dossier qui continuerait, au partage avec la structure référente de celui-ci. Faites d’abord transmettre celui-ci {said}',
  'The resident objects, on this record, to sharing with the structure that leads the one it shall go on in. Have that one handed over {}':
    'La personne s’oppose, dans ce dossier, au partage avec la structure référente de celui qui continuerait. Faites d’abord transmettre celui-là {said}',
  'to another structure first, or the objection ended with the resident.':
    'à une autre structure, ou lever l’opposition avec la personne.',
};

const entries: Sentences = {
  'Only the structure that recorded an entry changes it.': 'Seule la structure qui l’a inscrit peut le changer.',
  'The session stands on this record already.': 'L’accompagnement est déjà inscrit dans ce dossier.',
  'The case it shall go to does not exist, or you have no access to it.':
    'Le suivi où il doit aller n’existe pas, ou vous n’y avez pas accès.',
  'Your structure has no accepted referral of this number on the case.':
    'Votre structure n’a pas dans ce suivi d’orientation acceptée de ce numéro.',
  'Your part in this case had ended by that day: only what happened before can still be recorded.':
    'Votre participation à ce suivi avait pris fin ce jour-là : seul ce qui a eu lieu avant peut encore être inscrit.',
  'The same person is named twice.': 'La même personne est nommée deux fois.',
  'A workshop had somebody: name participants, or count them.':
    'Un atelier a eu quelqu’un : nommez les participants, ou comptez-les.',
  'These counts add up to more than the total.': 'Ces nombres dépassent ensemble le total.',
  'This case does not exist, or you have no access to it.': 'Ce suivi n’existe pas, ou vous n’y avez pas accès.',
  'aucun stands alone: either nothing was used or something':
    '« aucun » va seul : soit rien n’a été utilisé, soit quelque chose',
  'must map known values to whole numbers from 0 to 10000':
    'doit donner pour des valeurs connues des nombres entiers de 0 à 10000',
};

const appointments: Sentences = {
  'Nobody is reminded of an appointment of today: the reminder goes the day before.':
    'On ne rappelle pas un rendez-vous d’aujourd’hui : le rappel part la veille.',
  'The record has no e-mail address of the resident: say where the reminder shall go.':
    'Le dossier n’a pas d’adresse électronique de la personne : dites où envoyer le rappel.',
  'You have looked for many people today. Try again tomorrow.':
    'Vous avez recherché beaucoup de personnes aujourd’hui. Réessayez demain.',
  'There is no calendar at this address, or no longer.': 'Il n’y a pas ou plus d’agenda à cette adresse.',
  'Your structure has {} appointments planned on this case already.':
    'Votre structure a déjà {} rendez-vous prévus dans ce suivi.',
  'Your structure has no planned appointment of this id on the case.':
    'Votre structure n’a pas dans ce suivi de rendez-vous prévu de cet identifiant.',
  'Only the structure that made an appointment changes it.':
    'Seule la structure qui a pris un rendez-vous peut le changer.',
};

const places: Sentences = {
  'A position takes both, latitude and longitude.': 'Une position demande les deux, latitude et longitude.',
  'Only a manager of the structure keeps the list of its places.':
    'Seul un responsable de la structure tient la liste de ses lieux.',
  'A place closes after it has opened, on the same day.': 'Un lieu ferme après avoir ouvert, le même jour.',
  'Two of these times overlap.': 'Deux de ces horaires se chevauchent.',
  'must be a telephone number': 'doit être un numéro de téléphone',
  'must be a time of day, HH:MM': 'doit être une heure, HH:MM',
  'There is no place of this id.': 'Il n’y a pas de lieu de cet identifiant.',
  'Your structure has no place of this id.': 'Votre structure n’a pas de lieu de cet identifiant.',
  'A place of activity is named where `place` is `lieu_activite`.':
    'Un lieu d’activité se nomme quand `place` est `lieu_activite`.',
  'This place has closed.': 'Ce lieu est fermé.',
  'This place has closed: the last day on which something was done there is {}.':
    'Ce lieu est fermé : le dernier jour où il a pu servir est le {}.',
  'The place that is named lies in another commune. Leave the commune out.':
    'Le lieu nommé se trouve dans une autre commune. Ne donnez pas de commune.',
  'must be the five digits of a postal code': 'doit être les cinq chiffres d’un code postal',
};

const goals: Sentences = {
  'This case has {} open goals already.': 'Ce suivi compte déjà {} objectifs en cours.',
  'This goal has no step of this id.': 'Cet objectif n’a pas d’étape de cet identifiant.',
};

const outside: Sentences = {
  'The resident objects to sharing with anybody.': 'La personne s’oppose à tout partage.',
  'Of this case {} wait for what came of them already.':
    'Ce suivi compte déjà {} orientations hors du réseau dont la suite est attendue.',
  'It cannot have come of it before the resident was sent there.':
    'La suite ne peut pas être antérieure à l’orientation.',
  'Your part in this case was taken back: nothing is added to it by your structure any more.':
    'Votre participation à ce dossier a été retirée : votre structure n’y ajoute plus rien.',
  'A sheet is made for who sent the resident there, while it takes part in the open case and the resident does not object to everybody.':
    'La fiche est établie pour la structure qui a orienté la personne, tant qu’elle participe au dossier ouvert et que la personne ne s’oppose pas à tout partage.',
  'This does not open: the code is wrong, or the link was used, has expired or was taken back. Whoever sent it can make a new one.':
    'Le lien ne s’ouvre pas : le code est faux, ou le lien a déjà servi, n’est plus valable ou a été retiré. La structure qui l’a envoyé peut en faire un autre.',
  'Too many attempts from here. Wait, then try again.':
    'Trop d’essais depuis cette adresse. Patientez, puis recommencez.',
  'You have made enough links for one day. Try again tomorrow.':
    'Vous avez fait assez de liens pour aujourd’hui. Recommencez demain.',
  'This was answered in another way before.': 'Une autre réponse a déjà été donnée.',
  'Say why: one of the published reasons.': 'Dites pourquoi : choisissez un motif.',
  'Say what came of it.': 'Dites ce qu’il en est advenu.',
  'Only the structure that sent the resident there says what came of it.':
    'Seule la structure qui a orienté la personne dit ce qu’il en est advenu.',
};

export const casesSentences: Sentences = {
  ...cases,
  ...merges,
  ...entries,
  ...appointments,
  ...goals,
  ...outside,
  ...attachments,
  ...places,
};

import type { Sentences } from '@fil-rouge/kernel';

/** What is said of a request before any rule looks at it, and where nobody can answer. */
const requests: Sentences = {
  'There is nothing at this address.': 'Il n’y a rien à cette adresse.',
  'This address declares no permission, so nobody may use it.':
    'Cette adresse ne dit pas qui peut l’utiliser : personne ne le peut.',
  'You are not signed in, or no longer. Sign in again.':
    'Vous n’êtes pas connecté, ou ne l’êtes plus. Connectez-vous de nouveau.',
  'Your role asks for a second step when you sign in. Set it up first: nothing else is answered before.':
    'Votre rôle demande une deuxième étape à la connexion. Mettez-la d’abord en place : rien d’autre n’est possible avant.',
  'Idempotency-Key must be 1 to 64 printable characters without spaces.':
    'Idempotency-Key doit compter de 1 à 64 caractères imprimables, sans espace.',
  'This Idempotency-Key was already used for another request. Use a new key.':
    'Cette Idempotency-Key a déjà servi à une autre demande. Prenez-en une nouvelle.',
  'If-Match must be the ETag of the last answer, for instance "3".':
    'If-Match doit être l’ETag de la dernière réponse, par exemple "3".',
  'This cursor is not one of this list. Start again from the first page.':
    'Ce curseur n’est pas de cette liste. Reprenez à la première page.',
  'This cursor is not one of ours. Start again from the first page.':
    'Ce curseur n’est pas l’un des nôtres. Reprenez à la première page.',
  'This cursor is of another list, or of other filters. Start again from the first page, with the filters you want.':
    'Ce curseur est d’une autre liste, ou d’autres filtres. Reprenez à la première page, avec les filtres voulus.',
  'Send the body as it is, without a Content-Encoding.': 'Envoyez le contenu tel quel, sans Content-Encoding.',
  'Send the body as application/json in UTF-8; another charset is not read.':
    'Envoyez le contenu en application/json et en UTF-8 ; aucun autre codage n’est lu.',
  'Send the file as multipart/form-data, in one part that is called `file`.':
    'Envoyez le fichier en multipart/form-data, dans une seule partie nommée `file`.',
  'This file is larger than {} MB. Send a smaller one, for instance a scan with fewer details.':
    'Ce fichier dépasse {} Mo. Envoyez-en un plus petit, par exemple une numérisation moins détaillée.',
  'This file is empty.': 'Ce fichier est vide.',
  'Send one file at a time, and nothing beside it.': 'Envoyez un seul fichier à la fois, et rien d’autre.',
  'The form that the file came in cannot be read to its end.': 'L’envoi du fichier n’a pas pu être lu jusqu’au bout.',
  'The name of the file must hold a letter or a digit.':
    'Le nom du fichier doit contenir au moins une lettre ou un chiffre.',
  'The name of the file must have at most {} characters.': 'Le nom du fichier compte {} caractères au plus.',
  'Send the body as application/json.': 'Envoyez le contenu en application/json.',
  'The body is not UTF-8.': 'Le contenu n’est pas en UTF-8.',
  'The body is not valid JSON.': 'Le contenu n’est pas du JSON valable.',
  'The body must be a JSON object.': 'Le contenu doit être un objet JSON.',
  'The query is not UTF-8.': 'L’adresse n’est pas en UTF-8.',
  'The request names no Host.': 'La requête ne nomme pas de Host.',
  'The request is too large.': 'La requête est trop volumineuse.',
  'The request is too deep or has too many values.': 'La requête est trop imbriquée ou contient trop de valeurs.',
  'The request cannot be read.': 'La requête est illisible.',
  'The request did not come to its end in time. Send it again.':
    'La requête n’est pas arrivée entière à temps. Envoyez-la de nouveau.',
  'The address and headers of the request are too large.':
    'L’adresse et les en-têtes de la requête sont trop volumineux.',
  'This is not an HTTP request that can be read.': 'Ce n’est pas une requête HTTP lisible.',
  'No other expectation is met than 100-continue.': 'Aucune autre attente que 100-continue n’est satisfaite.',
  'A value in the request cannot be stored.': 'Une valeur de la requête ne peut pas être conservée.',
  'This text contains characters that cannot be stored.':
    'Ce texte contient des caractères qui ne peuvent pas être conservés.',
  'The name of a member contains characters that cannot be stored.':
    'Le nom d’un champ contient des caractères qui ne peuvent pas être conservés.',
  '{} Leave `{}` out.': '{said} Retirez le filtre `{}`.',
  'Send the METRICS_TOKEN of this installation as Bearer; without one set nobody reads this.':
    'Envoyez le METRICS_TOKEN de cette installation comme Bearer ; s’il n’est pas défini, personne ne lit ceci.',
  'Something went wrong on our side. It was recorded under this traceId.':
    'Une erreur s’est produite de notre côté. Elle est notée sous ce traceId.',
  'The database does not answer at the moment. Try again in a moment; with the same Idempotency-Key nothing is done twice.':
    'La base de données ne répond pas en ce moment. Réessayez dans un instant ; avec la même Idempotency-Key, rien n’est fait deux fois.',
  'The key was renewed a moment ago. Nothing was done; try again.':
    'La clé vient d’être renouvelée. Rien n’a été fait ; réessayez.',
  'Many people are writing to this record at the same moment. Nothing was done; try again.':
    'Plusieurs personnes écrivent dans ce dossier au même moment. Rien n’a été fait : réessayez.',
  'The sealed part of this record does not open: it was damaged, or sealed with another key. Nothing can be read in it or added to it; tell whoever keeps the backups.':
    'La partie scellée de ce dossier ne s’ouvre pas : elle est endommagée, ou scellée avec une autre clé. Rien ne peut y être lu ni ajouté ; prévenez la personne qui garde les sauvegardes.',
};

/** What is said of one value. Most sentences are put together: what is wrong, and what should stand there. */
const values: Sentences = {
  'Some values in the request are missing or not acceptable; see `errors`.':
    'Certaines valeurs manquent ou ne conviennent pas : voyez `errors`.',
  'Some members of the request are not known; see `errors`.': 'Certains champs ne sont pas connus : voyez `errors`.',
  'Nothing of this name is expected here.': 'Aucun champ de ce nom n’est attendu ici.',
  'This is required: it {}.': 'À renseigner : cette valeur {said}.',
  'This cannot be null: it {}.': 'Ne peut pas être vide : cette valeur {said}.',
  'This {}.': 'Cette valeur {said}.',
  'Each value {}.': 'Chaque valeur {said}.',
  'must be given': 'doit être donnée',
  'must be a list': 'doit être une liste',
  'must be a list, of which each value {}': 'doit être une liste dont chaque valeur {said}',
  'must be an object': 'doit être un objet',
  'must be an array': 'doit être une liste',
  'must be a string': 'doit être un texte',
  'must be a boolean value': 'doit être vrai ou faux',
  'must be an integer number': 'doit être un nombre entier',
  'must be a number conforming to the specified constraints': 'doit être un nombre',
  'must be an email': 'doit être une adresse électronique',
  'must not be less than {}': 'ne doit pas être inférieure à {}',
  'must not be greater than {}': 'ne doit pas être supérieure à {}',
  'must be longer than or equal to {} characters': 'doit compter au moins {} caractères',
  'must be shorter than or equal to {} characters': 'doit compter au plus {} caractères',
  'must be one of the following values: {}': 'doit être l’une de ces valeurs : {}',
  'should not be empty': 'ne doit pas être vide',
  'must contain at least {} elements': 'doit contenir au moins {} valeurs',
  'must contain no more than {} elements': 'doit contenir au plus {} valeurs',
  'must hold each value once': 'doit contenir chaque valeur une seule fois',
  'must hold a letter or a digit': 'doit contenir une lettre ou un chiffre',
  'must be an id of this system': 'doit être un identifiant de ce système',
  'must be ids of this system': 'doit être un identifiant de ce système',
  'must be "all" or the id of a structure': 'doit être « all » ou l’identifiant d’une structure',
  'must be "mine" or the id of a person': 'doit être « mine » ou l’identifiant d’une personne',
  'must be a time that exists in Paris, such as 2026-12-01T10:00, or an instant such as 2026-12-01T10:00:00+01:00':
    'doit être une heure qui existe à Paris, telle que 2026-12-01T10:00, ou un instant, tel que 2026-12-01T10:00:00+01:00',
  'must be a day that exists, YYYY-MM-DD, from {} to {}': 'doit être un jour qui existe, AAAA-MM-JJ, du {} au {}',
  'must be a day such as 2026-12-01, or an instant such as 2026-12-01T08:00:00Z':
    'doit être un jour, tel que 2026-12-01, ou un instant, tel que 2026-12-01T08:00:00Z',
  'must be a day (2026-11-28), a month (2026-11), or a time of day (2026-11-28T19:59), in Paris unless an offset follows':
    'doit être un jour (2026-11-28), un mois (2026-11) ou une heure (2026-11-28T19:59), à Paris sauf décalage indiqué',
};

export const platformSentences: Sentences = { ...requests, ...values };

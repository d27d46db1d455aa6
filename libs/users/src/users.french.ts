import type { Sentences } from '@fil-rouge/kernel';

/** Communes, which are typed: the sentence says which one may have been meant. */
const communes: Sentences = {
  'must hold INSEE codes of communes, for instance 72181': 'doit être le code INSEE d’une commune, par exemple 72181',
  'must hold INSEE codes of communes: {} now belongs to {} ({})':
    'doit être le code INSEE d’une commune : {} fait maintenant partie de {} ({})',
  'must hold INSEE codes of communes: {} is the postal code of {}':
    'doit être le code INSEE d’une commune : {} est le code postal de {}',
  'must be the name of the commune whose code stands beside it':
    'doit être le nom de la commune dont le code est donné à côté',
  'must be the name of the commune whose code stands beside it: {} is {}':
    'doit être le nom de la commune dont le code est donné à côté : {} est {}',
  '{} is the INSEE code of {} and the postal code of {}. Send communeName beside it when {} is meant, else the INSEE code of the other.':
    '{} est le code INSEE de {} et le code postal de {}. Si c’est bien {}, envoyez aussi communeName ; sinon, le code INSEE de l’autre.',
  '{} is {}, far from the Sarthe. Send communeName beside it when that is meant.':
    '{} est {}, loin de la Sarthe. Si c’est bien elle, envoyez aussi communeName.',
  'must be the SIREN of an EPCI, for instance 247200132': 'doit être le SIREN d’un EPCI, par exemple 247200132',
};

const secondFactors: Sentences = {
  'Give the code that your authenticator shows, or a recovery code.':
    'Donnez le code affiché par votre application d’authentification, ou un code de secours.',
  'This code is not right, or was used before. Type the one that is shown now.':
    'Ce code n’est pas le bon, ou a déjà servi. Tapez celui qui est affiché maintenant.',
  'Too many wrong codes. Wait, then try again.': 'Trop de codes erronés. Attendez un peu, puis réessayez.',
  'Too much time has passed. Begin once more.': 'Trop de temps a passé. Recommencez.',
  'You have a second step already. Take it away first, then set up another one.':
    'Vous avez déjà une deuxième étape. Retirez-la d’abord, puis mettez-en une autre en place.',
  'Nobody has an account with this e-mail address.': 'Personne n’a de compte avec cette adresse.',
  'You have no second step.': 'Vous n’avez pas de deuxième étape.',
  'This person has no second step.': 'Cette personne n’a pas de deuxième étape.',
  'Another administrator does this for you. With your password you take it away yourself.':
    'Une autre personne de l’administration le fait pour vous. Avec votre mot de passe, vous la retirez vous-même.',
};

const structures: Sentences = {
  'must be the 14 digits of a SIRET': 'doit être les 14 chiffres d’un SIRET',
  'There is no structure of this id.': 'Il n’y a pas de structure de cet identifiant.',
  'Only a coordinator or an administrator declares structures.':
    'Seule la coordination ou l’administration déclare une structure.',
  'Only an administrator records the State’s conventions.':
    'Seule l’administration enregistre les conventions de l’État.',
  'This structure was refused or closed: the State signs nothing with it.':
    'Cette structure a été refusée ou fermée : l’État ne signe rien avec elle.',
  'A convention cannot end before it begins.': 'Une convention ne peut pas finir avant d’avoir commencé.',
  'This convention ends on {} by itself.': 'Cette convention prend fin d’elle-même le {}.',
  'Only an administrator, or a manager of the structure, says who holds its posts.':
    'Seule l’administration, ou un responsable de la structure, dit qui occupe ses postes.',
  'A post of this convention changed on {}: it cannot have ended before.':
    'Un poste de cette convention a changé le {} : elle ne peut pas avoir pris fin avant.',
  'This post has been as it is since {}: it cannot change before.':
    'Ce poste est dans cet état depuis le {} : il ne peut pas en changer plus tôt.',
  'This structure employs no counsellor or coordinator of this id on that day.':
    'Cette structure n’emploie ce jour-là aucun conseiller ni coordinateur de cet identifiant.',
  'This person holds another post of this convention.': 'Cette personne occupe un autre poste de cette convention.',
  'Only an administrator renames a structure.': 'Seule l’administration renomme une structure.',
  'Only an administrator records the State’s decisions.': 'Seule l’administration enregistre les décisions de l’État.',
  'Only a manager of this structure changes its offer; its counsellors change the capacity.':
    'Seul un responsable de cette structure change ce qu’elle propose ; ses conseillers changent ses disponibilités.',
  'Only whoever declared this structure corrects it, until it has a manager; or an administrator.':
    'Seule la personne qui a déclaré cette structure la corrige, tant qu’elle n’a pas de responsable ; ou l’administration.',
  'Only a manager of this structure says how it receives.':
    'Seul un responsable de cette structure dit comment elle reçoit.',
  'Whoever answers for a structure works there.': 'La personne qui répond pour une structure doit y travailler.',
  'One person has each day of the week.': 'Une seule personne par jour de la semaine.',
  'Only an administrator changes delays.': 'Seule l’administration change les délais.',
  '{} In order: reminders, coordinator, answer, answerUnderReview.':
    '{said} Dans l’ordre : reminders, coordinator, answer, answerUnderReview.',
  'The days of {} must go up, each once.': 'Les jours de {} doivent aller en augmentant, chacun une fois.',
  '{} must not be longer than {}.': '{} ne doit pas dépasser {}.',
  '{} must not be longer than {} (as set above, or by default).':
    '{} ne doit pas dépasser {} (tel qu’il est fixé au-dessus, ou par défaut).',
  '{} must not be longer than {} (as set for {}).': '{} ne doit pas dépasser {} (tel qu’il est fixé pour {}).',
};

const labels: Sentences = {
  'Only a manager of this structure says which labels it uses.':
    'Seul un responsable de la structure choisit ses étiquettes.',
  'Only its own people read which labels a structure uses.':
    'Seules les personnes qui y travaillent lisent les étiquettes d’une structure.',
  'Each label stands there once.': 'Chaque étiquette n’y est qu’une fois.',
  'This label is not there any more. Read them anew.': 'Cette étiquette n’existe plus. Rechargez la liste.',
};

const successions: Sentences = {
  'A structure does not take over itself.': 'Une structure ne se reprend pas elle-même.',
  'Only a structure that closes is taken over by another one.':
    'Seule une structure qui ferme est reprise par une autre.',
  'Only an active structure takes over another one.': 'Seule une structure active en reprend une autre.',
  'You work for this structure yourself. Have another administrator record this.':
    'Vous travaillez vous-même pour cette structure. Demandez à une autre personne de l’administration de l’enregistrer.',
  'Somebody was hired in this structure just now. Try again.':
    'Quelqu’un vient d’être embauché dans cette structure. Recommencez.',
  'Conventions of this structure with the State that go on: {}. End them first, and record what goes on with the structure that takes over.':
    'Conventions de cette structure avec l’État encore en cours : {}. Mettez-y d’abord fin, puis enregistrez ce qui continue avec la structure qui reprend.',
};

const absences: Sentences = {
  'Whoever is away says so, or a manager of the structure.':
    'Une absence est indiquée par la personne absente, ou par un responsable de la structure.',
  'A structure has at most {} absences ahead.': 'Une structure a au plus {} absences à venir.',
  'An absence cannot end before it begins.': 'Une absence ne peut pas finir avant d’avoir commencé.',
  'This absence is over already: nobody takes over in the past.':
    'Cette absence est déjà finie : personne ne peut plus prendre le relais.',
  'This person does not work for your structure then.':
    'Cette personne ne travaille pas pour votre structure à ce moment.',
  'Whoever is away does not take over.': 'La personne absente ne prend pas elle-même le relais.',
  'Whoever takes over works for your structure by then.':
    'La personne qui prend le relais travaille pour votre structure à ce moment.',
  'Whoever is to take over is away, too, in these days.':
    'La personne qui prendrait le relais est elle aussi absente ces jours-là.',
  'This person is away already from {} to {}: correct that.':
    'Cette personne est déjà absente du {} au {} : corrigez cette absence.',
};

const people: Sentences = {
  'Nobody employs themself.': 'Personne ne se recrute soi-même.',
  'You have invited many people today. Try again tomorrow.':
    'Vous avez invité beaucoup de personnes aujourd’hui. Réessayez demain.',
  'You have sent this person several invitations today. Try again tomorrow.':
    'Vous avez envoyé plusieurs invitations à cette personne aujourd’hui. Réessayez demain.',
  'Somebody of this structure has this e-mail address already.':
    'Quelqu’un de cette structure a déjà cette adresse électronique.',
  'Only its own people, coordinators and administrators see who works in a structure.':
    'Seuls les membres d’une structure, la coordination et l’administration voient qui y travaille.',
  'You manage your own structure: leave `structureId` out, or name it.':
    'Vous êtes responsable de votre propre structure : omettez `structureId`, ou indiquez-la.',
  'This structure was refused or closed: nobody can be employed by it.':
    'Cette structure a été refusée ou fermée : personne ne peut y être recruté.',
  'An employment cannot end before it begins.': 'Un emploi ne peut pas finir avant d’avoir commencé.',
  'Only counsellors are placed elsewhere.': 'Seuls les conseillers sont placés ailleurs.',
  'Only a coordinator has a territory.': 'Seul un coordinateur a un territoire.',
  'A person has at most {} employments.': 'Une personne a au plus {} emplois.',
  'This person already has this role in this structure from {}.':
    'Cette personne a déjà ce rôle dans cette structure depuis le {}.',
  'This person already has this role in this structure from {} to {}.':
    'Cette personne a déjà ce rôle dans cette structure du {} au {}.',
  'This employment begins on {}: it cannot end before.': 'Cet emploi commence le {} : il ne peut pas finir plus tôt.',
  'An administrator corrects this name, or a manager of the structure where this person works.':
    'Ce nom est corrigé par l’administration, ou par un responsable de la structure où cette personne travaille.',
  'You manage none of this person’s employments.': 'Vous n’êtes responsable d’aucun emploi de cette personne.',
  'This structure works outside your territory.': 'Cette structure intervient hors de votre territoire.',
  'This person still leads {} open case for this structure, or is about to. Assign them, hand them over, or prepare a batch first.':
    'Cette personne mène encore {} suivi ouvert pour cette structure, ou va le mener. Confiez-le, transmettez-le, ou préparez d’abord son départ.',
  'This person still leads {} open cases for this structure, or is about to. Assign them, hand them over, or prepare a batch first.':
    'Cette personne mène encore {} suivis ouverts pour cette structure, ou va les mener. Confiez-les, transmettez-les, ou préparez d’abord son départ.',
  'Only an administrator gives a role in the network.': 'Seule l’administration donne un rôle dans le réseau.',
  'Only the managers of a structure hire for it.': 'Seuls les responsables d’une structure recrutent pour elle.',
  'This structure has a manager: only its managers hire for it. Ask them.':
    'Cette structure a un responsable : seuls ses responsables recrutent pour elle. Adressez-vous à eux.',
  'From outside a structure only its first manager is named, who then hires the others.':
    'De l’extérieur, on ne nomme que le premier responsable d’une structure, qui recrute ensuite les autres.',
  'You have ended somebody’s work here: another coordinator or administrator names its manager.':
    'Vous avez mis fin à un emploi ici : une autre personne de la coordination ou de l’administration nomme le responsable.',
  'This person has a role in the network: only a manager of the structure may hire them.':
    'Cette personne a un rôle dans le réseau : seul un responsable de la structure peut la recruter.',
  'Only the managers of this structure end it, or an administrator for security, with a reason.':
    'Seuls les responsables de cette structure y mettent fin, ou l’administration par sécurité, avec un motif.',
  'Only an administrator ends a role in the network.': 'Seule l’administration met fin à un rôle dans le réseau.',
  'Say why: the managers of the structure and the other administrators are told.':
    'Dites pourquoi : les responsables de la structure et les autres administrateurs en sont informés.',
};

const signIn: Sentences = {
  'The e-mail address or the password is not right.': 'L’adresse électronique ou le mot de passe n’est pas le bon.',
  'Too many people are signing in at this moment. Try again in a few seconds.':
    'Trop de personnes se connectent en ce moment. Réessayez dans quelques secondes.',
  'Too many attempts to sign in. Wait {} s, then try again.':
    'Trop de tentatives de connexion. Attendez {} s, puis réessayez.',
  '{} Sign in again with the structureId of one of those you work for, and a role you have there.':
    '{said} Connectez-vous de nouveau avec le structureId de l’une de celles où vous travaillez, et un rôle que vous y avez.',
  'You do not work for the structure you named.': 'Vous ne travaillez pas pour la structure indiquée.',
  'You have this role nowhere.': 'Vous n’avez ce rôle nulle part.',
  'You do not have this role in the structure you named.': 'Vous n’avez pas ce rôle dans la structure indiquée.',
  'You work for several structures.': 'Vous travaillez pour plusieurs structures.',
  'Too many attempts with a password. Wait, then try again.':
    'Trop d’essais de mot de passe. Attendez, puis réessayez.',
  'Too many passwords were asked for from here. Wait, then try again.':
    'Trop de mots de passe ont été demandés d’ici. Attendez, puis réessayez.',
  'You have asked for another e-mail address often enough today. Try again tomorrow.':
    'Vous avez demandé assez souvent une autre adresse électronique aujourd’hui. Réessayez demain.',
  'This e-mail address has an account of its own. Sign in with that one, or choose another address.':
    'Cette adresse électronique a son propre compte. Connectez-vous avec lui, ou choisissez une autre adresse.',
  'You are not signed in there, or no longer.': 'Vous n’y êtes pas ou plus connecté.',
  'This is your e-mail address already.': 'C’est déjà votre adresse électronique.',
  'This link was used, has expired or is not ours. Ask for a new one.':
    'Ce lien a servi, a expiré ou n’est pas l’un des nôtres. Demandez-en un nouveau.',
  'You have a role in the network: only a manager of this structure may hire you.':
    'Vous avez un rôle dans le réseau : seul un responsable de cette structure peut vous recruter.',
  'You have an account with this e-mail address: give its password, or ask for a new one first (« mot de passe oublié »).':
    'Vous avez un compte avec cette adresse électronique : donnez son mot de passe, ou demandez-en d’abord un nouveau (« mot de passe oublié »).',
  'This is not your present password.': 'Ce n’est pas votre mot de passe actuel.',
};

/** A password that is too easily guessed, and in which way. */
const passwords: Sentences = {
  'The password must not be the e-mail address.': 'Le mot de passe ne doit pas être l’adresse électronique.',
  'The password needs at least {} characters.': 'Le mot de passe doit compter au moins {} caractères.',
  'This password would be guessed soon: it is {}. Take several words that have nothing to do with each other.':
    'Ce mot de passe serait vite deviné : c’est {said}. Prenez plusieurs mots qui n’ont rien à voir entre eux.',
  'keys that lie in a row': 'une suite de touches voisines',
  'keys that lie side by side': 'un motif de touches voisines',
  'one character again and again': 'un même caractère répété',
  'the same few characters again and again': 'les mêmes caractères répétés',
  'letters or digits in their order': 'une suite de lettres ou de chiffres dans leur ordre',
  'a year': 'une année',
  'a date': 'une date',
  'one of the ten passwords that are used most': 'l’un des dix mots de passe les plus utilisés',
  'one of the hundred passwords that are used most': 'l’un des cent mots de passe les plus utilisés',
  'a password that many people use': 'un mot de passe que beaucoup utilisent',
  'almost a password that many people use': 'presque un mot de passe que beaucoup utilisent',
  'a single word': 'un seul mot',
  'a name': 'un nom',
  'a common name': 'un nom courant',
  'your own name, address or structure, or the name of this service':
    'votre nom, votre adresse, votre structure ou le nom de ce service',
  'made of words, names or dates that are tried first': 'une suite de mots, de noms ou de dates essayés en premier',
};

export const usersSentences: Sentences = {
  ...communes,
  ...secondFactors,
  ...structures,
  ...successions,
  ...labels,
  ...absences,
  ...people,
  ...signIn,
  ...passwords,
};

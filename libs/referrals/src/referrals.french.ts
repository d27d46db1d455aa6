import type { Sentences } from '@fil-rouge/kernel';

const batches: Sentences = {
  'Say why the case is closed (`reason`).': 'Dites pourquoi le suivi est clos (`reason`).',
  'This structure is closed: nobody can lead a case for it.':
    'Cette structure est fermée : personne ne peut mener de suivi pour elle.',
  'This case is not in the batch.': 'Ce suivi ne fait pas partie de ce départ.',
  'One decision per case.': 'Une seule décision par suivi.',
  'Say why the case closes.': 'Dites pourquoi le suivi est clos.',
  'Name the colleague.': 'Nommez le collègue.',
  'This is the counsellor who leaves.': 'C’est le conseiller qui part.',
  'This person does not work for the structure at present.':
    'Cette personne ne travaille pas pour la structure en ce moment.',
  'Name the structure.': 'Nommez la structure.',
  'This structure leads the case already: name a colleague.':
    'Cette structure est déjà référente du suivi : nommez un collègue.',
  'The structure that would lead is not active, or there is none of this id.':
    'La structure qui deviendrait référente n’est pas active, ou n’existe pas.',
  'A manager prepares this for the own structure.': 'Un responsable ne prépare un départ que pour sa structure.',
  'Name the counsellor who leaves.': 'Nommez le conseiller qui part.',
  'A structure leaves with all of its cases: leave the counsellor out.':
    'Une structure part avec tous ses suivis : ne nommez pas de conseiller.',
  'Name the structure the post moves to.': 'Nommez la structure vers laquelle le poste est transféré.',
  'Only a post moves to one structure.': 'Seul un poste est transféré vers une structure.',
  'The post is in this structure already.': 'Le poste est déjà dans cette structure.',
  'This person leads cases for several structures: name the one they leave.':
    'Cette personne mène des suivis pour plusieurs structures : nommez celle qu’elle quitte.',
  'No open case is left to hand over: none is led, or all are in another batch already.':
    'Il ne reste aucun suivi ouvert à transmettre : il n’y en a pas, ou tous font déjà partie d’un autre départ.',
  'There is no such batch, or it is not yours.': 'Ce départ n’existe pas, ou ne vous revient pas.',
  'The structure the post moves to is not active, or there is none of this id.':
    'La structure vers laquelle le poste est transféré n’est pas active, ou n’existe pas.',
  'This batch has cases outside your territory: it is not yours alone to give up.':
    'Ce départ a des suivis hors de votre territoire : il ne vous revient pas seul d’y renoncer.',
  'A batch is undone by whoever made it, or by a manager of the structure it is about.':
    'Un départ est annulé par qui l’a préparé, ou par un responsable de la structure concernée.',
  'Whom this batch is about has left: it is kept until each case is decided on.':
    'La personne ou la structure concernée est partie : ce départ reste ouvert jusqu’à ce que chaque suivi soit décidé.',
  '{} of the cases have no decision yet: decide on each, or accept the proposals.':
    '{} des suivis n’ont pas encore de décision : décidez de chacun, ou acceptez les propositions.',
};

const handovers: Sentences = {
  'A handover of this case is open already: it must be answered or end first.':
    'Une passation de ce suivi est déjà en cours : elle doit d’abord recevoir une réponse ou prendre fin.',
  'A handover of this case is open. Wait until it has ended, or close the case with `cancelHandover`.':
    'Une passation de ce suivi est en cours. Attendez qu’elle prenne fin, ou clôturez le suivi avec `cancelHandover`.',
  'You have asked to join a case and wait for the answer. Withdraw that request first, or wait until it is answered.':
    'Vous avez demandé à rejoindre un suivi et attendez la réponse. Retirez d’abord cette demande, ou attendez la réponse.',
  'This is for the other side of the handover to do.': 'C’est à l’autre structure de la passation de le faire.',
  'This handover is between other structures.': 'Cette passation concerne d’autres structures.',
  'Your structure is not active: it sends and accepts nothing new.':
    'Votre structure n’est pas active : elle n’envoie et n’accepte rien de nouveau.',
  'This structure leads the case already.': 'Cette structure est déjà référente du suivi.',
  'There is no structure with this id.': 'Il n’y a pas de structure de cet identifiant.',
  'The resident objects to this structure.': 'La personne s’oppose à cette structure.',
  'The structure that would lead is not active: it accepts nothing new.':
    'La structure qui deviendrait référente n’est pas active : elle n’accepte rien de nouveau.',
  'Nobody works in the structure that would lead at the moment. Choose another.':
    'Personne ne travaille en ce moment dans la structure qui deviendrait référente. Choisissez-en une autre.',
  'On that day this person does not work for the structure that would lead.':
    'Ce jour-là, cette personne ne travaille pas pour la structure qui deviendrait référente.',
  'A lead cannot move in the past.': 'Un suivi ne peut pas changer de référent dans le passé.',
  'At most {} days ahead.': 'Au plus {} jours à l’avance.',
  'This kind of handover takes effect at once: leave the date out.':
    'Ce type de passation prend effet aussitôt : ne donnez pas de date.',
  '{} is required here.': '{} est à renseigner ici.',
  'Only the structure that leads the case can propose to hand it over.':
    'Seule la structure référente du suivi peut proposer de le transmettre.',
  'Only a structure that takes part in the case can ask for it.':
    'Seule une structure qui participe au suivi peut le demander.',
  'This case cannot be asked for at present. The coordinator can say more.':
    'Ce suivi ne peut pas être demandé en ce moment. La coordination peut en dire plus.',
  'Your structure leads this case already.': 'Votre structure est déjà référente de ce suivi.',
  'Your structure takes part in this case already.': 'Votre structure participe déjà à ce suivi.',
  'You can ask for a case only for your own structure.': 'Vous ne pouvez demander un suivi que pour votre structure.',
  'Only the structure that leads the case can reassign it inside.':
    'Seule la structure référente du suivi peut le confier à un autre de ses conseillers.',
  'Assigning a case to somebody else is the business of a manager of the structure.':
    'Confier un suivi à quelqu’un d’autre revient à un responsable de la structure.',
  'An internal handover stays in your structure: propose a push instead.':
    'Une passation interne reste dans votre structure : proposez plutôt de transmettre le suivi (`push`).',
  'This counsellor leads the case already.': 'Ce conseiller mène déjà ce suivi.',
  'Only a coordinator or an administrator can reassign a case by decision.':
    'Seule la coordination ou l’administration peut confier un suivi par décision.',
  'You have asked to join many cases today. Try again tomorrow.':
    'Vous avez demandé à rejoindre beaucoup de suivis aujourd’hui. Réessayez demain.',
  'This token is not yours or no longer valid. Open the case again to get a new one.':
    'Ce jeton n’est pas le vôtre ou n’est plus valable. Ouvrez de nouveau le suivi pour en recevoir un.',
  'Your role proposes and answers nothing.': 'Votre rôle ne propose rien et ne répond à rien.',
};

const referrals: Sentences = {
  'This case has open referrals. Wait until they have ended, or close it with `cancelReferrals`.':
    'Ce suivi a des orientations en cours. Attendez qu’elles prennent fin, ou clôturez-le avec `cancelReferrals`.',
  'Needs remain only where the outcome is `helped_partially`.':
    'Il ne reste des besoins que si l’issue est « aide apportée en partie » (`helped_partially`).',
  'A case has {} open referrals at most. Withdraw one first.':
    'Un suivi a au plus {} orientations en cours. Retirez-en d’abord une.',
  'Together the two would have more than {} open referrals. Have some withdrawn first.':
    'Ensemble, les deux auraient plus de {} orientations en cours. Faites-en d’abord retirer.',
  'Say which structure is asked to help.': 'Dites à quelle structure l’aide est demandée.',
  'Your structure is suspended: it may send nothing new.':
    'Votre structure est suspendue : elle ne peut rien envoyer de nouveau.',
  'Your structure is suspended: it may send and accept nothing new.':
    'Votre structure est suspendue : elle ne peut rien envoyer ni accepter de nouveau.',
  'The same needs are already referred to this structure and not answered or finished yet.':
    'Ces besoins ont déjà été adressés à cette structure, et elle n’a pas encore répondu ou terminé.',
  'Inform the resident of this referral first, then say when and how (`informed`).':
    'Informez d’abord la personne de cette orientation, puis dites quand et comment (`informed`).',
  'The resident objects to sharing with this structure.': 'La personne s’oppose au partage avec cette structure.',
  'This structure does not cover the commune of the resident. Choose another.':
    'Cette structure n’intervient pas dans la commune de la personne. Choisissez-en une autre.',
  'This structure takes no referrals at the moment. Choose another.':
    'Cette structure ne reçoit pas d’orientations en ce moment. Choisissez-en une autre.',
  'Nobody works in this structure at the moment. Choose another.':
    'Personne ne travaille dans cette structure en ce moment. Choisissez-en une autre.',
  'This structure is not active. Choose another.': 'Cette structure n’est pas active. Choisissez-en une autre.',
  'Name another structure than your own.': 'Nommez une autre structure que la vôtre.',
  'This structure follows the resident already. Name another, or none.':
    'Cette structure suit déjà la personne. Nommez-en une autre, ou aucune.',
  'Nobody can be sent to this structure at the moment. Name another, or none.':
    'Personne ne peut être orienté vers cette structure en ce moment. Nommez-en une autre, ou aucune.',
  'There is no telephone number on the record. Add it, or choose another way of contact.':
    'Le dossier n’a pas de numéro de téléphone. Ajoutez-le, ou choisissez une autre façon de joindre la personne.',
  'There is no e-mail address on the record. Add it, or choose another way of contact.':
    'Le dossier n’a pas d’adresse électronique. Ajoutez-la, ou choisissez une autre façon de joindre la personne.',
  'The structure that referred the resident to you did not allow you to refer on.':
    'La structure qui vous a adressé la personne n’a pas permis de l’orienter plus loin.',
  'Only the lead refers on its own: name the referral that you continue.':
    'Seule la structure référente oriente d’elle-même : nommez l’orientation que vous poursuivez.',
  'A resident is referred on {} times at most. Ask the lead to refer.':
    'Une personne est orientée plus loin au plus {} fois. Demandez à la structure référente de l’orienter.',
  'This structure leads the case already: it reads what you record. Choose another.':
    'Cette structure est déjà référente du suivi : elle lit ce que vous inscrivez. Choisissez-en une autre.',
  'This structure already takes part in this chain of referrals. Choose another.':
    'Cette structure fait déjà partie de cette suite d’orientations. Choisissez-en une autre.',
  'This is your own structure. Assign the case to a colleague instead.':
    'C’est votre propre structure. Confiez plutôt le suivi à un collègue.',
  'The referral to continue must be one that your structure has accepted and not finished.':
    'L’orientation à poursuivre doit en être une que votre structure a acceptée et pas encore terminée.',
  'This referral is visible to you, but this is not yours to do.':
    'Vous voyez cette orientation, mais ce n’est pas à vous de faire cela.',
  'This is not possible any more. Ask who leads the case now.':
    'Ce n’est plus possible. Adressez-vous à la structure référente actuelle.',
  'Your structure no longer takes part in this case.': 'Votre structure ne participe plus à ce suivi.',
  'The referral to try again must be an ended one of this case that your structure sent, or any of a case that it leads.':
    'L’orientation à renouveler doit être terminée et venir de votre structure, ou d’un suivi dont elle est référente.',
  'The referral to try again has not ended yet. Withdraw it first.':
    'L’orientation à renouveler n’est pas encore terminée. Retirez-la d’abord.',
  'Name one structure in `toStructureId`, or several in `toStructureIds`.':
    'Nommez une structure dans `toStructureId`, ou plusieurs dans `toStructureIds`.',
  'Your role sends and receives nothing.': 'Votre rôle n’envoie et ne reçoit rien.',
};

export const referralsSentences: Sentences = { ...batches, ...handovers, ...referrals };

import { expectNotice } from './cast';
import { counsellorsNote, seesNothing, timelineOf, type Story } from './opening';
import { fullName, givesAway, isMinimal, nadia } from './resident';
import type { CaseFile, Named, Page, Referral } from './shapes';

const postsNote = "Pièce d'identité à renouveler avant la prochaine fois.";

/** The Département refers to La Poste, which sees the minimal sheet, accepts, works, completes — and then sees its own work only. */
export async function refer(story: Story): Promise<void> {
  const referralId = await send(story);
  await answer(story, referralId);
  await work(story, referralId);
  await complete(story, referralId);
}

async function send({ teller, cast, caseId, today }: Story): Promise<string> {
  const { counsellor } = cast;
  teller.heading('2. Une orientation vers La Poste');
  const post = cast.postManager.structure;
  const directory = await counsellor.client.get<Page<Named>>(
    `/v1/structures?typology=LA_POSTE&commune=${nadia.commune}&acceptsReferrals=true`,
  );
  teller.check(
    directory.items.some(({ id }) => id === post.id),
    `l'annuaire propose La Poste pour Sablé-sur-Sarthe`,
    directory.items,
  );
  teller.step(`${counsellor.who} oriente ${fullName} vers La Poste, avec son accord donné de vive voix.`);
  const sent = await counsellor.client.post<Referral>(`/v1/cases/${caseId}/referrals`, {
    toStructureId: post.id,
    needs: ['banque_et_achats_en_ligne', 'securite_numerique'],
    urgency: 'normal',
    message: 'Souhaite consulter son compte en ligne et reconnaître les messages frauduleux.',
    contact: 'phone',
    informed: { on: today, how: 'oral' },
    send: true,
  });
  teller.check(
    sent.status === 'sent' && sent.dueAt !== undefined,
    "l'orientation est envoyée, avec une date limite de réponse",
    sent,
  );
  const seen = await counsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  teller.check(
    seen.lead?.structure.id === counsellor.structure.id,
    `${counsellor.house.the} reste référent : orienter n'est pas se dessaisir`,
    seen.lead,
  );
  return sent.id;
}

async function answer({ teller, cast, caseId }: Story, referralId: string): Promise<void> {
  const { counsellor, postManager, postCounsellor } = cast;
  await expectNotice(teller, postManager, referralId);
  teller.step(`${postManager.who} lit l'orientation reçue.`);
  const received = await postManager.client.get<Referral>(`/v1/referrals/${referralId}`);
  teller.note("Fiche minimale : prénom, commune, tranche d'âge, besoins, message, façon de la joindre. Rien d'autre.");
  teller.check(
    isMinimal(received.resident) && !givesAway(received) && Boolean(received.message),
    `${postManager.house.the} ne voit que la fiche minimale : ni nom, ni téléphone, ni année de naissance`,
    received,
  );
  const closed = await Promise.all(
    [`/v1/cases/${caseId}`, `/v1/cases/${caseId}/timeline`].map((path) => postManager.client.statusOf(path)),
  );
  teller.check(
    closed.every((status) => status === 404),
    'le dossier lui-même lui reste fermé (404)',
    closed,
  );
  await seesNothing(teller, cast, caseId, referralId);

  teller.step(`${postManager.name} prend l'orientation à l'étude.`);
  const reviewed = await postManager.client.post<Referral>(`/v1/referrals/${referralId}/acknowledge`);
  teller.check(reviewed.status === 'under_review', "l'orientation est à l'étude", reviewed.status);
  await expectNotice(teller, counsellor, referralId);
  teller.step(`${postManager.name} accepte et désigne ${postCounsellor.name}.`);
  const accepted = await postManager.client.post<Referral>(`/v1/referrals/${referralId}/accept`, {
    contactUserId: postCounsellor.id,
  });
  teller.check(accepted.status === 'accepted', "l'orientation est acceptée", accepted.status);
  await expectNotice(teller, counsellor, referralId);
}

async function work({ teller, cast, caseId, today }: Story, referralId: string): Promise<void> {
  const { counsellor, postCounsellor } = cast;
  teller.step(`${postCounsellor.who} ouvre le dossier, désormais partagé.`);
  const shared = await postCounsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  const thread = await timelineOf(postCounsellor, caseId);
  teller.check(
    shared.participation === 'contributor' &&
      shared.resident?.lastName === nadia.lastName &&
      shared.resident.phone !== undefined,
    `${postCounsellor.name} voit l'identité et le téléphone`,
    shared,
  );
  teller.check(
    thread.filter(({ type }) => type === 'SessionRecorded').length === 2,
    'et les deux accompagnements déjà faits',
    thread.map(({ type }) => type),
  );
  teller.check(!JSON.stringify(thread).includes(counsellorsNote), `mais pas la note privée ${counsellor.house.of}`);

  teller.step(`${postCounsellor.who} inscrit son premier accompagnement : compte en ligne, messages frauduleux.`);
  await postCounsellor.client.post(`/v1/cases/${caseId}/sessions`, {
    date: today,
    minutes: 90,
    place: 'lieu_activite',
    commune: nadia.commune,
    themes: ['banque_et_achats_en_ligne', 'securite_numerique'],
    equipment: ['telephone'],
    autonomy: 'partiellement_autonome',
    summary: 'Consulte son compte seule ; sait reconnaître un message frauduleux.',
    privateNote: postsNote,
    referralId,
  });
  const started = await postCounsellor.client.get<Referral>(`/v1/referrals/${referralId}`);
  teller.check(
    started.status === 'in_progress',
    "ce premier accompagnement met l'orientation en cours, sans autre geste",
    started.status,
  );
  await expectNotice(teller, counsellor, referralId);
  const seen = await timelineOf(counsellor, caseId);
  const entry = seen.find(
    ({ type, structure }) => type === 'SessionRecorded' && structure?.id === postCounsellor.structure.id,
  );
  teller.check(
    entry?.text?.startsWith('Consulte son compte') === true,
    `${counsellor.name} lit ce que ${postCounsellor.house.the} a fait`,
    entry,
  );
  teller.check(!JSON.stringify(seen).includes(postsNote), `mais pas la note privée ${postCounsellor.house.of}`);
}

async function complete({ teller, cast, caseId }: Story, referralId: string): Promise<void> {
  const { counsellor, postCounsellor } = cast;
  teller.step(`${postCounsellor.who} termine : la personne a été aidée.`);
  const completed = await postCounsellor.client.post<Referral>(`/v1/referrals/${referralId}/complete`, {
    outcome: 'helped',
    comment: 'Autonome sur son compte en ligne.',
  });
  teller.check(
    completed.status === 'completed' && completed.actions.length === 0,
    "l'orientation est terminée, plus rien ne peut lui arriver",
    completed,
  );
  await expectNotice(teller, counsellor, referralId);
  const left = await timelineOf(postCounsellor, caseId);
  const others = left.filter(({ structure }) => structure?.id !== postCounsellor.structure.id);
  teller.check(
    left.filter(({ type }) => type === 'SessionRecorded').length === 1 &&
      others.every(({ data, text }) => data.referralId === referralId && !text),
    `${postCounsellor.house.the} ne lit plus que son propre accompagnement et les étapes de cette orientation`,
    left.map(({ type, structure, text }) => `${type} (${structure?.name}) ${text ?? ''}`),
  );
  const file = await postCounsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  teller.check(
    file.participation === 'former_contributor' && !givesAway(file),
    'et ne voit plus ni le nom ni le téléphone',
    file,
  );
}

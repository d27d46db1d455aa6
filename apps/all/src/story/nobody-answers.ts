import { localDateOf } from '@fil-rouge/kernel';
import { expectNotice, type Character } from './cast';
import type { CaseFile, Notice, Referral } from './shapes';
import type { StoryClock } from './story-clock';
import type { Teller } from './teller';

interface People {
  counsellor: Character;
  coordinator: Character;
  redCross: Character;
  postManager: Character;
}

/** A referral that nobody answers: reminded, alerted, expired; then the same need, elsewhere. */
export async function playNobodyAnswers(teller: Teller, people: People, clock: StoryClock): Promise<void> {
  const { counsellor, redCross } = people;
  teller.heading('5. Personne ne répond');
  const { id: caseId } = await counsellor.client.post<CaseFile>('/v1/cases', {
    resident: { firstName: 'Gaston', lastName: 'Vaudelin', birthYear: 1951, commune: '72264' },
    themes: ['email'],
    informed: { on: localDateOf(clock.now()), how: 'oral' },
  });
  teller.step(`${counsellor.who} oriente Gaston Vaudelin vers ${redCross.house.the}, qui ne répond pas.`);
  const sent = await send(people.counsellor, caseId, redCross, clock);
  await expectNotice(teller, redCross, sent.id, 'ReferralSent');
  await wait(teller, people, clock, sent.id);
  await expire(teller, people, clock, sent.id);
  await elsewhere(teller, people, clock, { caseId, expiredId: sent.id });
}

function send(
  counsellor: Character,
  caseId: string,
  to: Character,
  clock: StoryClock,
  previousReferralId?: string,
): Promise<Referral> {
  return counsellor.client.post<Referral>(`/v1/cases/${caseId}/referrals`, {
    toStructureId: to.structure.id,
    needs: ['prendre_en_main_du_materiel'],
    urgency: 'normal',
    contact: 'via_referrer',
    message: 'Souhaite apprendre à se servir de son ordinateur, près de chez lui.',
    informed: { on: localDateOf(clock.now()), how: 'oral' },
    previousReferralId,
    send: true,
  });
}

const delays = [
  [3, 'Trois'],
  [7, 'Sept'],
  [12, 'Douze'],
] as const;

/** Business days 3, 7 and 12 after the sending. */
async function wait(
  teller: Teller,
  { counsellor, coordinator, redCross }: People,
  clock: StoryClock,
  referralId: string,
): Promise<void> {
  const since = clock.now();
  for (const [index, [businessDays, days]] of delays.entries()) {
    clock.advance({ since, businessDays, time: '09:30' });
    teller.step(`${days} jours ouvrés ont passé. Fil Rouge relance ${redCross.house.the}.`);
    await expectNotice(teller, redCross, referralId, 'ReferralReminded');
    const reminders = await remindersOf(counsellor, referralId);
    teller.check(
      reminders === index + 1,
      index === 0 ? 'un seul rappel est inscrit au dossier' : `${index + 1} rappels sont inscrits au dossier`,
      reminders,
    );
    if (businessDays === 12) await expectNotice(teller, coordinator, referralId, 'ReferralUnanswered');
    else
      teller.check(
        !(await noticesOf(coordinator, referralId)).length,
        'la coordination du réseau est encore laissée tranquille',
      );
  }
}

async function expire(
  teller: Teller,
  { counsellor, coordinator, redCross }: People,
  clock: StoryClock,
  referralId: string,
): Promise<void> {
  const { dueAt } = await counsellor.client.get<Referral>(`/v1/referrals/${referralId}`);
  clock.advance({ since: dueAt ?? clock.now(), businessDays: 1, time: '08:30' });
  teller.step(`Le vingtième jour ouvré est passé. ${redCross.who} accepte, trop tard.`);
  const refusal = await redCross.client.refusalOf(`/v1/referrals/${referralId}/accept`);
  teller.check(
    refusal?.status === 409,
    "l'acceptation est refusée (409) : le délai est passé",
    refusal?.message ?? 'acceptée',
  );
  await expectNotice(teller, counsellor, referralId, 'ReferralExpired');
  const { status } = await counsellor.client.get<Referral>(`/v1/referrals/${referralId}`);
  teller.check(status === 'expired', "l'orientation est expirée", status);
  // Many ticks of the worker later: what came twice would be here by now.
  const [received, alerts] = await Promise.all([noticesOf(redCross, referralId), noticesOf(coordinator, referralId)]);
  teller.check(
    (await remindersOf(counsellor, referralId)) === 3 &&
      received.filter(({ type }) => type === 'ReferralReminded').length === 3 &&
      alerts.length === 1,
    'trois rappels et une alerte, chacun une seule fois',
    { received: received.map(({ type }) => type), alerts: alerts.map(({ type }) => type) },
  );
}

async function elsewhere(
  teller: Teller,
  { counsellor, postManager }: People,
  clock: StoryClock,
  { caseId, expiredId }: { caseId: string; expiredId: string },
): Promise<void> {
  teller.step(
    `${counsellor.name} oriente la même personne ailleurs, à la suite de l'orientation expirée : vers ${postManager.house.the}.`,
  );
  const again = await send(counsellor, caseId, postManager, clock, expiredId);
  teller.check(again.previousReferralId === expiredId, 'la nouvelle orientation est reliée à la précédente', again);
  await expectNotice(teller, postManager, again.id, 'ReferralSent');
  const accepted = await postManager.client.post<Referral>(`/v1/referrals/${again.id}/accept`);
  teller.check(accepted.status === 'accepted', `${postManager.who} accepte`, accepted.status);
  await expectNotice(teller, counsellor, again.id, 'ReferralAccepted');
}

async function noticesOf(reader: Character, referralId: string): Promise<Notice[]> {
  return (await reader.client.all<Notice>('/v1/notifications')).filter((notice) => notice.referralId === referralId);
}

async function remindersOf(reader: Character, referralId: string): Promise<number> {
  const { history = [] } = await reader.client.get<Referral>(`/v1/referrals/${referralId}`);
  return history.filter(({ type }) => type === 'ReferralReminded').length;
}

import { expectNotice } from './cast';
import { counsellorsNote, seesNothing, timelineOf, type Story } from './opening';
import { fullName, nadia } from './resident';
import type { CaseFile, Handover } from './shapes';

const afpasSummary = 'Positionnement en formation : test numérique passé.';

/** The lead moves to the Afpa; the Département keeps reading what was there until then, and not one line more. */
export async function handOver({ teller, cast, caseId, today }: Story): Promise<void> {
  const { counsellor, postCounsellor, afpaManager, afpaCounsellor } = cast;
  teller.heading("3. Une passation à l'Afpa");
  teller.step(
    `${counsellor.who} propose ${afpaManager.house.to} de devenir le référent de ${fullName}, qui y entre en formation.`,
  );
  const proposed = await counsellor.client.post<Handover>(`/v1/cases/${caseId}/handovers`, {
    kind: 'push',
    toStructureId: afpaManager.structure.id,
    note: "Bases acquises ; entre en formation à l'Afpa, qui la verra chaque semaine.",
  });
  teller.check(proposed.status === 'proposed', 'la passation est proposée', proposed.status);
  await expectNotice(teller, afpaManager, proposed.id);
  const before = await counsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  teller.check(
    before.lead?.structure.id === counsellor.structure.id,
    `${counsellor.house.the} reste référent tant que rien n'est accepté`,
    before.lead,
  );
  teller.check(
    (await afpaManager.client.statusOf(`/v1/cases/${caseId}`)) === 404,
    `${afpaManager.house.the} ne voit pas encore le dossier (404)`,
  );

  teller.step(`${afpaManager.who} lit la note de passation, accepte et désigne ${afpaCounsellor.name}.`);
  const read = await afpaManager.client.get<Handover>(`/v1/handovers/${proposed.id}`);
  teller.check(read.note?.startsWith('Bases acquises') === true, 'la note de passation est lisible', read);
  const accepted = await afpaManager.client.post<Handover>(`/v1/handovers/${proposed.id}/accept`, {
    counsellorId: afpaCounsellor.id,
  });
  teller.check(accepted.status === 'effective', 'la passation prend effet aussitôt', accepted.status);
  await expectNotice(teller, counsellor, proposed.id);
  await expectNotice(teller, afpaCounsellor, proposed.id);

  teller.step(`${afpaCounsellor.who} ouvre le dossier, dont sa structure est désormais le référent.`);
  const led = await afpaCounsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  const thread = await timelineOf(afpaCounsellor, caseId);
  const sessions = thread.filter(({ type }) => type === 'SessionRecorded');
  teller.check(
    led.participation === 'lead' &&
      led.lead?.counsellor?.id === afpaCounsellor.id &&
      led.resident?.lastName === nadia.lastName,
    `${afpaCounsellor.name} suit le dossier pour ${afpaCounsellor.house.the}`,
    led,
  );
  teller.check(sessions.length === 3, 'et lit les trois accompagnements, de deux structures', sessions.length);
  teller.check(!JSON.stringify(thread).includes(counsellorsNote), 'sans les notes privées des autres');

  teller.step(`${afpaCounsellor.who} inscrit un accompagnement.`);
  await afpaCounsellor.client.post(`/v1/cases/${caseId}/sessions`, {
    date: today,
    minutes: 120,
    place: 'lieu_activite',
    commune: nadia.commune,
    themes: ['insertion_professionnelle', 'bureautique'],
    equipment: ['ordinateur'],
    autonomy: 'autonome',
    summary: afpasSummary,
  });

  teller.step(`${counsellor.who} relit le dossier, après la passation.`);
  const former = await counsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  const upToTheEnd = await timelineOf(counsellor, caseId);
  teller.check(
    former.participation === 'former_lead',
    `${counsellor.house.the} est désormais ancien référent`,
    former.participation,
  );
  teller.check(
    upToTheEnd.filter(({ type }) => type === 'SessionRecorded').length === 3 &&
      upToTheEnd.at(-1)?.type === 'HandoverTookEffect',
    "son fil s'arrête à la passation : les trois accompagnements d'avant y sont",
    upToTheEnd.map(({ type }) => type),
  );
  teller.check(
    !JSON.stringify(upToTheEnd).includes(afpasSummary),
    `l'accompagnement ${afpaCounsellor.house.of} n'y est pas`,
  );
  const posts = await timelineOf(postCounsellor, caseId);
  teller.check(
    !JSON.stringify(posts).includes(afpasSummary),
    `${postCounsellor.house.the}, dont la part est finie, ne le voit pas non plus`,
  );
  await seesNothing(teller, cast, caseId);
}

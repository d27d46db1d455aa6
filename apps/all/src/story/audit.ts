import type { Character } from './cast';
import { counsellorsNote, timelineOf, type Story } from './opening';
import { isContinuous, isNumbered, printLeads, printTimeline, printVerification } from './record';
import type { AuditEntry, CaseFile, TimelineEntry, Verification } from './shapes';

/** The administrator audits — with a reason, and leaving a trace — and the record is printed from its first event to its last. */
export async function audit({ teller, cast, caseId }: Story): Promise<void> {
  const { administrator, afpaCounsellor, redCross } = cast;
  teller.heading('4. Un contrôle');
  teller.step(`${administrator.who} veut lire le dossier, sans dire pourquoi.`);
  const refused = await administrator.client.statusOf(`/v1/cases/${caseId}/timeline`);
  teller.check(refused === 403 || refused === 404, 'sans motif, la lecture est refusée', refused);

  teller.step(`${administrator.name} recommence par la voie de l'audit, avec un motif : contrôle.`);
  const reading = await administrator.client.post<{ items: TimelineEntry[] }>(`/v1/audit/cases/${caseId}/readings`, {
    reasonCode: 'control',
    comment: 'Contrôle par sondage.',
  });
  teller.check(
    reading.items.length > 0 && !JSON.stringify(reading).includes(counsellorsNote),
    'le fil est lisible, sans aucune note privée',
    reading.items.length,
  );

  const entries = await administrator.client.all<AuditEntry>(`/v1/audit/entries?caseId=${caseId}`);
  const own = await administrator.client.all<AuditEntry>(
    `/v1/audit/entries?caseId=${caseId}&userId=${administrator.id}`,
  );
  teller.check(
    entries.length > own.length && own.length > 0,
    "le journal d'audit dit qui a fait et lu quoi, cette lecture comprise",
    { entries: entries.length, own: own.length },
  );
  const curious = await administrator.client.all<AuditEntry>(
    `/v1/audit/entries?caseId=${caseId}&structureId=${redCross.structure.id}`,
  );
  teller.note(
    `Au journal d'audit de ce dossier : ${entries.length} lignes, dont ${own.length} pour ${administrator.name} et ${curious.length} pour les tentatives ${redCross.house.of}.`,
  );

  teller.step(`${administrator.name} vérifie le dossier.`);
  const verification = await administrator.client.get<Verification>(`/v1/audit/cases/${caseId}/verification`);
  teller.check(
    verification.chain === 'ok' && verification.continuity === 'ok' && verification.gaps.length === 0,
    'chaîne intacte, référent sans interruption',
    verification,
  );

  const slowest = Math.max(...Object.values(cast).map((one: Character) => one.slowest));
  teller.note(
    `Chaque message attendu est arrivé ; le plus lent a mis ${(slowest / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 2 })} s.`,
  );

  const record = await timelineOf(afpaCounsellor, caseId);
  const { leads = [] } = await afpaCounsellor.client.get<CaseFile>(`/v1/cases/${caseId}`);
  teller.heading('Le dossier, du premier au dernier événement');
  printTimeline(teller, record);
  teller.heading('Les référents');
  printLeads(teller, leads);
  teller.heading('La vérification');
  printVerification(teller, verification);
  teller.line();
  teller.check(
    isNumbered(record) && record.length === verification.events,
    `${record.length} événements numérotés sans trou`,
    record.map(({ seq }) => seq),
  );
  teller.check(
    leads.length === 2 && isContinuous(leads),
    'deux référents qui se suivent sans un instant de vide',
    leads,
  );
}

/** Who joins files, and reads them, in the stories of it. */
import { createHash } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { pdf, upload } from '../support/files';
import { newCase, newReferral, newSession, Person, succeeded, type View } from './driver';

export interface File extends View {
  media: string;
  bytes: number;
}

export let system: TestSystem;
export let lead: Person, colleague: Person, helper: Person, other: Person, stranger: Person;
export let coordinator: Person, auditor: Person, administrator: Person;
export const lines: string[] = [];

export function everybody(): void {
  beforeAll(async () => {
    system = await startSystem({ env: { REQUEST_TIMEOUT: '3' }, log: { write: (line) => void lines.push(line) } });
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    [lead, colleague, helper, other, stranger, coordinator, auditor, administrator] = (await Promise.all(
      [
        'conseiller@departement-sarthe',
        'responsable@departement-sarthe',
        'conseiller@la-poste',
        'conseiller@fal-72',
        'conseiller@afpa',
        'coordinateur@departement-sarthe',
        'auditeur@departement-sarthe',
        'administrateur@departement-sarthe',
      ].map(enter),
    )) as [Person, Person, Person, Person, Person, Person, Person, Person];
  });
  afterAll(() => system.stop());
}

export const open = async (by = lead): Promise<string> => (await by.do('/v1/cases', newCase())).id;

export const refer = async (caseId: string, to: Person, more: object = {}): Promise<string> =>
  (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(to.structureId, { ...more }))).id;

export async function accepted(caseId: string, to: Person): Promise<string> {
  const id = await refer(caseId, to);
  await to.do(`/v1/referrals/${id}/accept`);
  return id;
}

/** Where the files of a session are, of whoever recorded it. */
export const sessionOf = async (by: Person, caseId: string): Promise<string> =>
  `/v1/cases/${caseId}/sessions/${(await by.do(`/v1/cases/${caseId}/sessions`, newSession())).id}/attachments`;
export const ofReferral = (id: string): string => `/v1/referrals/${id}/attachments`;

export const join = async (by: Person, at: string, bytes = pdf(), name = 'attestation.pdf'): Promise<File> =>
  succeeded(await upload(by, at, bytes, { name })).body as File;

export async function refused(answer: Promise<{ status: number; body: View }>): Promise<(string | number)[]> {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
}
/** Status of the list and of the file itself, and how many are listed. */
export async function sees(by: Person, at: string, id: string): Promise<(number | undefined)[]> {
  const [list, file] = [await by.try('GET', at), await by.try('GET', `${at}/${id}`)];
  return [list.status, list.body.items?.filter((one) => one.id === id).length, file.status];
}
export const yes = [200, 1, 200];
export const no = [404, undefined, 404];

export const download = async (by: Person, path: string): Promise<{ headers: Headers; bytes: Buffer }> => {
  const answer = await fetch(new URL(path, system.baseUrl), { headers: { authorization: by.authorization } });
  expect(answer.status).toBe(200);
  return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

export const partsOf = (caseId: string) =>
  system.database.query<{ n: number; attached: boolean; ciphertext: Buffer }>(
    'select n, attached, ciphertext from attachment_part where case_id = $1 order by attachment_id, n',
    [caseId],
  );

/** The token as the database knows it. */
export const tokenOf = (person: Person): Buffer =>
  createHash('sha256').update(person.authorization.replace('Bearer ', '')).digest();

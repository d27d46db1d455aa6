/** Who exports what was done, in the stories of it. */
import { startSystem, type SystemOptions, type TestSystem } from '../support/system';
import { until } from '../support/until';
import { newCase, newSession, Person, type View } from './driver';

export interface Export extends View {
  row: string;
  rows: number;
  total?: number;
  bytes?: number;
  failure?: string;
  askedAt: string;
  expiresAt: string;
}

export let system: TestSystem;
export let lead: Person, manager: Person, helper: Person, stranger: Person;
export let administrator: Person, coordinator: Person;

export function everybody(options: SystemOptions = {}): void {
  beforeAll(async () => {
    system = await startSystem(options);
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    [lead, manager, helper, stranger, administrator, coordinator] = (await Promise.all(
      [
        'conseiller@departement-sarthe',
        'responsable@departement-sarthe',
        'conseiller@la-poste',
        'conseiller@afpa',
        'administrateur@departement-sarthe',
        'coordinateur@departement-sarthe',
      ].map(enter),
    )) as [Person, Person, Person, Person, Person, Person];
  });
  afterAll(() => system.stop());
}

export const named = (firstName: string, lastName: string): object => ({
  ...newCase(),
  resident: { firstName, lastName, birthYear: 1970, commune: '72264' },
});
export const open = async (by: Person, body: object = newCase()): Promise<string> =>
  (await by.do('/v1/cases', body)).id;
export const record = async (by: Person, caseId: string, more: Record<string, unknown> = {}): Promise<string> =>
  (await by.do(`/v1/cases/${caseId}/sessions`, newSession(more))).id;

export const columns = ['activity', 'date', 'first_name', 'last_name', 'themes', 'minutes', 'counsellor', 'status'];
export const ask = async (by: Person, more: object = {}): Promise<Export> =>
  (await by.do('/v1/exports', { row: 'session', format: 'csv', columns, ...more })) as Export;

/** How it is, once it is neither waiting nor being made. */
export async function ended(by: Person, id: string): Promise<Export> {
  let one: Export | undefined;
  const isOver = async () => {
    one = (await by.get(`/v1/exports/${id}`)) as Export;
    return one.status === 'ready' || one.status === 'failed';
  };
  await until(isOver, 60_000, 'the end of an export');
  return one!;
}

export async function fetchFile(by: Person, id: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const answer = await fetch(new URL(`/v1/exports/${id}/file`, system.baseUrl), {
    headers: { authorization: by.authorization },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** The cells of a CSV of ours, told by a reader of its own: quotes, doubled quotes, line ends within them. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at]!;
      else isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ';' || sign === '\n') {
      rows.at(-1)!.push(cell);
      cell = '';
      if (sign === '\n') rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  rows.pop();
  return rows;
}

/** What it holds, with the head as keys. */
export async function linesOf(by: Person, id: string): Promise<string[][]> {
  const { status, bytes } = await fetchFile(by, id);
  expect(status).toBe(200);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  return readCsv(bytes.subarray(3).toString());
}

export const exported = async (by: Person, more: object = {}): Promise<string[][]> => {
  const { id } = await ask(by, more);
  expect(await ended(by, id)).toMatchObject({ status: 'ready' });
  return (await linesOf(by, id)).slice(1);
};

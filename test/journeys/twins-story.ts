/** What the specs of residents who resemble each other have in common: made-up names, and three people of two structures who open and correct. */
import { randomUUID } from 'node:crypto';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { Person, sable, type Answer } from './driver';

export let system: TestSystem;
export let lead: Person;
export let elsewhere: Person;
export let coordinator: Person;

export const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, account, system.password);

/** Each person is told so many times a day; sessions are of a day, too. */
export async function nextDay(): Promise<void> {
  system.clock.advance({ days: 1 });
  lead = await enter(system.account('conseiller'));
  elsewhere = await enter(system.account('conseiller', 'afpa'));
  coordinator = await enter(system.account('coordinateur'));
}

/** A surname nobody else has, by its sound either: of syllables. */
const syllables = 'ba bo ca co da do fa fo ga go la lo ma mo na no pa po ra ro ta to va vo'.split(' ');
export const surname = (): string => {
  const drawn = [...Buffer.from(randomUUID().replace(/-/g, ''), 'hex')]
    .slice(0, 5)
    .map((byte) => syllables[byte % syllables.length]!)
    .join('');
  return `${drawn[0]!.toUpperCase()}${drawn.slice(1)}rt`;
};
export const phone = (): string =>
  `+3364${String(parseInt(randomUUID().slice(0, 8), 16))
    .padStart(10, '0')
    .slice(-7)}`;
const opening = (resident: object, more: object = {}) => ({
  resident: { commune: sable, ...resident },
  themes: ['email'],
  informed: { on: today(), how: 'oral' },
  ...more,
});
export const open = (person: Person, resident: object, more: object = {}): Promise<Answer> =>
  person.post('/v1/cases', opening(resident, more));
export const opened = async (person: Person, resident: object, more: object = {}): Promise<string> =>
  (await person.do('/v1/cases', opening(resident, more))).id;
export const correct = (
  person: Person,
  id: string,
  resident: object,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> => person.post(`/v1/cases/${id}/corrections`, { resident, ...more }, headers);
export const said = ({ status, body }: Answer) => (status === 409 ? body.code : status);

/** For the tests of one file: a system, and on each new day people whose questions of the day are unused. */
export function threePeople(): void {
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());
}

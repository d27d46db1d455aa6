/** The network's year, which the demo begins with: true on any day on which it is told. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Clock, findEmbeddedPostgres } from '@fil-rouge/platform';
import { networkPeople } from '@fil-rouge/users';
import { launch } from '../../apps/all/src/launch';
import { liveAYear } from '../../apps/all/src/living/live';
import { lives } from '../../apps/all/src/living/lives';
import { PastClock } from '../../apps/all/src/living/past-clock';
import { tellOfToday } from '../../apps/all/src/living/today';
import { Teller } from '../../apps/all/src/story/teller';
import { machine } from '../support/clock';

const password = 'une phrase de passe pour les essais';

/** Another day than the machine's, that runs on as it does. */
class OtherDay extends Clock {
  private readonly ahead: number;

  constructor(begun: string) {
    super();
    this.ahead = Date.parse(begun) - machine.now();
  }

  override now(): string {
    return new Date(machine.now() + this.ahead).toISOString();
  }
}

it.each([
  ['Easter Sunday, minutes before the clocks of Paris go forward', '2027-03-28T00:57:00Z'],
  ['a holiday on a Saturday, after a month full of them', '2027-05-08T06:00:00Z'],
])('on %s (%s) each finds a day worth looking at, and nothing in it is of the future', async (_, begun) => {
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-living-'));
  const clock = new PastClock(new OtherDay(begun));
  const env = { DATA_DIR: folder, PORT: '0', DEMO_PASSWORD: password, LOG_LEVEL: 'silent' };
  const system = await launch(env, { what: 'living.spec', clock });
  try {
    const living = { baseUrl: system.baseUrl, password, clock, settle: () => system.settle() };
    await liveAYear(living);
    let told = '';
    const teller = new Teller({ write: (text) => (told += text) });
    await tellOfToday(teller, living);
    expect(teller.ok ? '' : told).toBe('');

    const database = new Client({ connectionString: (await findEmbeddedPostgres(folder)).superuserUrl('fil_rouge') });
    await database.connect();
    const { rows } = await database.query(
      `select min(at) as first, max(at) as last, count(distinct date_trunc('month', at))::int as months,
         (select count(*)::int from delivery where parked_at is not null) as parked
       from event where stream_id in (select id from stream where kind = 'case')`,
    );
    await database.end();
    const [{ first, last, months, parked }] = rows as [{ first: Date; last: Date; months: number; parked: number }];
    const days = (Date.parse(begun) - first.getTime()) / 86_400_000;
    expect([days > 330 && days < 370, last.getTime() < Date.parse(clock.now()), parked]).toEqual([true, true, 0]);
    expect(months).toBeGreaterThanOrEqual(11);
  } finally {
    await system.close();
    await rm(folder, { recursive: true, force: true });
  }
});

it('tells of some fifty residents, each of whom is nobody who works there', () => {
  const names = lives.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  expect(names.length).toBeGreaterThan(40);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => networkPeople.some((person) => person.name === name))).toEqual([]);
  // Telephones of the range that is reserved for fiction.
  expect(lives.filter(({ more: { phone } }) => phone && !phone.replaceAll(' ', '').startsWith('063998'))).toEqual([]);
});

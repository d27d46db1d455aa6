/** Tells the year day by day through HTTP, each as somebody who is signed in. */
import { localDateOf } from '@fil-rouge/kernel';
import { Client } from '../story/client';
import type { Account, Followed, Setting } from './acts';
import type { Life } from './life';
import { lives } from './lives';
import { businessDayFrom, type PastClock } from './past-clock';
import { lifeOfStructures } from './structures';

export interface Living {
  readonly baseUrl: string;
  readonly password: string;
  readonly clock: PastClock;
  /** Returns when the worker has done whatever is due by that clock. */
  readonly settle: () => Promise<void>;
}

/** What somebody does on a day. */
interface Deed {
  readonly by: Account;
  readonly act: (setting: Setting) => Promise<unknown>;
}

/** From the first opening, a year ago, until the clock is the machine's. Only in a system in which nobody has done anything yet. */
export async function liveAYear(living: Living): Promise<void> {
  const { clock, settle } = living;
  const year = new Year(living);
  const days = deedsByDay(year);
  for (let day = Math.min(...days.keys()); day < 0; day++) {
    const deeds = days.get(day) ?? [];
    // What falls due goes out in the morning, whether or not somebody is at work.
    clock.advance(day, '09:01');
    await settle();
    if (deeds.length === 0) continue;
    await year.signIn(new Set(deeds.map(({ by }) => by)));
    for (const [nth, { by, act }] of deeds.entries()) {
      clock.advance(day, timeOf(nth, deeds.length));
      await act(year.as(by));
    }
    await settle();
  }
  clock.arrive();
  await settle();
}

/** From a quarter past nine until before five, evenly: less than the twelve hours of a sign-in. */
function timeOf(nth: number, of: number): string {
  const minutes = 9 * 60 + 15 + Math.floor((nth * 450) / of);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function deedsByDay(year: Year): Map<number, Deed[]> {
  const days = new Map<number, Deed[]>();
  const add = (day: number, deed: Deed) => days.set(day, [...(days.get(day) ?? []), deed]);
  for (const [day, by, act] of lifeOfStructures.filter(([day]) => day === -240)) add(day, { by, act });
  for (const [index, life] of lives.entries()) {
    add(life.opened, { by: life.by, act: (setting) => year.opens(life, index, setting) });
    for (const [day, act, by = life.by] of life.steps)
      add(day, { by, act: (setting) => act({ ...setting, file: year.caseOf(nameOf(life)) }) });
  }
  for (const [day, by, act] of lifeOfStructures.filter(([day]) => day !== -240)) add(day, { by, act });
  return days;
}

const nameOf = ({ firstName, lastName }: Life): string => `${firstName} ${lastName}`;

/** Who is signed in, and what is there by now. */
class Year {
  private readonly people = new Map<Account, Client>();
  private readonly cases = new Map<string, Followed>();
  private readonly places = new Map<string, string>();

  constructor(private readonly living: Living) {}

  /** All of a day together: most of what a sign-in takes is the password's hash. */
  async signIn(accounts: ReadonlySet<Account>): Promise<void> {
    const { baseUrl, password } = this.living;
    await Promise.all(
      [...accounts].map(async (account) =>
        this.people.set(account, await Client.login(baseUrl, `${account}.demo`, password)),
      ),
    );
  }

  as(account: Account): Setting {
    const { clock } = this.living;
    const today = localDateOf(clock.now());
    return {
      who: this.people.get(account)!,
      day: (since = 0) => businessDayFrom(today, since),
      on: (businessDay) => businessDayFrom(clock.today, businessDay),
      caseOf: (name) => this.caseOf(name),
      places: this.places,
    };
  }

  async opens(life: Life, index: number, { who, day }: Setting): Promise<void> {
    const { firstName, lastName, birthYear, commune, status, gender, more, themes, summary } = life;
    const { id } = await who.post<{ id: string }>('/v1/cases', {
      // From the range that is reserved for fiction.
      resident: {
        firstName,
        lastName,
        birthYear,
        commune,
        status,
        gender,
        phone: `063998${5000 + 13 * index}`,
        ...more,
      },
      ...{ themes, summary, informed: { on: day(), how: 'oral' }, confirmNotDuplicate: true },
    });
    this.cases.set(nameOf(life), { id, commune });
  }

  caseOf(name: string): Followed {
    const found = this.cases.get(name);
    if (!found) throw new Error(`Nobody has opened a case of ${name} by then.`);
    return found;
  }
}

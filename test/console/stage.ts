import type { Browser } from 'playwright-core';
import { Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';
import { Desk, startBrowser, type Look } from './desk';

export let system: TestSystem;
/** Where the test's one person sits; see `aDesk`. */
export let desk: Desk;
let browser: Browser;
const desks: Desk[] = [];

/** Somebody who works over HTTP, as a program does. */
export const enter = (role: string, structure?: string): Promise<Person> =>
  Person.signIn(system.baseUrl, system.account(role, structure), system.password);

/** A desk at which nobody is signed in yet. It is closed with the test, which fails when anything went wrong at it. */
export async function anotherDesk(look?: Look): Promise<Desk> {
  const one = await Desk.at(browser, system, look);
  desks.push(one);
  return one;
}

/** A desk at which somebody is signed in. */
export async function sit(role: string, structure?: string, look?: Look): Promise<Desk> {
  return (await anotherDesk(look)).signIn(system.account(role, structure), system.password);
}

/** For the tests of one suite: a system with its console, and a browser. @param env what the system is told at its start */
export function aNetwork(env?: NodeJS.ProcessEnv): void {
  beforeAll(async () => {
    [system, browser] = await Promise.all([startSystem({ env }), startBrowser()]);
  });
  afterEach(async () => {
    for (const one of desks.splice(0)) {
      expect(one.trouble).toEqual([]);
      await one.close();
    }
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
  });
}

/** The same with a desk of its own for each test, and who sits there; without a role, nobody. */
export function aDesk(role?: string): void {
  aNetwork();
  beforeEach(async () => {
    desk = await (role === undefined ? anotherDesk() : sit(role));
  });
}

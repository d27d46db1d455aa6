/** A system with everybody of merge-story.ts in it, for the specs of one story in several parts. */
import { startSystem, type TestSystem } from '../support/system';
import { logsOf } from './merge-logs';
import { assemble, type People } from './merge-story';

export let system: TestSystem;
export let people: People;

/** As it is once a test runs. */
export const stage = {
  get system() {
    return system;
  },
  get people() {
    return people;
  },
};
export const { typesIn, query, verified, readable } = logsOf(stage);

/** For the tests of one `describe`. */
export function assembled(): void {
  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
  });
  afterAll(() => system.stop());
}

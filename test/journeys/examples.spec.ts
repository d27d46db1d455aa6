import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesOn, standIns } from '../../apps/api/src/contract/examples';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { succeeded, type Answer, type Person } from './driver';
import { addressOf, enterManager, prepare, type Ground } from './fuzz.ground';
import { samplesFor } from './fuzz.samples';
import { assemble, type People } from './referral-states';

const { paths } = JSON.parse(readFileSync(join(__dirname, '../contract/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, { operationId: string; requestBody?: { content: object } }>>;
};
const taking = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, { operationId, requestBody }]) =>
    requestBody && 'application/json' in requestBody.content
      ? [{ path, method: method.toUpperCase(), operationId }]
      : [],
  ),
);

describe('the examples of the OpenAPI document', () => {
  let system: TestSystem;
  let people: People;
  let manager: Person;
  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
    manager = await enterManager(system);
  });
  afterAll(() => system.stop());

  it('there is one for every route that takes a body of JSON, and none for another', () => {
    expect(Object.keys(examplesOn(today())).toSorted()).toEqual(taking.map((one) => one.operationId).toSorted());
  });

  /** As whoever pastes it does: with the id of the case that they have just been answered. */
  const pasted = (operationId: string, ground: Ground): unknown =>
    JSON.parse(
      JSON.stringify(examplesOn(today())[operationId])
        .replaceAll(standIns.case, ground.cases)
        .replaceAll(standIns.otherCase, ground.twin)
        .replaceAll(standIns.step, ground.step),
    );

  // A slip takes two years to be there: eliminations.spec.ts signs one.
  it.each(taking.filter(({ operationId }) => !operationId.startsWith('signIn') && operationId !== 'signSlip'))(
    '$operationId works when it is pasted',
    async ({ path, method, operationId }) => {
      const sample = samplesFor(people, { cases: '' } as Ground)[path] ?? { by: 'recipient' as const, body: {} };
      const person = sample.by === 'manager' ? manager : people[sample.by];
      const ground = await prepare(people, sample.given, manager);
      const answer: Answer = await person.try(method, addressOf(path, ground, manager), {
        body: pasted(operationId, ground),
      });
      // The secret of a link, or a password, is in no document: what holds it is refused for that alone.
      if (sample.secret) expect(answer.body?.errors?.map(({ code }) => code)).toEqual([expect.any(String)]);
      else succeeded(answer);
    },
  );
});

/** Whoever calls and keeps traces finds a request of theirs in our log; whatever else they send there does not reach it. */
import { request } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const logged: string[] = [];
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ log: { write: (line) => void logged.push(line) } });
});
afterAll(() => system.stop());

const ask = async (traceparent: string): Promise<{ line: { trace?: string; traceId: string }; traceId: string }> => {
  logged.length = 0;
  const { status, body } = await request(system.baseUrl, 'GET', '/v1/cases', { headers: { traceparent } });
  expect(status).toBe(401);
  const line = logged.find((one) => one.includes('"answered"'))!;
  return {
    line: JSON.parse(line) as { trace?: string; traceId: string },
    traceId: (body as unknown as { traceId: string }).traceId,
  };
};

it('the log has the caller’s trace beside the id that the answer names, which is ours', async () => {
  const { line, traceId } = await ask(`00-${trace}-00f067aa0ba902b7-01`);
  expect(line).toMatchObject({ trace, traceId });
  expect(traceId).not.toContain(trace);
});

it('what is no trace is passed over, and not written down', async () => {
  const { line } = await ask('00-Monique Besnard-00f067aa0ba902b7-01');
  expect(line).not.toHaveProperty('trace');
  expect(logged.join('\n')).not.toContain('Besnard');
});

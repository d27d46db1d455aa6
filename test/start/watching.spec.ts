/** What `docker/watching` has for Prometheus and Grafana: rules that hold, and names that this program really says. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { serveHealth } from '../../apps/worker/src/worker';
import { freePort } from '../support/redis';
import { metricsToken, startSystem, type TestSystem } from '../support/system';
import { until } from '../support/until';

const read = (holds: () => Promise<boolean>) => until(holds, 45_000, 'that Prometheus reads it');
const folder = resolve('docker/watching');
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
const rules = async () =>
  (parse(await readFile(join(folder, 'alerts.yaml'), 'utf8')) as Rules).groups.flatMap((group) => group.rules);

/** Names of an expression that are no function, label or word of the language. */
const namesIn = (expression: string): string[] =>
  [
    ...expression
      .replace(/\{[^}]*\}/g, '')
      .replace(/by \([^)]*\)/g, '')
      .matchAll(/\b[a-z]\w*_\w+\b(?!\s*\()/g),
  ].map(([name]) => name);

describe('what is said to Prometheus', () => {
  let system: TestSystem;
  let worker: { port: number; close(): Promise<void> };
  let said = '';
  beforeAll(async () => {
    system = await startSystem();
    worker = await serveHealth(system.worker, 0, '127.0.0.1');
    await fetch(`${system.baseUrl}/health/live`);
    const headers = { authorization: `Bearer ${metricsToken}` };
    for (const base of [system.baseUrl, `http://127.0.0.1:${worker.port}`])
      said += await (await fetch(`${base}/metrics`, { headers })).text();
  });
  afterAll(async () => {
    await worker.close();
    await system.stop();
  });

  it('has every name that a rule or the dashboard asks for', async () => {
    const dashboard = JSON.parse(await readFile(join(folder, 'dashboard.json'), 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const expressions = [
      ...(await rules()).map(({ expr }) => expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const names = new Set(expressions.flatMap(namesIn));
    expect(names.size).toBeGreaterThan(9);
    expect([...names].filter((name) => !new RegExp(`^${name}(\\{| )`, 'm').test(said))).toEqual([]);
  });

  it('says in figures what waits, and the worker how late its timers are', async () => {
    const figure = (name: string) => [...said.matchAll(new RegExp(`^${name} (.+)$`, 'gm'))].map(([, value]) => value);
    expect(figure('timer_lag_seconds')).toEqual(['Nan', '0']);
    expect(figure('deliveries_retried')).toEqual(['0', '0']);
    for (const name of ['database_connections', 'database_connections_wanted'])
      expect(figure(name)).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);
  });

  it('tells in each rule what is to be done', async () => {
    for (const { alert, annotations } of await rules())
      expect([alert, Object.keys(annotations)]).toEqual([alert, ['summary', 'do']]);
  });

  inPrometheus('rules fire when they should, and Prometheus reads this program with them', async () => {
    const place = await mkdtemp(join(tmpdir(), 'fil-rouge-watching-'));
    let prometheus: ChildProcess | undefined;
    try {
      const tested = spawnSync('promtool', ['test', 'rules', 'alerts.test.yaml'], { cwd: folder, encoding: 'utf8' });
      expect(tested).toMatchObject({ status: 0 });
      await cp(folder, place, { recursive: true });
      await writeFile(join(place, 'metrics.token'), metricsToken);
      const config = parse(await readFile(join(folder, 'prometheus.yaml'), 'utf8')) as {
        global: object;
        scrape_configs: { static_configs: object[] }[];
      };
      config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
      config.scrape_configs[0]!.static_configs = [
        { targets: [new URL(system.baseUrl).host, `127.0.0.1:${worker.port}`] },
      ];
      await writeFile(join(place, 'prometheus.yaml'), stringify(config));
      const port = await freePort();
      prometheus = spawn(
        'prometheus',
        [
          `--config.file=${join(place, 'prometheus.yaml')}`,
          `--storage.tsdb.path=${join(place, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        { stdio: 'ignore' },
      );
      const ask = async <T>(path: string) =>
        ((await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { data: T }).data;
      await read(async () => {
        const up = await ask<{ result: { value: [number, string] }[] }>('query?query=up').catch(() => undefined);
        return up?.result.map(({ value }) => value[1]).join() === '1,1';
      });
      const { groups } = await ask<{ groups: { rules: { name: string; health: string }[] }[] }>('rules');
      expect(groups[0]!.rules.map(({ name }) => name)).toEqual((await rules()).map(({ alert }) => alert));
      await read(async () => {
        const now = await ask<{ groups: { rules: { health: string }[] }[] }>('rules');
        return now.groups[0]!.rules.every(({ health }) => health === 'ok');
      });
    } finally {
      if (prometheus?.kill()) await once(prometheus, 'exit');
      await rm(place, { recursive: true, force: true });
    }
  });
});

/** On a machine without Prometheus it says so, and in CI it is an error. */
function inPrometheus(name: string, tell: () => Promise<void>): void {
  const sentence = 'The rules were not tried in Prometheus: put prometheus and promtool on the PATH.';
  const isThere = ['prometheus', 'promtool'].every((tool) => spawnSync(tool, ['--version']).status === 0);
  if (isThere) it(name, tell, 60_000);
  else if (process.env['CI'] === 'true') throw new Error(sentence);
  else it(sentence, () => console.warn(sentence));
}

/** What the clients' own logs decide: was everything that was acknowledged done, once, in order, with every effect once, and is nothing stuck? */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Asked, Client } from './load';
import type { Stage } from './stage';

const eventOf = { case: 'CaseOpened', session: 'SessionRecorded', referral: 'ReferralSent' } as const;

interface Row {
  readonly type: string;
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
}

const told = (clients: readonly Client[]): Asked[] =>
  clients.flatMap(({ asked }) => asked).filter(({ answer }) => answer?.status === 201);

/** One sentence per finding. Everybody has stopped, and whatever was not acknowledged is asked again first. */
export async function whatIsWrong(stage: Stage, patience = 60_000): Promise<string[]> {
  const { clients } = stage;
  const never = (await Promise.all(clients.map((client) => client.settle()))).flat();
  return [
    ...never.map(({ what, answer }) => `a ${what} is never done: ${answer ? answer.status : 'no answer'}`),
    ...(await notOnce(stage)),
    ...(await outOfOrder(stage)),
    ...(await stuck(stage, patience)),
    ...(await effects(stage)),
    ...clients.flatMap(({ strange }) => strange.splice(0)).map((one) => `told ${one}`),
    ...(await stage.health()).filter((status) => status !== 200).map((status) => `health says ${status}`),
  ];
}

async function rows(stage: Stage): Promise<Row[]> {
  return stage.query<Row>(
    `select type, coalesce(about, stream_id) as id, stream_id as stream, seq from event where type = any($1) order by stream_id, seq`,
    [Object.values(eventOf)],
  );
}

/** Each acknowledged command has one event, and there is no event that nobody asked for; a key asked again gives what it gave. */
async function notOnce(stage: Stage): Promise<string[]> {
  const wanted = told(stage.clients);
  const found = new Map<string, number>();
  for (const { type, id } of await rows(stage)) found.set(`${type} ${id}`, (found.get(`${type} ${id}`) ?? 0) + 1);
  for (const id of stage.shared) found.delete(`CaseOpened ${id}`);
  const wrong: string[] = [];
  for (const { what, answer } of wanted) {
    const name = `${eventOf[what]} ${answer!.body.id}`;
    if (found.get(name) !== 1) wrong.push(`${name}: acknowledged, and there ${found.get(name) ?? 0} times`);
    found.delete(name);
  }
  wrong.push(...[...found.keys()].map((name) => `${name}: nobody asked for it`));
  for (const client of stage.clients) {
    const one = client.asked.find(({ answer }) => answer?.status === 201);
    const before = one?.answer?.body.id;
    if (one && (await client.again(one))?.body.id !== before) wrong.push(`a key asked again gives another ${one.what}`);
  }
  return wrong;
}

/** A record's numbers have no hole, and follow the order in which people were told: what was acknowledged before another was asked for stands before it. */
async function outOfOrder(stage: Stage): Promise<string[]> {
  const holes = await stage.query<{ stream_id: string }>(
    `select stream_id from event group by stream_id having max(seq) <> count(*) or min(seq) <> 1`,
  );
  const wrong = holes.map(({ stream_id }) => `${stream_id} has a hole`);
  const times = new Map(told(stage.clients).map((one) => [one.answer!.body.id, one]));
  for (const id of stage.shared) {
    let latestAsked = -Infinity;
    for (const row of (await rows(stage)).filter(({ stream, type }) => stream === id && type === 'SessionRecorded')) {
      const asked = times.get(row.id);
      if (!asked) continue;
      if (asked.toldAt < latestAsked)
        wrong.push(`${id}: event ${row.seq} was acknowledged before one in front of it was asked for`);
      latestAsked = Math.max(latestAsked, asked.at);
    }
  }
  return wrong;
}

/** Until nothing waits for its effect. */
async function stuck(stage: Stage, patience: number): Promise<string[]> {
  const until = performance.now() + patience;
  for (;;) {
    const [row] = await stage.query<{ waiting: number; parked: number }>(
      `select count(*) filter (where parked_at is null)::int as waiting, count(*) filter (where parked_at is not null)::int as parked from delivery`,
    );
    if (row!.parked > 0) return [`${row!.parked} effects are parked`];
    if (row!.waiting === 0) return [];
    if (performance.now() > until) return [`${row!.waiting} effects are not done after ${patience} ms`];
    await pause(50);
  }
}

/** Each referral has told each of its recipient's people once, and has its reminders set. */
async function effects(stage: Stage): Promise<string[]> {
  const sent = (await rows(stage)).filter(({ type }) => type === 'ReferralSent').length;
  const toldOf = await stage.query<{ told: number; different: number }>(
    `select count(*)::int as told, count(distinct event_id)::int as different from notification where type = 'ReferralSent' group by user_id`,
  );
  const [timers] = await stage.query<{ count: number }>(
    `select count(distinct stream_id || name)::int as count from timer where name like 'referral %'`,
  );
  return [
    ...(sent > 0 && toldOf.length === 0 ? ['nobody was told of a referral'] : []),
    ...toldOf
      .filter((one) => one.told !== sent || one.different !== sent)
      .map((one) => `of ${sent} referrals somebody was told ${one.told} times, of ${one.different}`),
    ...(timers!.count === sent ? [] : [`${timers!.count} reminders for ${sent} referrals`]),
  ];
}

/** Chains, what is derived, and anchors, by `npm run verify`. */
export async function verified(stage: Stage): Promise<string[]> {
  const keyFile = join(stage.folder, 'verify.key');
  await writeFile(keyFile, stage.masterKey.toString('hex'), { mode: 0o600 });
  const { status, stderr, stdout } = spawnSync(process.execPath, [resolve('dist/apps/all/src/verify.js')], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: stage.administratorUrl,
      MIGRATION_DATABASE_URL: stage.administratorUrl,
      WORKER_DATABASE_URL: stage.administratorUrl,
      QUEUE_DATABASE_URL: stage.administratorUrl,
      MASTER_KEY_FILE: keyFile,
      TZ: process.env['TZ'],
    },
    encoding: 'utf8',
  });
  return status === 0 ? [] : [`verify: ${stderr.split('\r').at(-1)}${stdout}`];
}

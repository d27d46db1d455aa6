/** Kinds of load, as the process in load.ts runs them. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import autocannon from 'autocannon';
import { Client } from 'pg';
import { newId } from '../../libs/platform/src/ids';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Each request once, in this order. */
export interface HttpLoad {
  readonly kind: 'http';
  readonly baseUrl: string;
  readonly connections: number;
  readonly requests: readonly Asked[];
  /** Whether the ids that were answered are wanted. */
  readonly ids?: boolean;
}

/** What stands for a parameter: something new each time, or what it was in one of the runs that were looked at, in turn. */
export type Parameter =
  { fresh: 'uuid' | 'moment' } | { fresh: 'bytes' | 'text'; length: number } | { given: readonly unknown[] };

export interface SqlLoad {
  readonly kind: 'sql';
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** So many boxes of these sizes at a time, as one answer holds them. */
export interface OpenLoad {
  readonly kind: 'open';
  readonly seconds: number;
  readonly sizes: readonly number[];
}

export interface PasswordLoad {
  readonly kind: 'password';
  readonly connections: number;
  readonly seconds: number;
  readonly hash: string;
  readonly password: string;
}

export type Load = HttpLoad | SqlLoad | OpenLoad | PasswordLoad;

export interface Measured {
  readonly count: number;
  /** Per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly ids?: readonly string[];
}

/** Fails with the first answer that was no success: a refusal is fast, and would pass for speed. */
export async function askOverHttp({ baseUrl, connections, requests, ids }: HttpLoad): Promise<Measured> {
  const latencies: number[] = [];
  const answered: string[] = [];
  let refused: string | undefined;
  let next = 0;
  const began = performance.now();
  let ended = began;
  const { errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url: baseUrl,
        connections: Math.min(connections, requests.length),
        amount: requests.length,
        sampleInt: 10,
        timeout: 60,
        requests: [
          {
            setupRequest: (request) => ({ ...request, ...requests[next++]! }),
            onResponse: (status, body) => {
              if (status < 200 || status > 299) refused ??= `${status} ${body.slice(0, 600)}`;
              else if (ids) answered.push((JSON.parse(body) as { id: string }).id);
            },
          },
        ],
      },
      (error: Error | null, result) => (error ? reject(error) : resolve(result)),
    );
    running.on('response', (_client, _status, _bytes, milliseconds) => {
      latencies.push(milliseconds);
      ended = performance.now();
    });
  });
  const what = `${requests[0]!.method} ${requests[0]!.path}`;
  if (refused !== undefined) throw new Error(`${what} was refused under load: ${refused}`);
  if (errors > 0 || latencies.length !== requests.length)
    throw new Error(`${what}: ${latencies.length} of ${requests.length} requests were answered.`);
  return { ...summary(latencies, ended - began), ...(ids ? { ids: answered } : {}) };
}

export async function callStatement({ url, connections, seconds, text, parameters }: SqlLoad): Promise<Measured> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const latencies: number[] = [];
  let turn = 0;
  const call = async (client: Client): Promise<void> => {
    const values = valuesOf(parameters, turn++);
    await client.query({ name: 'floor', text, values });
  };
  try {
    // Six times: from then on the plan is kept.
    await Promise.all(
      clients.map(async (client) => {
        for (let n = 0; n < 6; n++) await call(client);
      }),
    );
    const began = performance.now();
    const end = began + seconds * 1000;
    await Promise.all(
      clients.map(async (client) => {
        for (let now = performance.now(); now < end;) {
          await call(client);
          const after = performance.now();
          latencies.push(after - now);
          now = after;
        }
      }),
    );
    return summary(latencies, performance.now() - began);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

const valuesOf = (parameters: readonly Parameter[], turn: number): unknown[] =>
  parameters.map((parameter) => {
    if ('given' in parameter) return parameter.given[turn % parameter.given.length];
    switch (parameter.fresh) {
      case 'uuid':
        return newId();
      case 'moment':
        return new Date(performance.timeOrigin + performance.now());
      case 'bytes':
        return randomBytes(parameter.length);
      case 'text':
        return randomBytes(parameter.length).toString('hex').slice(0, parameter.length);
    }
  });

/** One thread: it is not waited for but worked. */
export function openBoxes({ seconds, sizes }: OpenLoad): Measured {
  const key = randomBytes(32);
  const boxes = sizes.map((size) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(iv);
    const body = Buffer.concat([cipher.update(randomBytes(size)), cipher.final()]);
    return { iv, body, tag: cipher.getAuthTag() };
  });
  const latencies: number[] = [];
  const began = performance.now();
  for (let now = began; now < began + seconds * 1000;) {
    for (const { iv, body, tag } of boxes) {
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(iv);
      decipher.setAuthTag(tag);
      Buffer.concat([decipher.update(body), decipher.final()]);
    }
    const after = performance.now();
    latencies.push(after - now);
    now = after;
  }
  return summary(latencies, performance.now() - began);
}

export async function verifyPasswords({ connections, seconds, hash, password }: PasswordLoad): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  const work = async (): Promise<void> => {
    for (let now = performance.now(); now < began + seconds * 1000;) {
      await verify(hash, password);
      const after = performance.now();
      latencies.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return summary(latencies, performance.now() - began);
}

function summary(latencies: number[], milliseconds: number): Measured {
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
  return { count: latencies.length, rate: (latencies.length * 1000) / milliseconds, p50: at(0.5), p99: at(0.99) };
}

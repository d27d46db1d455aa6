/** The commands of the README as their users run them: built code, an environment, and what they say. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

const begin = (program: string, args: readonly string[], env: Environment): ChildProcess =>
  spawn(process.execPath, [resolve(`dist/apps/${program}.js`), ...args], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const said = (child: ChildProcess) => {
  const text = { out: '', err: '' };
  child.stdout!.on('data', (data: Buffer) => (text.out += data.toString()));
  child.stderr!.on('data', (data: Buffer) => (text.err += data.toString()));
  return text;
};

/** Until it has ended by itself. */
export async function run(program: string, args: readonly string[] = [], env: Environment = {}): Promise<Ended> {
  const began = performance.now();
  const child = begin(program, args, env);
  const text = said(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text, seconds: (performance.now() - began) / 1000 };
}

export interface Product {
  readonly baseUrl: string;
  readonly pid: number;
  readonly said: { readonly out: string; readonly err: string };
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** `npm start`, ready. */
export async function startProduct(env: Environment): Promise<Product> {
  const child = begin('all/src/main', [], { PORT: '0', ...env });
  const text = said(child);
  const ended = once(child, 'close');
  const ready = new Promise<string>((resolve) =>
    child.stdout!.on('data', () => {
      const found = /prêt : (\S+)/.exec(text.out)?.[1];
      if (found && text.out.includes('Ctrl-C')) resolve(found);
    }),
  );
  const baseUrl = await Promise.race([ready, ended.then(() => Promise.reject(new Error(`It ended: ${text.err}`)))]);
  return {
    baseUrl,
    pid: child.pid!,
    said: text,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

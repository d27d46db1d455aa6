import { createServer } from 'node:net';
import { SettingsError, type Settings } from '@fil-rouge/platform';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: stop what runs there, or set another PORT',
  EADDRNOTAVAIL: 'cannot be used: HOST is not an address of this machine',
  ENOTFOUND: 'cannot be used: HOST is not a name this machine knows',
  EAI_AGAIN: 'cannot be used: HOST is not a name this machine knows',
  EACCES: 'cannot be used: this account may not listen there; ports below 1024 are the system’s',
  EAFNOSUPPORT: 'cannot be used: this machine does not speak that kind of address',
};

/** Does what listens; when nobody can listen there, a SettingsError says why. */
export async function listening<T>({ port, host }: Settings, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || !['listen', 'getaddrinfo', 'bind'].includes(syscall ?? '')) throw error;
    throw new SettingsError([`PORT ${port} on HOST ${host} ${reasons[code] ?? `cannot be used (${code})`}.`]);
  }
}

/** Before anything is started: what would fail in the end fails at once, and has touched nothing. */
export const refuseTakenPort = (settings: Settings): Promise<void> =>
  listening(
    settings,
    () =>
      new Promise<void>((resolve, reject) => {
        const probe = createServer().once('error', reject);
        probe.listen(settings.port, settings.host, () => probe.close(() => resolve()));
      }),
  );

/** The URL that a browser on this machine opens. */
export const addressOf = ({ host }: Settings, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

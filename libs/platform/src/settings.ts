import { existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment says, checked. A setting left blank counts as absent: compose files pass `${SMTP_URL:-}`. */
export interface Settings {
  /** 0–65535; 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** True without DATABASE_URL: the launcher runs its own PostgreSQL in `dataDir`. */
  readonly embedded: boolean;
  /** Role `api`; in a worker's own container role `worker`. */
  readonly databaseUrl?: string;
  /** A role that may create roles and schemas; only `npm run migrate` uses it. */
  readonly migrationDatabaseUrl?: string;
  /** Role `worker`, where api and worker share one environment. */
  readonly workerDatabaseUrl?: string;
  /** Role `queue`, which owns the schema `bullmq`; needed when there is no Redis. */
  readonly queueDatabaseUrl?: string;
  readonly redisUrl?: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly masterKeyFile?: string;
  /** Where anchors are kept, absolute: the first is read, all are written to. None: no anchors are taken. */
  readonly anchorFolders: readonly string[];
  readonly smtpUrl?: string;
  /** Who e-mails are from. */
  readonly mailFrom?: { readonly name?: string; readonly address: string };
  /** How many times a day somebody may be told that whom they open resembles somebody else. */
  readonly duplicateHintsPerDay: number;
  /** Administrators, auditors and coordinators must have a second factor, or may do nothing else than set one up. */
  readonly secondFactorRequired: boolean;
  /** Whose network this is, as people call it: shown beside « Fil Rouge » and on paper. */
  readonly networkName: string;
  /** Its picture beside the name: a file, absolute. */
  readonly networkLogo?: string;
  /** Where people reach the service, for links in e-mails; without a slash at the end. */
  readonly publicUrl: string;
  readonly logLevel: LogLevel;
  /** `/docs` and `/openapi.json` are served. */
  readonly docs: boolean;
  /** Whoever sends it as Bearer reads `/metrics`; without it nobody does. */
  readonly metricsToken?: string;
  /** Seconds for a request to come to its end. */
  readonly requestTimeout: number;
  /** How many reverse proxies stand in front: whose X-Forwarded-For is believed. 0: nobody's. */
  readonly trustedProxies: number;
  /** Of all demo accounts; without it a random one is made with them. */
  readonly demoPassword?: string;
}

/** Everything wrong at once, one sentence per setting, so that nobody repairs and restarts five times. */
export class SettingsError extends Error {
  override readonly name: string = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Reads and checks the settings; throws a SettingsError. Never repeats the value of a URL: it may hold a password. */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const problems: string[] = [];
  const text = (name: string) => env[name]?.trim() || undefined;
  const url = (name: string, schemes: readonly string[], check: (url: URL) => string | undefined = () => undefined) => {
    const value = text(name);
    if (value === undefined) return undefined;
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    const starts = schemes.map((scheme) => `${scheme}://`);
    let problem: string | undefined;
    if (!parsed || !starts.some((start) => value.startsWith(start)))
      problem = `must be a URL that starts with ${starts.join(' or ')}`;
    else if (!parsed.hostname) problem = `names no host; write one after ${starts[0]}`;
    else problem = check(parsed);
    if (problem) problems.push(`${name} ${problem}.`);
    return value;
  };
  const database = (name: string) =>
    url(name, ['postgresql', 'postgres'], (parsed) =>
      parsed.pathname.length > 1 ? undefined : 'names no database; end it with /name',
    );

  const port = readPort(text('PORT'), problems);
  const host = text('HOST') ?? '127.0.0.1';
  if (!isIP(host) && !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(host)) {
    problems.push('HOST must be an IP address or a host name, without scheme or port.');
  }

  const databaseUrl = database('DATABASE_URL');
  const others = {
    MIGRATION_DATABASE_URL: database('MIGRATION_DATABASE_URL'),
    WORKER_DATABASE_URL: database('WORKER_DATABASE_URL'),
    QUEUE_DATABASE_URL: database('QUEUE_DATABASE_URL'),
  };
  // Without this, a forgotten DATABASE_URL would quietly start an empty database of its own beside the real one.
  for (const [name, value] of Object.entries(others)) {
    if (value && !databaseUrl)
      problems.push(`${name} is set but DATABASE_URL is not; set both, or neither for the embedded database.`);
  }

  const redisUrl = url('REDIS_URL', ['redis', 'rediss']);
  const smtpUrl = url('SMTP_URL', ['smtp', 'smtps']);
  const mailFrom = readSender(text('MAIL_FROM'), problems);
  const publicUrl = url('PUBLIC_URL', ['https', 'http'], (parsed) => {
    if (parsed.search || parsed.hash) return 'must not have a query or a fragment: paths are appended to it';
    return parsed.username || parsed.password
      ? 'must not hold a user name or password: it is sent in e-mails'
      : undefined;
  });

  const networkName = text('NETWORK_NAME') ?? 'Réseau de la Sarthe';
  if (networkName.length > 60 || /\p{C}/u.test(networkName))
    problems.push('NETWORK_NAME must be a name of at most 60 characters, on one line.');
  const networkLogo = text('NETWORK_LOGO');
  if (networkLogo !== undefined && !/\.(svg|png)$/i.test(networkLogo))
    problems.push('NETWORK_LOGO must name a picture that ends with .svg or .png.');

  const hints = text('DUPLICATE_HINTS_PER_DAY') ?? '20';
  if (!/^\d{1,4}$/.test(hints) || Number(hints) < 1)
    problems.push('DUPLICATE_HINTS_PER_DAY must be a whole number from 1 to 9999.');

  const secondFactor = text('SECOND_FACTOR') ?? 'offered';
  if (secondFactor !== 'offered' && secondFactor !== 'required')
    problems.push('SECOND_FACTOR must be offered or required.');

  const folder = (name: string, otherwise?: string) => {
    const named = text(name) ?? otherwise;
    const path = named && resolve(named);
    if (path && existsSync(path) && !statSync(path).isDirectory())
      problems.push(`${name} must be a folder, but a file stands there.`);
    return path;
  };
  const dataDir = folder('DATA_DIR', '.data')!;
  const masterKeyFile = text('MASTER_KEY_FILE');
  const anchorDir = folder('ANCHOR_DIR', databaseUrl === undefined ? join(dataDir, 'anchors') : undefined);
  const anchorCopy = folder('ANCHOR_COPY_DIR');
  if (anchorCopy !== undefined && anchorDir === undefined)
    problems.push('ANCHOR_COPY_DIR is set but ANCHOR_DIR is not: it is the second place.');

  const level = text('LOG_LEVEL') ?? 'info';
  const logLevel = LOG_LEVELS.find((known) => known === level);
  if (!logLevel) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);

  const docs = text('DOCS') ?? (databaseUrl === undefined ? 'on' : 'off');
  if (docs !== 'on' && docs !== 'off') problems.push('DOCS must be on or off.');
  const metricsToken = text('METRICS_TOKEN');
  if (metricsToken !== undefined && !/^[\w.~+/=-]{16,}$/.test(metricsToken)) {
    problems.push('METRICS_TOKEN must be 16 letters, digits or more; make one with: openssl rand -hex 24.');
  }
  const requestTimeout = text('REQUEST_TIMEOUT') ?? '30';
  if (!/^[1-9]\d{0,2}$/.test(requestTimeout))
    problems.push('REQUEST_TIMEOUT must be how many seconds a request may take to come to its end, 1 to 999.');

  const proxies = text('TRUSTED_PROXIES') ?? '0';
  if (!/^\d$/.test(proxies)) problems.push('TRUSTED_PROXIES must be how many reverse proxies stand in front, 0 to 9.');

  if (problems.length > 0 || !logLevel) throw new SettingsError(problems);
  return {
    port,
    host,
    embedded: databaseUrl === undefined,
    databaseUrl,
    migrationDatabaseUrl: others.MIGRATION_DATABASE_URL,
    workerDatabaseUrl: others.WORKER_DATABASE_URL,
    queueDatabaseUrl: others.QUEUE_DATABASE_URL,
    redisUrl,
    dataDir,
    masterKeyFile: masterKeyFile && resolve(masterKeyFile),
    anchorFolders: [anchorDir, anchorCopy].filter((path) => path !== undefined),
    smtpUrl,
    mailFrom,
    duplicateHintsPerDay: Number(hints),
    secondFactorRequired: secondFactor === 'required',
    networkName,
    networkLogo: networkLogo && resolve(networkLogo),
    publicUrl: (publicUrl ?? `http://${reachable(host)}:${port}`).replace(/\/+$/, ''),
    logLevel,
    docs: docs === 'on',
    metricsToken,
    requestTimeout: Number(requestTimeout),
    trustedProxies: Number(proxies),
    demoPassword: text('DEMO_PASSWORD'),
  };
}

function readPort(value: string | undefined, problems: string[]): number {
  if (value === undefined) return 3000;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(port <= 65_535)) problems.push('PORT must be a whole number from 0 to 65535.');
  return port;
}

/** `fil-rouge@exemple.fr`, or with a name: `Fil Rouge <fil-rouge@exemple.fr>`. */
function readSender(value: string | undefined, problems: string[]): Settings['mailFrom'] {
  if (value === undefined) return undefined;
  const [, name, address = value] = /^"?([^"<>]*?)"?\s*<([^<>]*)>$/.exec(value) ?? [];
  if (
    /^[\w.!#$%&'*+/=?^`{|}~-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(address) &&
    !/\p{C}/u.test(value)
  )
    return { ...(name && { name }), address };
  problems.push('MAIL_FROM must be an e-mail address, alone or as Name <address>.');
  return undefined;
}

/** An address a browser on this machine can open: one listens on 0.0.0.0 but cannot go there. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIP(host) === 6 ? `[${host}]` : host;
}

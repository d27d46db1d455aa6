import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { KeyRing } from './records/master-keys';
import { SettingsError, type Settings } from './settings';

export interface KeyFile {
  readonly keys: KeyRing;
  /** True when this call made it: say so, and that it must be kept apart from the database's backups. */
  readonly created: boolean;
  readonly path: string;
}

/**
 * The file of master keys, the current one on the first line. From MASTER_KEY_FILE: a key a line in 64 hexadecimal digits or base64 (blank lines and those that begin
 * with # do not count), or 32 raw bytes. Embedded, without MASTER_KEY_FILE: DATA_DIR/master.key, made at the first start, before the database.
 * Throws a SettingsError.
 */
export function loadKeyFile(settings: Pick<Settings, 'embedded' | 'dataDir' | 'masterKeyFile'>): KeyFile {
  if (settings.masterKeyFile) return opened(settings.masterKeyFile, 'MASTER_KEY_FILE');
  if (!settings.embedded) {
    throw new SettingsError([
      'MASTER_KEY_FILE must name the file with the 32-byte master key because DATABASE_URL is set; make one with: openssl rand -base64 32.',
    ]);
  }
  const path = join(settings.dataDir, 'master.key');
  if (existsSync(path)) return opened(path, path);
  // A new key over an old database would start happily and read nobody's record.
  if (existsSync(join(settings.dataDir, 'postgres'))) {
    throw new SettingsError([
      `${path} is missing but the database beside it was sealed with it; put the file back from your backup.`,
    ]);
  }
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  // Of two starts at once the second one fails.
  written(path, [randomBytes(32)], linkSync);
  return { ...opened(path, path), created: true };
}

const opened = (path: string, name: string): KeyFile => ({
  keys: new KeyRing(() => keysIn(path, name)),
  created: false,
  path,
});

/**
 * Puts a new key before those that are there. A file that is not ours to write, or that is mounted by itself, is for whoever runs the machine: a SettingsError says what to do.
 */
export function addKey(path: string): void {
  try {
    written(path, [randomBytes(32), ...keysIn(path, path)], renameSync);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError([
      `${path} cannot be replaced (${(error as NodeJS.ErrnoException).code}). Put a new first line into it, made with: openssl rand -base64 32. What stands there stays below it. Then run this again.`,
    ]);
  }
}

function keysIn(path: string, name: string): Buffer[] {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw new SettingsError([`${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`]);
  }
  const lines = content
    .toString('latin1')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map(keyOf);
  if (keys.length > 0 && keys.every((key) => key !== null))
    return keys.filter((key, place) => keys.findIndex((other) => other.equals(key)) === place);
  // 32 printable characters are a pass phrase or 16 bytes in hexadecimal: far less than 256 bits of chance.
  if (content.length === 32 && !/^[\x20-\x7e\s]+$/.test(content.toString('latin1'))) return [content];
  throw new SettingsError([
    `${name} must hold 32 random bytes: 64 hexadecimal digits, base64, or the raw bytes. Of several keys each has its line, the current one first.`,
  ]);
}

function keyOf(line: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(line)) return Buffer.from(line, 'hex');
  return /^[A-Za-z0-9+/]{43}=?$/.test(line) ? Buffer.from(line, 'base64') : null;
}

/** Written aside and put into its place whole: a crash leaves no half key, and who reads meanwhile reads the one or the other. */
function written(path: string, keys: readonly Buffer[], place: (draft: string, path: string) => void): void {
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, keys.map((key) => `${key.toString('base64')}\n`).join(''));
    fsyncSync(file);
    place(draft, path);
    synced(dirname(path));
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
}

/** A name is on the disk when its folder is. */
function synced(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

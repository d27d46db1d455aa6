/** What a backup says of itself, beside the sealed files of its tables. It names no person; its signature follows from the root that it holds. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Instant } from '@fil-rouge/kernel';
import { shortId, type MasterKeys } from '../records/master-keys';
import { Sealing } from '../records/sealing';
import { SettingsError } from '../settings';

export interface SavedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export interface Manifest {
  /** 1: everything followed from the master key itself. */
  readonly format: 1 | 2;
  /** Everything that was acknowledged before it is in the backup. */
  readonly at: Instant;
  /** Which master key opens it. */
  readonly fingerprint: string;
  /** The root from which each file's key and the signature follow, sealed with that one. Hex. */
  readonly box?: string;
  /** 32 bytes of chance in hex, from which with the root each file's key follows. */
  readonly salt: string;
  /** That had run: the tables are made as they were then, and brought up to date when the rows are in them. */
  readonly migrations: readonly string[];
  readonly tables: readonly SavedTable[];
  /** Over all of this, Ed25519, base64. */
  readonly signature: string;
}

export const manifestFile = 'manifest.json';
export const fileOf = (table: string): string => `${table}.copy.gz.sealed`;

const signedPart = ({ signature: _, ...said }: Manifest): string => canonicalJson(said);

export const signManifest = (said: Omit<Manifest, 'signature'>, sealing: Sealing): Manifest => {
  const manifest = { ...said, signature: '' };
  return { ...manifest, signature: sealing.sign(signedPart(manifest)) };
};

/** A root of a backup's own, and how the manifest holds it. @param id of the master key */
export async function newRoot(keys: MasterKeys, id: string): Promise<{ sealing: Sealing; box: string }> {
  const root = randomBytes(32);
  const [box] = await keys.wrap(id, [{ place, bytes: root }]);
  return { sealing: new Sealing(root), box: box!.toString('hex') };
}

const place = 'backup';

export interface OpenedBackup {
  readonly manifest: Manifest;
  /** What its files are sealed with. */
  readonly sealing: Sealing;
}

/** Throws a SettingsError for what is no whole backup, or of a key that is not there. */
export async function openBackup(folder: string, keys: MasterKeys): Promise<OpenedBackup> {
  const manifest = await saidBy(folder);
  if (!manifest) throw new SettingsError([`${folder} is no backup, or one that did not come to its end.`]);
  if (manifest.format !== 1 && manifest.format !== 2)
    throw new SettingsError([`${folder} was made by a newer version: restore it with that one.`]);
  const sealing = await sealingOf(manifest, keys);
  if (sealing === undefined)
    throw new SettingsError([
      `${folder} was made with another master key (its fingerprint is ${shortId(manifest.fingerprint)}, this one’s ${keys.ids().map(shortId).join(' and ')}): put the key of that time in MASTER_KEY_FILE, or in master.key in DATA_DIR.`,
    ]);
  if (sealing === null || !sealing.signed(signedPart(manifest), manifest.signature))
    throw new SettingsError([`The ${manifestFile} in ${folder} was altered: take another backup.`]);
  return { manifest, sealing };
}

/** Undefined: the key is not there. Null: it does not open what the manifest holds. */
async function sealingOf({ fingerprint, box }: Manifest, keys: MasterKeys): Promise<Sealing | null | undefined> {
  if (!(await keys.has(fingerprint))) return undefined;
  if (box === undefined) {
    const key = keys.itself(fingerprint);
    return key ? new Sealing(key) : undefined;
  }
  try {
    const [root] = await keys.unwrap(fingerprint, [{ place, bytes: Buffer.from(box, 'hex') }]);
    return new Sealing(root!);
  } catch {
    return null;
  }
}

/** Names of the backups that lie in a folder, the oldest first. */
export async function backupsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^fil-rouge-[\dTZ-]+$/.test(name)).sort();
  const whole = await Promise.all(names.map(async (name) => (await saidBy(join(folder, name))) !== undefined));
  return names.filter((_, place) => whole[place]);
}

async function saidBy(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, manifestFile), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** What a backup says of itself, beside the sealed files of its tables. It names no person; its signature is the master key's. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Instant } from '@fil-rouge/kernel';
import type { Sealing } from '../records/sealing';
import { SettingsError } from '../settings';

export interface SavedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export interface Manifest {
  readonly format: 1;
  /** Everything that was acknowledged before it is in the backup. */
  readonly at: Instant;
  /** Which master key opens it. */
  readonly fingerprint: string;
  /** 32 bytes of chance in hex, from which with the master key each file's key follows. */
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

/** Throws a SettingsError for what is no whole backup, or not this key's. */
export async function readManifest(folder: string, sealing: Sealing): Promise<Manifest> {
  const manifest = await saidBy(folder);
  if (!manifest) throw new SettingsError([`${folder} is no backup, or one that did not come to its end.`]);
  if (manifest.format !== 1)
    throw new SettingsError([`${folder} was made by a newer version: restore it with that one.`]);
  if (manifest.fingerprint !== sealing.fingerprint)
    throw new SettingsError([
      `${folder} was made with another master key (its fingerprint is ${manifest.fingerprint.slice(0, 8)}, this one’s ${sealing.fingerprint.slice(0, 8)}): put the key of that time in MASTER_KEY_FILE, or in master.key in DATA_DIR.`,
    ]);
  if (!sealing.signed(signedPart(manifest), manifest.signature))
    throw new SettingsError([`The ${manifestFile} in ${folder} was altered: take another backup.`]);
  return manifest;
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

import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Uuid } from '@fil-rouge/kernel';
import { withClient } from '../client';
import { Clock } from '../clock';
import { Database } from '../database';
import { SettingsError } from '../settings';
import { Sealing } from './sealing';

interface SealedWith {
  readonly fingerprint: string | null;
  readonly oldest: readonly { readonly stream: Uuid; readonly key: string }[];
}

const asked = 'select sealed_with() as sealed';

/**
 * A database is sealed with one master key, and knows which by its fingerprint. Another valid key would start happily, read nobody's record and seal
 * new ones that the right key cannot open: no process starts with it.
 */
@Injectable()
export class MasterKeyCheck implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** The first start keeps the fingerprint. Throws a SettingsError for another key. */
  async onModuleInit(): Promise<void> {
    const [row] = await this.database.query<{ sealed: SealedWith }>('sealed_with', asked);
    if (refuseOther(this.sealing, row!.sealed) !== null) return;
    const [kept] = await this.database.query<{ fingerprint: string }>(
      'seal_with',
      'select seal_with($1, $2) as fingerprint',
      [this.sealing.fingerprint, this.clock.now()],
    );
    refuseOther(this.sealing, { fingerprint: kept!.fingerprint, oldest: [] });
  }
}

/** The same before anything is migrated, because that already changes passwords derived from the key. A database that cannot say yet is let pass. */
export async function checkMasterKey(url: string, masterKey: Buffer): Promise<void> {
  await withClient(url, async (client) => {
    const {
      rows: [known],
    } = await client.query<{ known: boolean }>(`select to_regprocedure('sealed_with()') is not null as known`);
    if (!known!.known) return;
    const {
      rows: [row],
    } = await client.query<{ sealed: SealedWith }>(asked);
    refuseOther(new Sealing(masterKey), row!.sealed);
  });
}

/** A record may be damaged; that none of the oldest opens is another key. Null when the database does not know its key yet. */
function refuseOther(sealing: Sealing, { fingerprint, oldest }: SealedWith): string | null {
  const right =
    fingerprint === null
      ? oldest.length === 0 || oldest.some(({ stream, key }) => sealing.opens(Buffer.from(key, 'hex'), stream))
      : fingerprint === sealing.fingerprint;
  if (right) return fingerprint;
  throw new SettingsError([
    `The master key is not the one this database was sealed with${fingerprint ? ` (its fingerprint is ${short(fingerprint)}, this one’s ${short(sealing.fingerprint)})` : ''}. Nothing was changed; put the right key back (MASTER_KEY_FILE, or master.key in DATA_DIR).`,
  ]);
}

const short = (fingerprint: string): string => fingerprint.slice(0, 8);

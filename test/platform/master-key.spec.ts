import { randomBytes } from 'node:crypto';
import { checkMasterKeys, keyIdOf, KeyRing } from '@fil-rouge/platform';
import { start } from '../support/clock';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { startPlatform } from '../support/platform';

let database: TestDatabase;
beforeEach(async () => (database = await cloneDatabase()));
afterEach(() => database.drop());

const known = () => database.query<{ fingerprint: string }>('select fingerprint from sealing_key');
const other = randomBytes(32);
const starts = async (masterKey: Buffer): Promise<void> => {
  const platform = await startPlatform([], [], { ...database, masterKey });
  await platform.stop();
};

it('a database that knows its key takes no other, before anything is migrated and when a process starts', async () => {
  await checkMasterKeys(database.administratorUrl, KeyRing.of(database.masterKey));
  await expect(checkMasterKeys(database.administratorUrl, KeyRing.of(other))).rejects.toThrow(
    /^The master key is not the one this database was sealed with \(its fingerprint is/,
  );
  await expect(starts(other)).rejects.toThrow(/^The master key is not the one/);
  await starts(database.masterKey);
});

it('one from before that learns it from its records: the key that opens them, even if the oldest is damaged, and no other', async () => {
  await database.query('delete from sealing_key; delete from sealing_root');
  await database.query('update stream set key = $1 where id = (select id from stream order by id limit 1)', [
    randomBytes(60),
  ]);
  await expect(checkMasterKeys(database.administratorUrl, KeyRing.of(other))).rejects.toThrow(
    /^The master key is not the one this database was sealed with\. Nothing was changed/,
  );
  await expect(starts(other)).rejects.toThrow(/^The master key is not the one/);
  expect(await known()).toEqual([]);
  await starts(database.masterKey);
  expect(await known()).toEqual([{ fingerprint: keyIdOf(database.masterKey) }]);
});

it('an empty one takes the first key it is started with, and keeps it', async () => {
  await database.query('delete from sealing_key; delete from sealing_root; update stream set key = null');
  await starts(other);
  await expect(starts(database.masterKey)).rejects.toThrow(/^The master key is not the one/);
  // Of two that begin at once, the second reads what the first one kept.
  const [kept] = await database.query<{ kept: { fingerprint: string } }>(
    `select begin_sealing('another', '\\x00', $1) as kept`,
    [start],
  );
  expect(kept!.kept.fingerprint).toBe(keyIdOf(other));
});

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKey, loadKeyFile } from './key-file';
import { keyIdOf, KeyRing } from './records/master-keys';

describe('loadKeyFile', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'fil-rouge-key-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const bytes = Buffer.from('00ff10203040506070805a5b5c5d5e5f000102030405060708090a0b0c0d0e0f', 'hex');
  const inFile = (content: string | Buffer) => {
    const masterKeyFile = join(dataDir, 'key');
    writeFileSync(masterKeyFile, content);
    return { embedded: false, dataDir, masterKeyFile };
  };

  it.each([
    ['raw bytes', bytes],
    ['base64', `${bytes.toString('base64')}\n`],
    ['hexadecimal', `${bytes.toString('hex').toUpperCase()}\r\n`],
  ])('reads %s', (_, content) => {
    const file = loadKeyFile(inFile(content));
    expect(file).toMatchObject({ created: false, path: join(dataDir, 'key') });
    expect(file.keys.itself(keyIdOf(bytes))).toEqual(bytes);
  });

  it.each([
    ['nothing', ''],
    ['a short key', bytes.subarray(0, 16).toString('base64')],
    ['16 bytes in hexadecimal, which are 32 characters', bytes.subarray(0, 16).toString('hex')],
    ['a pass phrase of 32 characters', 'correct horse battery staple 123'],
    ['33 bytes', Buffer.concat([bytes, Buffer.from([7])])],
  ])('refuses %s', (_, content) => {
    expect(() => loadKeyFile(inFile(content))).toThrow(/^MASTER_KEY_FILE must hold 32 random bytes/);
  });

  it('makes the key once when embedded, readable by nobody else', () => {
    const nested = join(dataDir, 'a', 'b');
    const first = loadKeyFile({ embedded: true, dataDir: nested });
    expect(first).toMatchObject({ created: true, path: join(nested, 'master.key') });
    expect(statSync(first.path).mode & 0o777).toBe(0o600);
    expect(readdirSync(nested)).toEqual(['master.key']);
    const second = loadKeyFile({ embedded: true, dataDir: nested });
    expect(second.created).toBe(false);
    expect(second.keys.current()).toBe(first.keys.current());
  });

  it('makes no new key over an existing database', () => {
    mkdirSync(join(dataDir, 'postgres'));
    expect(() => loadKeyFile({ embedded: true, dataDir })).toThrow(/master\.key is missing but the database/);
    expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
  });

  it('makes none beside a database of yours, and says which setting is missing', () => {
    expect(() => loadKeyFile({ embedded: false, dataDir })).toThrow(/^MASTER_KEY_FILE must name the file/);
    expect(readdirSync(dataDir)).toEqual([]);
    const masterKeyFile = join(dataDir, 'absent');
    expect(() => loadKeyFile({ embedded: true, dataDir, masterKeyFile })).toThrow(
      'MASTER_KEY_FILE cannot be read (ENOENT).',
    );
  });

  it('does not replace a key that it cannot understand', () => {
    const path = join(dataDir, 'master.key');
    writeFileSync(path, 'half');
    chmodSync(path, 0o600);
    expect(() => loadKeyFile({ embedded: true, dataDir })).toThrow(/must hold 32 random bytes/);
    expect(readFileSync(path, 'utf8')).toBe('half');
  });

  it('reads several, the current one first, each once, and again when one is asked for that has come since', async () => {
    const [first, second, third] = [1, 2, 3].map((n) => Buffer.alloc(32, n)) as [Buffer, Buffer, Buffer];
    const settings = inFile(
      `# de l'an dernier aussi\n${first.toString('base64')}\n\n${second.toString('hex')}\n${first.toString('hex')}\n`,
    );
    const { keys, path } = loadKeyFile(settings);
    expect(keys.ids()).toEqual([keyIdOf(first), keyIdOf(second)]);
    expect(keys.current()).toBe(keyIdOf(first));
    expect(await keys.has(keyIdOf(third))).toBe(false);
    writeFileSync(path, [third, second, first].map((key) => key.toString('hex')).join('\n'));
    expect(await keys.has(keyIdOf(third))).toBe(true);
    writeFileSync(path, `${third.toString('hex')}\nhalf\n`);
    expect(() => loadKeyFile(settings)).toThrow(/^MASTER_KEY_FILE must hold 32 random bytes/);
  });

  it.each([['base64'], ['raw']])(
    'a new key comes before those that are there (%s), and nobody else reads it',
    (form) => {
      const settings = inFile(form === 'raw' ? bytes : `${bytes.toString('base64')}\n`);
      const { keys, path } = loadKeyFile(settings);
      addKey(path);
      const [added, kept] = loadKeyFile(settings).keys.ids() as [string, string];
      expect(kept).toBe(keyIdOf(bytes));
      expect(added).not.toBe(kept);
      // A process that runs has it too.
      expect(keys.current()).toBe(added);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(dataDir)).toEqual(['key']);
    },
  );

  it('a box opens with its key, in its place', async () => {
    const keys = KeyRing.of(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
    const [one, two] = keys.ids() as [string, string];
    const [box] = await keys.wrap(two, [{ place: 'here', bytes }]);
    expect(await keys.unwrap(two, [{ place: 'here', bytes: box! }])).toEqual([bytes]);
    await expect(async () => keys.unwrap(two, [{ place: 'there', bytes: box! }])).rejects.toThrow();
    await expect(async () => keys.unwrap(one, [{ place: 'here', bytes: box! }])).rejects.toThrow();
    await expect(async () => keys.wrap('none', [])).rejects.toThrow(/no master key none/);
  });
});

/** `npm run generate`: a database of made-up residents, as large as wanted, sealed, chained and verifiable like any other. */
import { parseArgs } from 'node:util';
import { checkMasterKeys, holdFolder, loadKeyFile, loadSettings, startEmbeddedPostgres } from '@fil-rouge/platform';
import { launch } from '../../apps/all/src/launch';
import { administratorOf, ownDatabase } from '../../apps/all/src/logins';
import { machine } from '../support/clock';
import { generate, type Progress, type Wanted } from './generator';

const help = `npm run generate -- --residents <N> --entries <M> [--seed <words>] [--until <day>]

Fills the database that \`npm start\` would use (DATA_DIR, or DATABASE_URL with MIGRATION_DATABASE_URL) with N residents whose logs hold about M
entries: opened, followed, referred, handed over and closed by the product's own rules. The same seed, day and network give the same rows.

  --seed    fil-rouge unless told otherwise
  --until   they live until this day begins: today, unless told otherwise; what would have fallen due since then does so at the next start
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      residents: { type: 'string' },
      entries: { type: 'string' },
      seed: { type: 'string', default: 'fil-rouge' },
      until: { type: 'string', default: machine.today() },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  const [residents, entries] = [Number(values.residents), Number(values.entries)];
  if (!(residents >= 1 && entries >= residents))
    throw new Error('Give --residents and --entries: an entry for each resident at least.');
  const wanted: Wanted = { residents, entries, seed: values.seed, until: values.until };
  const password = await prepared();
  const began = performance.now();
  const done = await inDatabase((url, root) =>
    generate(url, root, wanted, (progress) => show(progress, wanted, began)),
  );
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    `\n${done.residents} residents with ${done.entries} entries in ${Math.round(seconds)} s, ${Math.round(done.entries / seconds)} a second.\n${password ? `The password of the demo accounts is ${password}\n` : ''}`,
  );
}

/** As the first \`npm start\` leaves it: migrated, with the network and its accounts. */
async function prepared(): Promise<string | null> {
  const launched = await launch({ ...process.env, PORT: '0' }, { what: 'npm run generate' });
  await launched.close();
  return launched.password;
}

async function inDatabase(work: (url: string, root: Buffer) => Promise<Progress>): Promise<Progress> {
  const settings = loadSettings(process.env);
  const { keys } = loadKeyFile(settings);
  const rooted = async (url: string) => work(url, await checkMasterKeys(url, keys));
  if (!settings.embedded) return rooted(await administratorOf(settings));
  const folder = holdFolder(settings.dataDir, { what: 'npm run generate' });
  const server = await startEmbeddedPostgres({ dataDir: settings.dataDir, folder });
  try {
    return await rooted(await ownDatabase(server));
  } finally {
    await server.stop();
  }
}

const width = 40;

function show({ residents, entries }: Progress, wanted: Wanted, began: number): void {
  const share = Math.min(1, entries / wanted.entries);
  const seconds = (performance.now() - began) / 1000;
  const full = Math.round(share * width);
  process.stderr.write(
    `\r[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${residents} residents, ${entries} entries, ${Math.round(entries / seconds)}/s, ${Math.ceil(seconds / share - seconds)} s left   `,
  );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);

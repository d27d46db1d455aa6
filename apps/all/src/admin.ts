import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Database } from '@fil-rouge/platform';
import { Administrators } from '@fil-rouge/users';
import { failToStart } from '../../process';
import { withTools, type Tools } from './tools';

const usage = `npm run admin -- <what>

  create-administrator --email … [--name …] [--structure …]
                        the first administrator: prints the request that chooses the password
  parked                effects that failed too often and wait
  replay <id>           lets one of them be tried again
  anchor                one hash over the heads of all records: keep it outside the database, compare it with the next
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tools: Record<string, (tools: Tools, argument: string | undefined, options: { email?: string; name?: string; structure?: string }) => Promise<void>> = {
  async 'create-administrator'({ platform, settings }, _, { email, name, structure }) {
    if (!email) throw new Error(`An e-mail address is needed.\n\n${usage}`);
    const { token } = await platform.get(Administrators, { strict: false }).create({ email, name: name ?? email.split('@')[0]!, structure: structure ?? 'Administration' });
    say(`The account of ${email} is ready. Choose its password within seven days:`);
    say(`  curl -X POST ${settings.publicUrl}/v1/auth/invitations/accept -H 'content-type: application/json' -d '{"token":"${token}","password":"…"}'`);
  },

  async parked({ platform }) {
    const rows = await platform.get(Database).query<{ id: string; consumer: string; stream_id: string; parked_at: Date; parked_reason: string }>(
      'admin_parked', 'select id, consumer, stream_id, parked_at, parked_reason from delivery where parked_at is not null order by id limit 200');
    for (const row of rows) say([row.id, row.consumer, row.stream_id, row.parked_at.toISOString(), row.parked_reason].join('  '));
    say(rows.length === 0 ? 'Nothing is parked.' : `${rows.length} parked.`);
  },

  async replay({ platform }, id) {
    const rows = await platform.get(Database).query(
      'admin_replay', 'update delivery set parked_at = null, parked_reason = null, attempts = 0, next_at = now() where id = $1 and parked_at is not null returning id', [id ?? '0']);
    if (rows.length === 0) throw new Error(`No parked effect has the id ${id ?? '(none given)'}: see \`npm run admin -- parked\`.`);
    say(`${id} will be tried again within a second.`);
  },

  async anchor({ platform }) {
    const hash = createHash('sha256');
    let count = 0;
    for (let after: string | null = null; ; ) {
      const page: { id: string; version: number; hash: string }[] = await platform.get(Database).query(
        'admin_anchor', 'select id, version, hash from stream where $1::uuid is null or id > $1 order by id limit 1000', [after]);
      for (const { id, version, hash: head } of page) hash.update(`${id} ${version} ${head}\n`);
      count += page.length;
      if (page.length < 1000) break;
      after = page.at(-1)!.id;
    }
    say(`${new Date().toISOString()}  ${count} records  ${hash.digest('hex')}`);
  },
};

const { positionals: [what = '', argument], values } = parseArgs({
  allowPositionals: true,
  options: { email: { type: 'string' }, name: { type: 'string' }, structure: { type: 'string' } },
});
const tool = Object.hasOwn(tools, what) ? tools[what] : undefined;
if (!tool) {
  process.stderr.write(usage);
  process.exit(2);
}
withTools((opened) => tool(opened, argument, values)).then(() => process.exit(0), failToStart);

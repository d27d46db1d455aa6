/** What stands in the logs of both records, and what a person may read of them. */
import { createHash } from 'node:crypto';
import { rebuild } from '../support/rebuild';
import type { Person } from './driver';
import type { Stage } from './merge-story';

export interface Verified {
  chain: string;
  continuity: string;
  merged: { id: string; chain: string; continuity: string; link: string }[];
}

export function logsOf(stage: Pick<Stage, 'system' | 'people'>) {
  const query = <R extends object>(text: string, values: unknown[] = []) =>
    stage.system.database.query<R & Record<string, unknown>>(text, values);
  const typesIn = async (stream: string) =>
    (await query<{ type: string }>('select type from event where stream_id = $1 order by seq', [stream])).map(
      ({ type }) => type,
    );
  const verified = async (caseId: string) =>
    (await stage.people.auditor.get(`/v1/audit/cases/${caseId}/verification`)) as unknown as Verified;
  /** What row-level security alone lets this person read, without the second decision. */
  const readable = async (person: Person, table: 'event' | 'piece', stream: string): Promise<number> => {
    const token = createHash('sha256').update(person.authorization.slice('Bearer '.length)).digest('hex');
    const [row] = await stage.system.database.queryAs<{ rows: { count: number }[] }>(
      'api',
      `select read_rows($1, $2, $3) as rows`,
      [
        { token, now: stage.system.clock.now() },
        `select count(*)::int as count from ${table} where stream_id = ($1->>'stream')::uuid`,
        { stream },
      ],
    );
    return row!.rows[0]!.count;
  };
  return { query, typesIn, verified, readable };
}

export const texts = (entries: readonly { text?: string }[]) => entries.flatMap(({ text }) => text ?? []);

const derived = [
  'case_file',
  'case_access',
  'case_merge',
  'lead_period',
  'session_entry',
  'note_entry',
  'appointment',
  'goal',
  'outside_referral',
  'search_token',
  'access_grant',
  'party',
  'referral',
  'referral_access',
  'handover',
  'handover_access',
];

/** Whatever has been told until then: the logs alone give the same rows. */
export function describeRebuilding(stage: Pick<Stage, 'system' | 'people'>): void {
  describe('rebuilding from the logs', () => {
    const { query } = logsOf(stage);
    const snapshot = async () => {
      const tables: Record<string, string[]> = {};
      for (const table of derived)
        tables[table] = (
          await query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t order by 1`)
        ).map(({ row }) => row);
      tables['stream'] = (
        await query<{ row: string }>(`select id || state::text as row from stream where kind = 'case' order by 1`)
      ).map(({ row }) => row);
      return tables;
    };

    it('gives the same rows, whatever is there already', async () => {
      await stage.system.settle();
      const before = await snapshot();
      expect(await rebuild(stage.system.database)).toEqual([]);
      expect(await snapshot()).toEqual(before);
    });

    it('gives the same rows from nothing', async () => {
      const before = await snapshot();
      await query(`truncate ${derived.join(', ')}`);
      expect(await rebuild(stage.system.database)).toEqual([]);
      expect(await snapshot()).toEqual(before);
    });
  });
}

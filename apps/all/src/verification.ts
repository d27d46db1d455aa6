import type { INestApplicationContext } from '@nestjs/common';
import { RecordCheck, type Found } from '@fil-rouge/cases';
import type { RecordKind, Uuid } from '@fil-rouge/kernel';
import { Anchors, Database, Derivation, Sealing, Slices, type AnchorFault } from '@fil-rouge/platform';

export interface Verification {
  readonly records: number;
  readonly events: number;
  /** Names, oldest first. */
  readonly anchors: readonly string[];
  /** One sentence per finding. */
  readonly wrong: readonly string[];
}

/** Records looked at together; nobody writes to them for that long. */
const page = 25;

/** Is every record what was written, and is the database what was noted outside it? @param platform as the administrator's login */
export async function verifyAll(
  platform: INestApplicationContext,
  onProgress: (records: number) => void,
): Promise<Verification> {
  const database = platform.get(Database);
  const check = new RecordCheck(database, platform.get(Slices), platform.get(Sealing), platform.get(Derivation));
  const wrong: string[] = [];
  let records = 0;
  let events = 0;
  const every = allRecords(database);
  const lookOn = async (): Promise<void> => {
    for await (const some of every) {
      const found = await check.look(some);
      records += some.length;
      for (const [n, { id, kind }] of some.entries()) {
        events += found[n]!.events;
        wrong.push(...sentencesOf(kind, id, found[n]!));
      }
      onProgress(records);
    }
  };
  // Two at a time: while one waits for the database, the other opens what it has read.
  await Promise.all([lookOn(), lookOn()]);
  const strays = await database.query<{ tables: string[] }>('strays', 'select tables_with_strays() as tables');
  wrong.push(...strays[0]!.tables.map((table) => `${table} has rows that belong to no record`));
  const { checked, faults } = await platform.get(Anchors).check(null, Infinity);
  wrong.push(...faults.map(sentenceOf));
  return { records, events, anchors: checked, wrong };
}

interface Row {
  readonly id: Uuid;
  readonly kind: RecordKind;
}

async function* allRecords(database: Database): AsyncGenerator<readonly Row[]> {
  for (let after: Uuid | null = null; ;) {
    const rows: Row[] = await database.query('records_after', 'select * from records_after($1, $2)', [after, page]);
    yield rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

const sentencesOf = (kind: RecordKind, id: Uuid, { brokenAt, gaps, brokenLinks, differs }: Found): string[] => [
  ...(brokenAt === undefined ? [] : [`${kind} ${id}: event ${brokenAt} is not what was written`]),
  ...gaps.map(
    ({ kind: of, seq }) => `${kind} ${id}: ${of === 'lead' ? 'nobody leads it after' : 'a hole before'} event ${seq}`,
  ),
  ...brokenLinks.map((other) => `${kind} ${id}: ${other}, which it took in, is another one now`),
  ...(differs.length === 0 ? [] : [`${kind} ${id}: not as its log says: ${differs.join(', ')}`]),
];

const faultSays: Record<AnchorFault['what'], string> = {
  signature: 'was altered, or signed with another key',
  order: 'does not follow the one before: one was taken away, or put in its place',
  records: 'noted other logs of',
  journal: 'noted another journal',
};

const sentenceOf = ({ anchor, what, records = [] }: AnchorFault): string =>
  [`The anchor ${anchor} ${faultSays[what]}`, ...records].join(' ');

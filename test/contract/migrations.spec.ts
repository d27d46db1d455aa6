import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, ownerSource, presentTexts } from '@fil-rouge/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { libraries } from '../../apps/system';
import { cloneDatabase, prepared, type TestDatabase } from '../support/database';

const migrations = libraries.flatMap((library) => library.migrations);
const entities = libraries.flatMap((library) => library.entities);

@Entity('forgotten')
class Forgotten {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') note!: string;
}

describe('migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const drift = async (of: TestDatabase, described: (new () => object)[]): Promise<string[]> => {
    const source = await ownerSource(of.administratorUrl, [], described).initialize();
    try {
      return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    } finally {
      await source.destroy();
    }
  };

  it('make exactly the tables that the entities describe', async () => {
    expect(await drift(database, entities)).toEqual([]);
  });

  it('are caught when an entity has no migration', async () => {
    expect(await drift(database, [...entities, Forgotten])).not.toEqual([]);
  });

  it('describe every table there is', async () => {
    const source = await ownerSource(database.administratorUrl, [], entities).initialize();
    const described = source.entityMetadatas.map(({ tableName }) => tableName);
    await source.destroy();
    const tables = await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('migration', 'schema_applied') order by 1`,
    );
    expect(tables.map(({ name }) => name).filter((name) => !described.includes(name))).toEqual([]);
  });

  it('run once, and again without doing anything', async () => {
    expect(await migrate(database.administratorUrl, libraries, prepared().passwords)).toEqual([]);
  });

  it('only go forward', async () => {
    for (const Migration of migrations) {
      const { down } = new Migration();
      await expect(down.call(undefined, undefined as never)).rejects.toThrow(/forward/);
    }
  });

  it('leave no function to everybody', async () => {
    const open = await database.query<{ proname: string }>(`
      select proname from pg_proc p where pronamespace = 'public'::regnamespace and has_function_privilege('queue', p.oid, 'execute')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
    expect(open).toEqual([]);
  });

  describe('in a database that was made step by step, before the first release', () => {
    let before: TestDatabase;
    const tables = readFileSync(join(__dirname, '../fixtures/schema-f876ce5.sql'), 'utf8');
    beforeEach(async () => {
      before = await cloneDatabase();
      await before.query(
        `drop schema public cascade; create schema public authorization owner; create extension btree_gist`,
      );
      await before.queryAs('owner', tables);
      await before.query(/* sql */ `
        insert into referral (id, case_id, version, seq, status, from_structure_id, to_structure_id, urgency, onward_allowed, draft_event, last_activity_at)
        select id, id, 1, 1, 'sent', id, id, urgency, true, id, to_timestamp(0) from (values (gen_random_uuid(), 'urgent'), (gen_random_uuid(), 'normal')) r(id, urgency);
        alter table referral enable row level security; alter table referral force row level security`);
    });
    afterEach(() => before.drop());

    it('add what it lacks, and apply the present texts', async () => {
      const ran = await migrate(before.administratorUrl, libraries, prepared().passwords);
      expect(ran).toEqual([...inOrder(migrations.map(({ name }) => name)), presentTexts]);
      expect(await drift(before, entities)).toEqual([]);
      // Row-level security is forced on the owner too: what a migration does not see, it does not change.
      expect(await before.query('select urgency, pressing from referral order by urgency')).toEqual([
        { urgency: 'normal', pressing: false },
        { urgency: 'urgent', pressing: true },
      ]);
    });

    it('say what to do when its steps had not all been taken', async () => {
      await before.query(`delete from migration where name = 'MyCases1700000000026'`);
      await expect(migrate(before.administratorUrl, libraries, prepared().passwords)).rejects.toThrow(
        /MyCases1700000000026 is missing.*Start version f876ce5 on it once/,
      );
    });
  });
});

const inOrder = (names: string[]): string[] => names.sort((a, b) => Number(a.slice(-13)) - Number(b.slice(-13)));

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

  const drift = async (described: (new () => object)[]): Promise<string[]> => {
    const source = await ownerSource(database.administratorUrl, [], described).initialize();
    try {
      return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    } finally {
      await source.destroy();
    }
  };

  it('make exactly the tables that the entities describe', async () => {
    expect(await drift(entities)).toEqual([]);
  });

  it('are caught when an entity has no migration', async () => {
    expect(await drift([...entities, Forgotten])).not.toEqual([]);
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

  // Last: they take the database back to what it was before. What has been added since the folding stays added.
  const foldedAfter = [
    'KeptPlans1700000000024',
    'DelaySettings1700000000012',
    'MyCases1700000000026',
    'BatchesUnderLocks1700000000025',
    'Notifications1700000000005',
  ];
  const madeStepByStep = (steps: string[]) =>
    database.query(`
    drop table if exists schema_applied; delete from migration where name like '%Baseline%' or name like '%17000000000__';
    insert into migration (name, timestamp) select name, right(name, 13)::bigint from unnest('{${steps.join()}}'::text[]) name`);

  it('find nothing to make in a database that was made step by step, and apply the present texts', async () => {
    await madeStepByStep(foldedAfter);
    expect(await migrate(database.administratorUrl, libraries, prepared().passwords)).toEqual([
      ...migrations
        .map(({ name }) => name)
        .filter((name) => name.includes('Baseline'))
        .sort((a, b) => Number(a.slice(-13)) - Number(b.slice(-13))),
      presentTexts,
    ]);
    expect(await drift(entities)).toEqual([]);
  });

  it('say what to do when its steps had not all been taken', async () => {
    await madeStepByStep(foldedAfter.slice(0, 2));
    await expect(migrate(database.administratorUrl, libraries, prepared().passwords)).rejects.toThrow(
      /MyCases1700000000026 is missing.*Start version f876ce5 on it once/,
    );
  });
});

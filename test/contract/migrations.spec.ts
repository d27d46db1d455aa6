import { casesEntities } from '@fil-rouge/cases';
import { notificationsEntities } from '@fil-rouge/notifications';
import { migrate, ownerSource, platformEntities } from '@fil-rouge/platform';
import { referralsEntities } from '@fil-rouge/referrals';
import { usersEntities } from '@fil-rouge/users';
import { Column, Entity, PrimaryColumn, type MigrationInterface } from 'typeorm';
import { migrations } from '../../apps/system';
import { cloneDatabase, prepared, type TestDatabase } from '../support/database';

const entities = [...platformEntities, ...usersEntities, ...casesEntities, ...referralsEntities, ...notificationsEntities];

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
    const tables = await database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migration' order by 1`);
    expect(tables.map(({ name }) => name).filter((name) => !described.includes(name))).toEqual([]);
  });

  it('run once, and again without doing anything', async () => {
    expect(await migrate(database.administratorUrl, migrations, prepared().passwords)).toEqual([]);
  });

  it('only go forward', async () => {
    for (const Migration of migrations) {
      const { down } = new Migration() as MigrationInterface;
      await expect(down.call(undefined, undefined as never)).rejects.toThrow(/forward/);
    }
  });

  it('leave no function to everybody', async () => {
    const open = await database.query<{ proname: string }>(`
      select proname from pg_proc p where pronamespace = 'public'::regnamespace and has_function_privilege('queue', p.oid, 'execute')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
    expect(open).toEqual([]);
  });
});

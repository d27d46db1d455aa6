import { casesEntities } from '@fil-rouge/cases';
import { notificationsEntities } from '@fil-rouge/notifications';
import { migrate, newId, ownerSource, platformEntities } from '@fil-rouge/platform';
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

  // Last: takes the database back to what it was before.
  it('keep the claims of a database in use, and count those of merged records for both', async () => {
    const [survivor, loser, other] = [newId(), newId(), newId()];
    await database.query(`
      alter table claim drop column origin; alter table claim add constraint claim_pk primary key (token, stream_id);
      delete from migration where name like '%1700000000019';
      insert into claim (token, stream_id) values ('\\x01', '${survivor}'), ('\\x02', '${other}');
      insert into case_merge (id, case_id, seq, merged_at) values ('${loser}', '${survivor}', 2, now())`);
    expect(await migrate(database.administratorUrl, migrations, prepared().passwords)).toEqual(['ClaimOrigins1700000000019', 'WordsTakenIn1700000000019']);
    const claims = await database.query<{ stream_id: string; origin: string }>('select stream_id, origin from claim where stream_id = any($1)', [[survivor, other]]);
    expect(claims.map(({ stream_id, origin }) => [stream_id, origin]).sort()).toEqual([[survivor, survivor], [survivor, loser], [other, other]].sort());
    expect(await drift(entities)).toEqual([]);
  });
});

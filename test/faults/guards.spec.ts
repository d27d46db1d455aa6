/** Each guard of the write path taken away on purpose: the people's logs tell. A harness that stays green without them shows nothing. */
import { setTimeout as pause } from 'node:timers/promises';
import { whatIsWrong } from './checks';
import { Stage } from './stage';

interface Guard {
  /** In which functions what stands for what. */
  readonly instead: readonly (readonly [name: string, text: string, by: string])[];
  /** Of the sentences that are said without it. */
  readonly tells: RegExp;
}

const guards: Readonly<Record<string, Guard>> = {
  // Before a decision what is done already is found; two at once meet in the commit.
  'a key is used once': {
    instead: [
      ['load_records', "key = p->>'key'\n                 and", "key = p->>'key' and false\n                 and"],
      ['commit_record', 'if not found then\n      return (select', 'if false then\n      return (select'],
    ],
    tells: /nobody asked for it|a key asked again/,
  },
  'a record is written to by one at a time': {
    instead: [['commit_record', 'where id = v_stream.id and version = v_stream.expect', 'where id = v_stream.id']],
    tells: /told 500|never done|hole/,
  },
  'an effect waits from the moment of its event': {
    instead: [['commit_record', "jsonb_to_recordset(p->'deliveries')", "jsonb_to_recordset('[]'::jsonb)"]],
    tells: /nobody was told|somebody was told/,
  },
  'a reminder is set with its event': {
    instead: [['commit_record', "jsonb_to_recordset(p->'timers'->'set')", "jsonb_to_recordset('[]'::jsonb)"]],
    tells: /0 reminders/,
  },
  'what is acknowledged is written': {
    instead: [
      ['commit_record', 'insert into event (', 'if random() < 0.2 then return null; end if;\n  insert into event ('],
    ],
    tells: /acknowledged, and there 0 times|hole/,
  },
};

it.each(Object.entries(guards))(
  'without « %s » it is red',
  async (_, { instead, tells }) => {
    const stage = await Stage.set('PostgreSQL', (bare) => alter(bare, instead));
    try {
      let going = true;
      const work = Promise.all(stage.clients.map((client) => client.work(() => going)));
      await pause(3_000);
      going = false;
      await work;
      expect((await whatIsWrong(stage, 5_000)).join('\n')).toMatch(tells);
    } finally {
      await stage.strike();
    }
  },
  180_000,
);

/** Functions as they are in the database, with something else in them. */
async function alter(stage: Stage, instead: Guard['instead']): Promise<void> {
  for (const [name, from, to] of instead) {
    const [row] = await stage.query<{ text: string }>('select pg_get_functiondef($1::regproc) as text', [name]);
    expect(row!.text).toContain(from);
    await stage.query(row!.text.replace(from, to));
  }
}

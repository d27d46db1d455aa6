/** What a run with a moved date rests on (`npm run dates`); without one it is true all the more. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { machine } from '../support/clock';
import { cloneDatabase } from '../support/database';

const minutesApart = (time: number): number => Math.abs(time - machine.now()) / 60_000;

it('PostgreSQL and what is started with an environment of its own live on the same date as this process', async () => {
  const database = await cloneDatabase();
  // eslint-disable-next-line no-restricted-syntax -- it is what is looked at here
  const [{ now }] = (await database.query<{ now: Date }>('select now()')) as [{ now: Date }];
  await database.drop();
  const env = { PATH: process.env['PATH'] };
  const child = spawn('date', ['+%s'], { env });
  const [[, said]] = [await Promise.all([once(child, 'exit'), text(child.stdout)])];
  const grandchild = execFileSync(process.execPath, ['-e', 'console.log(Date.now() / 1000)'], { encoding: 'utf8' });
  const dates = [now.getTime(), Number(said) * 1000, Number(grandchild) * 1000];
  expect(dates.map(minutesApart).filter((minutes) => !(minutes < 5))).toEqual([]);
});

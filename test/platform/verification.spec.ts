import { newId, readLog, Database, verifyRows, type Head, type LogRow } from '@fil-rouge/platform';
import { platform, query, smallStore, take } from './record-store-story';

describe('what somebody altered behind the store’s back', () => {
  smallStore();

  it('verifies a log to the head it has when its last page is read, not to an older or a newer one', async () => {
    const stream = newId();
    await take(stream, 400, true);
    await take(stream, 100);
    let head: Head | null = null;
    const rows = async function* (): AsyncGenerator<LogRow> {
      for await (const row of readLog(platform.app.get(Database), stream, { sawHead: (seen) => void (head = seen) })) {
        if (row.seq === 250) await take(stream);
        yield row;
      }
    };
    expect(await verifyRows(stream, () => head!, rows())).toEqual({ events: 501 });
    expect(head).toMatchObject({ version: 501 });
  });

  // Last: what these damage stays damaged.
  it('does not open a sealed piece that was moved to another record', async () => {
    const [mine, other] = [newId(), newId()];
    await take(mine, 1, true);
    await take(other, 1, true);
    await query(
      `update piece set ciphertext = (select ciphertext from piece where stream_id = $1) where stream_id = $2`,
      [mine, other],
    );
    await query(`update stream set state_version = 'older' where id = $1`, [other]);
    await expect(take(other)).rejects.toThrow();
  });

  it('finds an event that was altered behind its back, and a log cut off at its end', async () => {
    const stream = newId();
    await take(stream, 4, true);
    const [head] = await query<Head>('select version, hash, key is not null as sealed from stream where id = $1', [
      stream,
    ]);
    const verified = () => verifyRows(stream, () => head!, readLog(platform.app.get(Database), stream));
    await query('alter table event disable trigger all');
    await query(`update event set data = '{"forged": true}' where stream_id = $1 and seq = 2`, [stream]);
    expect((await verified()).brokenAt).toBe(2);
    await query(`update event set data = '{}' where stream_id = $1 and seq = 2`, [stream]);
    await query('delete from event where stream_id = $1 and seq = 4', [stream]);
    expect((await verified()).brokenAt).toBe(4);
    await query('alter table event enable trigger all');
  });
});

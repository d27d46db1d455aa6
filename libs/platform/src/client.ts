import { Client } from 'pg';

/**
 * Work on one connection of its own, which ends with it: for what is done beside a running system, or before there is one.
 * @param options as PostgreSQL takes them on its command line: `-c role=owner`
 */
export async function withClient<R>(url: string, work: (client: Client) => Promise<R>, options?: string): Promise<R> {
  const client = new Client({ connectionString: url, ...(options && { options }) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import { api, pages } from '../api/client';
import { Failure } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { NewsRow } from './Day';
import { useRead } from './reading';

/** Everything that was told, read or not. */
export default function News() {
  const list = api.useInfiniteQuery('get', '/v1/notifications', { params: { query: { limit: 30 } } }, pages);
  const read = useRead();
  return (
    <Page title="Nouvelles" tab="Nouvelles">
      {read.error != null && <Failure error={read.error} />}
      <PagedRows of={list} label="Nouvelles" empty={<p>Rien ne vous a encore été annoncé.</p>} more="Plus anciennes">
        {(one) => <NewsRow one={one} onRead={read.send} />}
      </PagedRows>
    </Page>
  );
}

import { api, pages } from '../api/client';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { NewsRow } from './Day';

/** Everything that was told, read or not. */
export default function News() {
  const list = api.useInfiniteQuery('get', '/v1/notifications', { params: { query: { limit: 30 } } }, pages);
  return (
    <Page title="Nouvelles" tab="Nouvelles">
      <PagedRows of={list} label="Nouvelles" empty={<p>Rien ne vous a encore été annoncé.</p>} more="Plus anciennes">
        {(one) => <NewsRow one={one} />}
      </PagedRows>
    </Page>
  );
}

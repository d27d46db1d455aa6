import { api, pages } from '../api/client';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { NewsRow } from './Day';

/** Everything that was told, read or not. */
export default function News() {
  const list = api.useInfiniteQuery('get', '/v1/notifications', { params: { query: { limit: 30 } } }, pages);
  return (
    <Page title="Nouvelles" tab="Nouvelles">
      <Answer of={list}>
        {({ pages: read }) => (
          <section className="sheet">
            <ul className="rows">
              {read.flatMap(({ items }) => items.map((one) => <NewsRow one={one} key={one.id} />))}
            </ul>
            {list.hasNextPage && (
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Plus anciennes
              </Button>
            )}
          </section>
        )}
      </Answer>
    </Page>
  );
}

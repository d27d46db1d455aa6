import type { ReactNode } from 'preact/compat';
import { Answer } from './Answer';
import { Button } from './Button';
import { Empty } from './Empty';

interface Paged<Item> {
  data: { pages: { items: Item[] }[] } | undefined;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface Props<Item> {
  of: Paged<Item>;
  label: string;
  /** What will come here, when there is nothing. */
  empty: ReactNode;
  more?: string;
  children: (item: Item) => ReactNode;
}

/** A list on its sheet: its rows, what to say when there are none, and the way on. */
export function PagedRows<Item extends { id: string }>({ of, label, empty, more, children }: Props<Item>) {
  return (
    <Answer of={of}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        return (
          <section className="sheet" aria-label={label}>
            {rows.length === 0 ? (
              <Empty>{empty}</Empty>
            ) : (
              <ul className="rows">
                {rows.map((row) => (
                  <li key={row.id}>{children(row)}</li>
                ))}
              </ul>
            )}
            {of.hasNextPage && (
              <Button busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
                {more ?? 'Voir la suite'}
              </Button>
            )}
          </section>
        );
      }}
    </Answer>
  );
}

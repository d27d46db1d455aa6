import { useSyncExternalStore } from 'preact/compat';

/**
 * Where one is: `#/cases?status=closed`, all of it behind the hash. wouter's own hook keeps filters before the hash, where those of one page would stay
 * with the next, and a link opened in another window would find nothing.
 */
const listeners = new Set<() => void>();
const changed = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('hashchange', changed);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('hashchange', changed);
  };
}

const parts = (): [path: string, search: string] => {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?', 2);
  return [`/${path}`, search];
};

function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const address = `${location.pathname}#${to.startsWith('/') ? to : `/${to}`}`;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed();
}

export const addressNow = (): string => parts()[0];
const searchNow = () => parts()[1];

export const useAddress = (): [string, typeof go] => [useSyncExternalStore(subscribe, addressNow), go];
function useFilter(): string {
  return useSyncExternalStore(subscribe, searchNow);
}
useAddress.searchHook = useFilter;
useAddress.hrefs = (href: string) => `#${href}`;

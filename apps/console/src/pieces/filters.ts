import { useSearchParams } from 'wouter';

/** What a list is narrowed to stands in the address, so that it can be kept and sent on: codes, ids and days, never a name. */
export function useFilters() {
  const [chosen, choose] = useSearchParams();
  const changeAll = (filters: Readonly<Record<string, string>>) =>
    choose(
      (before) => {
        for (const [name, code] of Object.entries(filters)) {
          if (code === '') before.delete(name);
          else before.set(name, code);
        }
        return before;
      },
      { replace: true },
    );
  return {
    of: <Code extends string>(name: string) => (chosen.get(name) ?? undefined) as Code | undefined,
    /** An empty choice takes the filter away. */
    change: (name: string) => (code: string) => changeAll({ [name]: code }),
    changeAll,
    /** As it stands in the address, for another page with the same choices. */
    chosen: chosen.size === 0 ? '' : `?${chosen.toString()}`,
  };
}

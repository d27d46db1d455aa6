import { useState } from 'preact/compat';
import { http, type Shape } from '../api/client';

/** A reading with its reason: each page of it is an entry of the journal, so nothing is asked for before it is wanted, nor kept. */
export function useReading(caseId: string) {
  const [body, setBody] = useState<Shape<'ReadingBody'>>();
  const [read, setRead] = useState<Shape<'ReadingPage'>>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  async function ask(why: Shape<'ReadingBody'>, cursor?: string): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { data } = await http.POST('/v1/audit/cases/{id}/readings', {
        params: { path: { id: caseId }, query: { limit: 50, ...(cursor && { cursor }) } },
        body: why,
      });
      if (!data) return;
      setBody(why);
      setRead((before) => (before && cursor ? { ...data, items: [...before.items, ...data.items] } : data));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    error,
    resident: read?.resident,
    items: read?.items ?? [],
    more: read?.nextCursor != null,
    begin: (why: Shape<'ReadingBody'>) => void ask(why),
    next: () => body && read?.nextCursor && void ask(body, read.nextCursor),
  };
}

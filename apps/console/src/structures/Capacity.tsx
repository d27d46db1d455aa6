import { api, http, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { Failure } from '../pieces/Answer';
import { then, useAtOnce } from '../pieces/at-once';
import { useMe } from '../sign-in/me';

type Detail = Shape<'StructureDetailResponse'>;

/** How much room there is, in one click. */
export function Capacity({ of }: { of: Detail }) {
  const words = useWords();
  const act = useAtOnce(
    (capacity: Detail['capacity']) =>
      http.PUT('/v1/structures/{id}/capacity', { params: { path: { id: of.id } }, body: { capacity } }),
    (capacity) => [then('/v1/structures/{id}', (one) => (one.id === of.id ? { ...one, capacity } : one))],
    'L’accueil est à jour',
  );
  return (
    <section className="sheet stack" aria-labelledby="accueil">
      <h2 id="accueil">Y a-t-il de la place ?</h2>
      {act.error != null && <Failure error={act.error} />}
      <div className="choices">
        {(words.all('capacities') as { code: Detail['capacity']; label: string }[]).map(({ code, label }) => (
          <button
            type="button"
            className="choice"
            aria-pressed={of.capacity === code}
            key={code}
            onClick={() => act.send(code)}
          >
            {label}
          </button>
        ))}
      </div>
      <p className="hint">Les autres structures le voient avant d’orienter quelqu’un vers vous.</p>
    </section>
  );
}

/** The same where a desk answers: that there is no more room is noticed there. */
export function OwnCapacity() {
  const { structure } = useMe();
  const { data } = api.useQuery('get', '/v1/structures/{id}', { params: { path: { id: structure.id } } });
  return data ? <Capacity of={data} /> : null;
}

import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { may, useMe } from '../sign-in/me';

/** Who works there today, for whoever may know it. */
export function People({ of }: { of: Shape<'StructureDetailResponse'> }) {
  const me = useMe();
  const words = useWords();
  const { data } = api.useQuery(
    'get',
    '/v1/structures/{id}/people',
    { params: { path: { id: of.id }, query: { limit: 30 } } },
    { enabled: may(me, 'people.read'), retry: false },
  );
  if (!data) return null;
  return (
    <section className="sheet" aria-labelledby="equipe">
      <div className="head">
        <h2 id="equipe">Qui y travaille</h2>
        {may(me, 'people.manage') && (
          <Link href={of.id === me.structure.id ? '/team' : `/team?structure=${of.id}`}>Équipe</Link>
        )}
      </div>
      {data.items.length === 0 ? (
        <p className="soft">Personne aujourd’hui : rien ne peut lui être envoyé.</p>
      ) : (
        <ul className="rows">
          {data.items.map((one) => (
            <li key={one.employmentId}>
              <div>
                <p>{one.name}</p>
                {one.placedAt && <p className="small soft">auprès de {one.placedAt.name}</p>}
              </div>
              <span className="small soft">{words.say('roles', one.role)}</span>
            </li>
          ))}
        </ul>
      )}
      {data.nextCursor !== null && <p className="soft">Et d’autres encore.</p>}
    </section>
  );
}

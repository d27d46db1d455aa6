import { Link } from 'wouter';
import { api } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { buttonClass } from '../pieces/Button';
import { useMe } from '../sign-in/me';

/** Who works in one's own structure today. */
export function Colleagues() {
  const me = useMe();
  const words = useWords();
  const found = api.useQuery('get', '/v1/structures/{id}/people', {
    params: { path: { id: me.structure.id }, query: { limit: 100 } },
  });
  return (
    <Answer of={found}>
      {({ items }) => (
        <section className="sheet" aria-label={me.structure.name}>
          <ul className="rows">
            {items.map((one) => (
              <li key={one.employmentId}>
                <div>
                  <p className="name">{one.name}</p>
                  <p className="small soft">
                    {words.say('roles', one.role)}
                    {one.placedAt && `, auprès de ${one.placedAt.name}`}
                  </p>
                </div>
                {['counsellor', 'manager'].includes(one.role) && (
                  <Link className={buttonClass({ dense: true })} href={`/cases?counsellor=${one.id}`}>
                    Ses dossiers<span className="only-heard"> : {one.name}</span>
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Answer>
  );
}

import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { hoursOf } from './hours';
import { Phone } from '../pieces/Phone';

/** Where it receives, when, and how it is called. */
export function Reception({ of }: { of: Shape<'StructureDetailResponse'> }) {
  const words = useWords();
  if (of.reception.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="lieux">
      <div className="head">
        <h2 id="lieux">Où l’on est reçu</h2>
      </div>
      <ul className="rows">
        {of.reception.map((place) => (
          <li key={place.id}>
            <div>
              <p>
                <strong>{place.name}</strong>
              </p>
              <p>
                {[place.street, place.complement, `${place.postalCode} ${place.communeName ?? ''}`]
                  .filter(Boolean)
                  .join(', ')}
              </p>
              {hoursOf(place.openings ?? [], words).map((line) => (
                <p className="small soft" key={line}>
                  {line}
                </p>
              ))}
              {place.openingsNote && <p className="small soft">{place.openingsNote}</p>}
            </div>
            {place.phone && <Phone of={place.phone} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Phone } from '../pieces/Phone';
import { hoursOf } from '../structures/hours';

type Place = Shape<'ReceptionPlace'>;

interface Props {
  structureId: string;
  name: string;
  /** Shown without being asked: the structure is chosen. */
  open: boolean;
}

/** Where and when a structure receives, whom to ring, what to bring: asked for when somebody looks. */
export function Reception({ structureId, name, open }: Props) {
  const [looked, setLooked] = useState(false);
  return (
    <details
      className="reception"
      open={open || undefined}
      onToggle={({ currentTarget }) => setLooked((before) => before || currentTarget.open)}
    >
      <summary className="small">
        Horaires, téléphone, quoi apporter<span className="only-heard"> : {name}</span>
      </summary>
      {(looked || open) && <Known structureId={structureId} />}
    </details>
  );
}

function Known({ structureId }: { structureId: string }) {
  const found = api.useQuery('get', '/v1/structures/{id}', { params: { path: { id: structureId } } });
  return (
    <Answer of={found}>
      {({ reception, leaflet }) => {
        if (reception.length === 0 && !leaflet)
          return <p className="small soft">Elle n’a pas encore dit où ni quand elle reçoit.</p>;
        return (
          <div className="stack-tight small">
            {leaflet?.purpose && <p>{leaflet.purpose}</p>}
            {reception.slice(0, 3).map((place) => (
              <Where place={place} key={place.id} />
            ))}
            {reception.length > 3 && <p className="soft">et {reception.length - 3} autres lieux</p>}
            {leaflet?.bring && <p>À apporter : {leaflet.bring}</p>}
            {leaflet?.coming && <p>Pour venir : {leaflet.coming}</p>}
          </div>
        );
      }}
    </Answer>
  );
}

function Where({ place }: { place: Place }) {
  const words = useWords();
  const hours = [...hoursOf(place.openings ?? [], words), place.openingsNote].filter(Boolean).join(' ; ');
  return (
    <p>
      <strong>{place.name}</strong>, {place.street}, {place.communeName ?? place.postalCode}
      {hours && ` : ${hours}`}
      {place.phone && (
        <>
          {'. '}
          <Phone of={place.phone} />
        </>
      )}
    </p>
  );
}

import { api, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { Select } from '../pieces/Select';

type Kind = Shape<'RecordSessionBody'>['place'];

const kinds: readonly string[] = ['lieu_activite', 'domicile', 'a_distance', 'autre'];

interface Props {
  /** The kind of place, or one of the structure's own by its id. */
  value: string;
  onChange: (where: string) => void;
  /** What the place was called that was chosen before. */
  named?: string;
  wrong?: string;
}

/** One's structure's places, those one uses most first, then the kinds of places that are not its own. */
export function Where({ value, onChange, named, wrong }: Props) {
  const words = useWords();
  const own = useOwnPlaces().data?.items ?? [];
  return (
    <Select
      label="Où"
      value={value}
      onChange={onChange}
      wrong={wrong}
      choices={[
        ...own.map(({ id, name }) => ({ code: id, label: name })),
        // One that has closed, or is another structure's, stays what was said.
        ...(kinds.includes(value) || own.some(({ id }) => id === value)
          ? []
          : [{ code: value, label: named ?? 'Lieu d’avant' }]),
        ...words.all('places').filter(({ code }) => own.length === 0 || code !== 'lieu_activite' || code === value),
      ]}
    />
  );
}

export const useOwnPlaces = () =>
  api.useQuery('get', '/v1/places', { params: { query: { status: ['open'], limit: 100 } } }, { staleTime: 60_000 });

/** What a form's choice is called in a body. */
export const whereOf = (value: string): { place: Kind; placeId?: string } =>
  kinds.includes(value) ? { place: value as Kind } : { place: 'lieu_activite', placeId: value };

/** What a form begins with where nothing was said: the place one uses most. */
export const usualPlace = (own: readonly Shape<'PlaceShown'>[]): string =>
  (own.find(({ usual }) => usual) ?? own[0])?.id ?? 'lieu_activite';

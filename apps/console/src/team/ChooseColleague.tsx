import { api } from '../api/client';
import { Select } from '../pieces/Select';
import { may, useMe } from '../sign-in/me';

/** Who follows residents in one's own structure today, each once. */
export function useColleagues() {
  const me = useMe();
  const { data } = api.useQuery(
    'get',
    '/v1/structures/{id}/people',
    { params: { path: { id: me.structure.id }, query: { role: ['counsellor', 'manager'], limit: 100 } } },
    { enabled: may(me, 'people.read') && may(me, 'session.read'), staleTime: 60_000 },
  );
  return [...new Map(data?.items.map((one) => [one.id, one])).values()];
}

interface Props {
  label: string;
  value: string;
  onChange: (id: string) => void;
  /** What stands before the names: everybody, oneself. */
  before?: readonly { code: string; label: string }[];
  wrong?: string;
}

/** A colleague of one's own structure. */
export function ChooseColleague({ label, value, onChange, before = [], wrong }: Props) {
  const colleagues = useColleagues();
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      wrong={wrong}
      choices={[...before, ...colleagues.map(({ id, name }) => ({ code: id, label: name }))]}
    />
  );
}

import { useState } from 'preact/compat';
import { Chooser } from '../pieces/Chooser';
import { nameOf } from '../pieces/Person';
import { useFound } from './FindResident';

/** Somebody who is followed: the case, and what to call the person meanwhile. */
export interface Followed {
  readonly id: string;
  readonly name: string;
}

interface Props {
  label: string;
  chosen: Followed | undefined;
  onChoose: (one: Followed | undefined) => void;
  /** Cases that are not offered. */
  except?: readonly string[];
  wrong?: string;
}

/** One person of one's own cases, by the beginnings of the name. */
export function ChooseFollowed({ label, chosen, onChoose, except = [], wrong }: Props) {
  const [name, setName] = useState('');
  const found = useFound(name);
  const typed = name.trim().length >= 2;
  const rows = typed ? (found.data?.items ?? []).filter((one) => !except.includes(one.id)) : [];
  const take = (one: (typeof rows)[number]) => {
    setName('');
    onChoose({ id: one.id, name: nameOf(one.resident) });
  };
  const nobody = typed && found.data !== undefined && rows.length === 0;
  const heard = nobody ? 'Personne de ce nom dans vos dossiers.' : `${rows.length} personnes trouvées`;
  return (
    <Chooser
      label={label}
      placeholder="Les premières lettres du nom"
      chosen={chosen && <strong>{chosen.name}</strong>}
      onChange={() => onChoose(undefined)}
      text={name}
      onText={setName}
      rows={rows.map((one) => ({
        key: one.id,
        shown: (
          <>
            {nameOf(one.resident)} <span className="hint">{one.resident.communeName}</span>
          </>
        ),
        take: () => take(one),
      }))}
      found="Personnes trouvées"
      heard={typed && found.data ? heard : undefined}
      said={nobody}
      fresh={found.fresh}
      wrong={wrong}
    />
  );
}

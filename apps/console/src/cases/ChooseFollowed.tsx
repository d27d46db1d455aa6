import { useId, useState } from 'react';
import { Button } from '../pieces/Button';
import { Wrong } from '../pieces/Field';
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
  const id = useId();
  const [name, setName] = useState('');
  const found = useFound(name);
  const typed = name.trim().length >= 2;
  const rows = typed ? (found.data?.items ?? []).filter((one) => !except.includes(one.id)) : [];
  const take = (one: (typeof rows)[number]) => {
    setName('');
    onChoose({ id: one.id, name: nameOf(one.resident) });
  };
  if (chosen)
    return (
      <div className="field">
        <span className="label">{label}</span>
        <p className="acts">
          <strong>{chosen.name}</strong>
          <Button quiet dense onClick={() => onChoose(undefined)}>
            Changer
          </Button>
        </p>
      </div>
    );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        placeholder="Les premières lettres du nom"
        value={name}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (rows[0] && found.fresh) take(rows[0]);
        }}
      />
      {rows.length > 0 && (
        <ul className="choices" aria-label="Personnes trouvées">
          {rows.map((one) => (
            <li key={one.id}>
              <button type="button" className="choice" onClick={() => take(one)}>
                {nameOf(one.resident)} <span className="hint">{one.resident.communeName}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className={typed && found.data && rows.length === 0 ? 'soft' : 'only-heard'} role="status">
        {typed &&
          found.data &&
          (rows.length === 0 ? 'Personne de ce nom dans vos dossiers.' : `${rows.length} personnes trouvées`)}
      </p>
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
    </div>
  );
}

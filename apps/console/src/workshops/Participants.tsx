import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { ChooseFollowed, type Followed } from '../cases/ChooseFollowed';
import { Button } from '../pieces/Button';
import { Group } from '../pieces/Field';
import { Text } from '../pieces/Text';

interface Props {
  value: readonly Followed[];
  onChange: (participants: readonly Followed[]) => void;
  wrong?: string;
}

/** Who came and has a case: found while typing, one after the other. */
export function Participants({ value, onChange, wrong }: Props) {
  return (
    <div className="stack">
      <ChooseFollowed
        label="Qui est venu ?"
        chosen={undefined}
        except={value.map(({ id }) => id)}
        onChoose={(one) => one && onChange([...value, one])}
        wrong={wrong}
      />
      {value.length > 0 && (
        <ul className="rows" aria-label="Venus">
          {value.map(({ id, name }) => (
            <li key={id}>
              <span className="name">{name}</span>
              <Button quiet dense onClick={() => onChange(value.filter((one) => one.id !== id))}>
                Retirer<span className="only-heard"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Anonymous = Shape<'AnonymousBody'>;
type By = 'byAge' | 'byGender' | 'byStatus';

const tables: readonly [By, string, string][] = [
  ['byAge', 'Âge', 'ageBrackets'],
  ['byGender', 'Genre', 'genders'],
  ['byStatus', 'Situation', 'residentStatuses'],
];

/** The others, as numbers. */
export function Others({
  value,
  onChange,
  wrong,
}: {
  value: Anonymous;
  onChange: (anonymous: Anonymous) => void;
  wrong?: string;
}) {
  const words = useWords();
  const counts = (by: By) => (value[by] ?? {}) as Record<string, number>;
  const set = (by: By, code: string, typed: string) => {
    const { [code]: _, ...rest } = counts(by);
    onChange({ ...value, [by]: Number(typed) > 0 ? { ...rest, [code]: Number(typed) } : rest });
  };
  return (
    <div className="stack">
      <Text
        label="Combien d’autres, sans dossier ?"
        type="number"
        min={0}
        max={10_000}
        value={String(value.total)}
        onChange={(total) => onChange({ ...value, total: Number(total) })}
        wrong={wrong}
      />
      {value.total > 0 && (
        <details>
          <summary>Préciser leur âge, leur genre, leur situation</summary>
          <div className="form">
            {tables.map(([by, legend, vocabulary]) => (
              <Group legend={legend} key={by}>
                {words.all(vocabulary).map(({ code, label }) => (
                  <Text
                    key={code}
                    label={label}
                    type="number"
                    min={0}
                    max={value.total}
                    value={counts(by)[code] === undefined ? '' : String(counts(by)[code])}
                    onChange={(typed) => set(by, code, typed)}
                  />
                ))}
              </Group>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

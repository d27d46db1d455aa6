import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { ChooseCommune, type Commune } from '../network/ChooseCommune';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, type Choice } from '../pieces/Choices';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';

type Body = Shape<'DeclareStructureRequest'>;

export interface Written {
  name: string;
  siret: string;
  typology: Body['typology'];
  services: Body['services'];
  communes: readonly Commune[];
}

interface Props {
  value: Written;
  change: (part: Partial<Written>) => void;
  error: unknown;
  busy: boolean;
  verb: string;
  onSend: () => void;
  onClose: () => void;
}

export function StructureForm({ value, change, error, busy, verb, onSend, onClose }: Props) {
  const words = useWords();
  const wrong = (member: string) => about(error, member);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {error != null && <Failure error={error} />}
      <Text
        label="Nom"
        required
        maxLength={200}
        value={value.name}
        onChange={(name) => change({ name })}
        wrong={wrong('name')}
      />
      <Select
        label="Ce qu’elle est"
        value={value.typology}
        onChange={(typology) => change({ typology: typology as Body['typology'] })}
        choices={words.all('typologies')}
        wrong={wrong('typology')}
      />
      <Text
        label="SIRET"
        hint="14 chiffres, si elle en a un."
        inputMode="numeric"
        value={value.siret}
        onChange={(siret) => change({ siret })}
        wrong={wrong('siret')}
      />
      <Services value={value.services} onChange={(services) => change({ services })} wrong={wrong('services')} />
      <Communes value={value.communes} onChange={(communes) => change({ communes })} wrong={wrong('communes')} />
      <div className="acts">
        <Button main type="submit" busy={busy}>
          {verb}
        </Button>
        <Button onClick={onClose}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

interface Of<Value> {
  value: Value;
  onChange: (value: Value) => void;
  wrong?: string;
}

export function Services({ value, onChange, wrong }: Of<Body['services']>) {
  const words = useWords();
  return (
    <AnyOf
      legend="Ce qu’elle propose"
      choices={words.all('services') as Choice<Body['services'][number]>[]}
      value={value}
      onChange={onChange}
      wrong={wrong}
    />
  );
}

export function Communes({ value, onChange, wrong }: Of<readonly Commune[]>) {
  return (
    <div className="stack">
      <ChooseCommune
        key={value.length}
        label="Ajouter une commune où elle intervient"
        chosen={undefined}
        onChoose={(one) => one && !value.some(({ code }) => code === one.code) && onChange([...value, one])}
        wrong={wrong}
      />
      {value.length > 0 && (
        <ul className="choices" aria-label="Communes où elle intervient">
          {value.map(({ code, name }) => (
            <li key={code}>
              <Button dense onClick={() => onChange(value.filter((one) => one.code !== code))}>
                {name} <span aria-hidden="true">×</span>
                <span className="only-heard"> : retirer</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

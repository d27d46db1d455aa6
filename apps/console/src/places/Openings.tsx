import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { Button } from '../pieces/Button';
import { Group } from '../pieces/Field';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';

export type Opening = Shape<'OpeningShown'>;

interface Props {
  value: readonly Opening[];
  onChange: (openings: Opening[]) => void;
  wrong?: string;
}

/** From when to when on which day: one line for each time the door opens. */
export function Openings({ value, onChange, wrong }: Props) {
  const words = useWords();
  const days = words.all('weekdays') as readonly { code: Opening['weekday']; label: string }[];
  const set = (index: number, part: Partial<Opening>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const next = days[days.findIndex(({ code }) => code === value.at(-1)?.weekday) + 1]?.code ?? 'monday';
  return (
    <Group legend="Heures d’ouverture" wrong={wrong}>
      <div className="openings">
        {value.map(({ weekday, from, to }, index) => (
          <div className="side-by-side" role="group" aria-label={`Ouverture ${index + 1}`} key={index}>
            <Select
              label="Jour"
              value={weekday}
              onChange={(code) => set(index, { weekday: code as Opening['weekday'] })}
              choices={days}
            />
            <Text label="De" type="time" required value={from} onChange={(time) => set(index, { from: time })} />
            <Text label="À" type="time" required value={to} onChange={(time) => set(index, { to: time })} />
            <Button dense onClick={() => onChange(value.filter((_, at) => at !== index))}>
              Retirer<span className="only-heard"> l’ouverture {index + 1}</span>
            </Button>
          </div>
        ))}
        <Button
          onClick={() =>
            onChange([
              ...value,
              { weekday: next, from: value.at(-1)?.from ?? '09:00', to: value.at(-1)?.to ?? '12:00' },
            ])
          }
        >
          Ajouter des heures
        </Button>
      </div>
    </Group>
  );
}

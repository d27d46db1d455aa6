import { today } from '../api/dates';
import { useWords } from '../api/words';
import { OneOf, type Choice } from './Choices';
import { Text } from './Text';

export type How = 'oral' | 'phone' | 'written';

interface Props {
  /** What the person was told, as the legend of the boxes. */
  legend: string;
  how: How | undefined;
  on: string;
  onChange: (part: { how?: How; on?: string }) => void;
  wrong?: string;
}

/** How and when the person was told. How is never chosen beforehand: it must be true. */
export function Informed({ legend, how, on, onChange, wrong }: Props) {
  const words = useWords();
  return (
    <div className="informed">
      <OneOf
        legend={legend}
        choices={words.all('informedHows') as Choice<How>[]}
        value={how}
        onChange={(chosen) => onChange({ how: chosen })}
        wrong={wrong}
      />
      {how !== undefined && (
        <Text
          label="Quel jour ?"
          type="date"
          max={today()}
          required
          value={on}
          onChange={(day) => onChange({ on: day })}
        />
      )}
    </div>
  );
}

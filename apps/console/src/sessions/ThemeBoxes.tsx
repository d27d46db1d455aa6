import { useWords } from '../api/words';
import { AnyOf } from '../pieces/Choices';
import { themesFor, type Theme } from './themes';

interface Props {
  legend: string;
  value: readonly Theme[];
  onChange: (themes: Theme[]) => void;
  /** Those it is probably about: they come first. */
  known?: readonly string[];
  wrong?: string;
}

/** Eight boxes in sight, the others folded until one of them is ticked. */
export function ThemeBoxes({ legend, value, onChange, known = [], wrong }: Props) {
  const { near, others } = themesFor(useWords(), known);
  return (
    <>
      <AnyOf legend={legend} choices={near} value={value} onChange={onChange} wrong={wrong} />
      <details open={others.some(({ code }) => value.includes(code))}>
        <summary>Autres thèmes</summary>
        <AnyOf legend="Autres thèmes" choices={others} value={value} onChange={onChange} />
      </details>
    </>
  );
}

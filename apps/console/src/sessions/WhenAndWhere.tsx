import { today } from '../api/dates';
import { Text } from '../pieces/Text';
import { Duration } from './Duration';
import { Where } from './Where';

interface Written {
  date: string;
  minutes: string;
  where: string;
}

interface Props {
  value: Written;
  change: (part: Partial<Written>) => void;
  wrong: (member: string) => string | undefined;
  /** Of the place it stands at already, which may be closed by now. */
  placeName?: string;
}

/** What is said of anything that was done with people: the day, how long, where. */
export const WhenAndWhere = ({ value, change, wrong, placeName }: Props) => (
  <div className="side-by-side">
    <Text
      label="Jour"
      type="date"
      required
      max={today()}
      value={value.date}
      onChange={(date) => change({ date })}
      wrong={wrong('date')}
    />
    <Duration value={value.minutes} onChange={(minutes) => change({ minutes })} wrong={wrong('minutes')} />
    <Where
      value={value.where}
      named={placeName}
      onChange={(where) => change({ where })}
      wrong={wrong('placeId') ?? wrong('place') ?? wrong('commune')}
    />
  </div>
);

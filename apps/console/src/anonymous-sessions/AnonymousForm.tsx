import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf, type Choice } from '../pieces/Choices';
import { WhenAndWhere } from '../sessions/WhenAndWhere';
import { ThemeBoxes } from '../sessions/ThemeBoxes';
import type { Theme } from '../sessions/themes';

type Body = Shape<'RecordAnonymousSessionBody'>;

export interface Anonymous {
  date: string;
  minutes: string;
  where: string;
  themes: Theme[];
  equipment: Body['equipment'];
  autonomy: Body['autonomy'];
  ageBracket: Body['ageBracket'];
  gender: Body['gender'];
  residentStatus: Body['residentStatus'];
}

interface Props {
  value: Anonymous;
  change: (part: Partial<Anonymous>) => void;
  /** What the place was called. */
  placeName?: string;
  error: unknown;
  busy: boolean;
  verb: string;
  onSend: () => void;
  onClose: () => void;
}

/** Codes alone: there is no field in which it could be said who it was. */
export function AnonymousForm({ value, change, placeName, error, busy, verb, onSend, onClose }: Props) {
  const words = useWords();
  const wrong = (member: string) => about(error, member);
  // Those it began with: boxes stay where they are while they are ticked.
  const [known] = useState(value.themes);
  const choices = <Code extends string>(name: string) => words.all(name) as Choice<Code>[];
  return (
    <form
      className="form session"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {error != null && <Failure error={error} />}
      <ThemeBoxes
        legend="De quoi s’agissait-il ?"
        known={known}
        value={value.themes}
        onChange={(themes) => change({ themes })}
        wrong={wrong('themes')}
      />
      <WhenAndWhere value={value} change={change} wrong={wrong} placeName={placeName} />
      <details className="more">
        <summary>Ajouter : matériel, progrès, âge, situation</summary>
        <div className="form">
          <AnyOf
            legend="Matériel"
            choices={choices<Anonymous['equipment'][number]>('equipments')}
            value={value.equipment}
            onChange={(equipment) => change({ equipment })}
          />
          <OneOf
            legend="La personne a fait seule ?"
            choices={choices<NonNullable<Anonymous['autonomy']>>('autonomies')}
            value={value.autonomy}
            onChange={(autonomy) => change({ autonomy })}
          />
          <OneOf
            legend="Âge"
            choices={choices<NonNullable<Anonymous['ageBracket']>>('ageBrackets')}
            value={value.ageBracket}
            onChange={(ageBracket) => change({ ageBracket })}
          />
          <OneOf
            legend="Genre"
            choices={choices<NonNullable<Anonymous['gender']>>('genders')}
            value={value.gender}
            onChange={(gender) => change({ gender })}
          />
          <OneOf
            legend="Situation"
            choices={choices<NonNullable<Anonymous['residentStatus']>>('residentStatuses')}
            value={value.residentStatus}
            onChange={(residentStatus) => change({ residentStatus })}
          />
        </div>
      </details>
      <div className="acts">
        <Button main type="submit" busy={busy}>
          {verb}
        </Button>
        <Button onClick={onClose}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

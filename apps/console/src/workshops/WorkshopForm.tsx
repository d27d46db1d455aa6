import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import type { Followed } from '../cases/ChooseFollowed';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Text } from '../pieces/Text';
import { WhenAndWhere } from '../sessions/WhenAndWhere';
import { ThemeBoxes } from '../sessions/ThemeBoxes';
import type { Theme } from '../sessions/themes';
import { Others, Participants } from './Participants';

export interface Written {
  title: string;
  date: string;
  minutes: string;
  where: string;
  level: Shape<'HoldWorkshopBody'>['level'];
  themes: Theme[];
  participants: readonly Followed[];
  anonymous: Shape<'AnonymousBody'>;
  /** Of a correction. */
  reason: string;
}

interface Props {
  value: Written;
  change: (part: Partial<Written>) => void;
  placeName?: string;
  error: unknown;
  busy: boolean;
  verb: string;
  onSend: () => void;
  onClose: () => void;
  corrects?: boolean;
}

export function WorkshopForm({ value, change, placeName, error, busy, verb, onSend, onClose, corrects }: Props) {
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
        label="Titre"
        hint="Par exemple : Premiers pas avec la messagerie."
        required
        maxLength={200}
        value={value.title}
        onChange={(title) => change({ title })}
        wrong={wrong('title')}
      />
      <WhenAndWhere value={value} change={change} wrong={wrong} placeName={placeName} />
      <Participants
        value={value.participants}
        onChange={(participants) => change({ participants })}
        wrong={wrong('participants')}
      />
      <Others value={value.anonymous} onChange={(anonymous) => change({ anonymous })} wrong={wrong('anonymous')} />
      <ThemeBoxes
        legend="De quoi s’agissait-il ?"
        known={corrects ? value.themes : []}
        value={value.themes}
        onChange={(themes) => change({ themes })}
        wrong={wrong('themes')}
      />
      <OneOf
        legend="Niveau"
        hint="Si l’atelier en avait un."
        choices={words.all('workshopLevels') as Choice<NonNullable<Written['level']>>[]}
        value={value.level}
        onChange={(level) => change({ level })}
      />
      {corrects && (
        <Text
          label="Pourquoi corriger"
          hint="Si c’est utile. Ce qui était écrit avant reste lisible."
          maxLength={500}
          value={value.reason}
          onChange={(reason) => change({ reason })}
          wrong={wrong('reason')}
        />
      )}
      <div className="acts">
        <Button main type="submit" busy={busy}>
          {verb}
        </Button>
        <Button onClick={onClose}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

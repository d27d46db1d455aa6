import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf, type Choice } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText, Text } from '../pieces/Text';
import { OwnNote } from '../pieces/OwnNote';
import { WhenAndWhere } from './WhenAndWhere';
import type { Theme } from './themes';
import { ThemeBoxes } from './ThemeBoxes';
import { usualPlace, whereOf } from './Where';

type Body = Shape<'RecordSessionBody'>;

interface Written {
  date: string;
  minutes: string;
  /** The kind of place, or one of the structure's own by its id. */
  where: string;
  themes: Theme[];
  equipment: Body['equipment'];
  autonomy?: Body['autonomy'];
  procedure: string;
  summary: string;
  privateNote: string;
}

interface Props {
  of: Shape<'CaseShown'>;
  preset: Shape<'PresetValues'>;
  /** The same once more: what it is about, and with what, is known. */
  again?: boolean;
  places: readonly Shape<'PlaceShown'>[];
  onDone: () => void;
}

/** What a session needs in sight, the rest folded, one button. Sent twice it is one session. */
export function SessionForm({ of, preset, again, places, onDone }: Props) {
  const words = useWords();
  const draft = useDraft<Written>(`session ${of.id}`, {
    date: preset.date,
    minutes: String(preset.minutes ?? 45),
    where: preset.placeId ?? preset.place ?? usualPlace(places),
    // What the last one was about says nothing of this one: that is chosen.
    themes: again ? (preset.themes ?? []) : [],
    equipment: again ? (preset.equipment ?? []) : [],
    procedure: '',
    summary: '',
    privateNote: '',
  });
  const act = useDraftedAct(draft, '/v1/cases/{id}/sessions', 'Accompagnement enregistré', onDone);
  const { value, change } = draft;
  const wrong = (member: string) => about(act.error, member);
  return (
    <form
      className="form session"
      onSubmit={(event) => {
        event.preventDefault();
        act.send({ params: { path: { id: of.id } }, body: bodyOf(value, of, preset.appointmentId) });
      }}
    >
      <FoundAgain found={draft.found} />
      {act.error != null && <Failure error={act.error} />}
      <ThemeBoxes
        legend="De quoi s’agissait-il ?"
        known={again ? [...(preset.themes ?? []), ...of.themes] : of.themes}
        value={value.themes}
        onChange={(themes) => change({ themes })}
        wrong={wrong('themes') && 'Choisissez au moins un thème.'}
      />
      <WhenAndWhere value={value} change={change} wrong={wrong} />
      <details className="more">
        <summary>Ajouter : ce qui a été fait, matériel, progrès, note</summary>
        <div className="form">
          <LongText
            label="Ce qui a été fait"
            hint="Toutes les structures qui suivent cette personne le lisent."
            value={value.summary}
            onChange={(summary) => change({ summary })}
            wrong={wrong('summary')}
          />
          <Text
            label="Démarche en ligne"
            hint="Par exemple : renouveler la carte vitale."
            value={value.procedure}
            onChange={(procedure) => change({ procedure })}
            wrong={wrong('procedure')}
          />
          <AnyOf
            legend="Matériel"
            choices={words.all('equipments') as Choice<Body['equipment'][number]>[]}
            value={value.equipment}
            onChange={(equipment) => change({ equipment })}
          />
          <OneOf
            legend="La personne a fait seule ?"
            choices={words.all('autonomies') as Choice<NonNullable<Body['autonomy']>>[]}
            value={value.autonomy}
            onChange={(autonomy) => change({ autonomy })}
          />
          <OwnNote value={value.privateNote} onChange={(privateNote) => change({ privateNote })} />
        </div>
      </details>
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          Enregistrer
        </Button>
        <Button onClick={() => void draft.drop().then(onDone)}>Ne pas enregistrer</Button>
      </div>
    </form>
  );
}

function bodyOf(value: Written, { resident }: Shape<'CaseShown'>, appointmentId: string | undefined): Body {
  return {
    date: value.date,
    minutes: Number(value.minutes),
    themes: value.themes,
    equipment: value.equipment,
    ...whereOf(value.where),
    // At home is in the resident's commune; a place of the structure says its own.
    ...(value.where === 'domicile' && resident.commune && { commune: resident.commune }),
    ...(value.autonomy && { autonomy: value.autonomy }),
    ...(value.procedure && { procedure: value.procedure }),
    ...(value.summary && { summary: value.summary }),
    ...(value.privateNote && { privateNote: value.privateNote }),
    ...(appointmentId && { appointmentId }),
  };
}

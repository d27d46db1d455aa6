import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf, type Choice } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText, Text } from '../pieces/Text';
import { OwnNote } from '../pieces/OwnNote';
import { WhenAndWhere } from './WhenAndWhere';
import { ThemeBoxes } from './ThemeBoxes';
import { whereOf } from './Where';

type Body = Shape<'CorrectSessionBody'>;

/** Said better: only what has changed is sent, and what stood before stays readable. */
export function CorrectSession({ of, onClose }: { of: Shape<'SessionShown'>; onClose: () => void }) {
  const words = useWords();
  // As it stood when the form was opened: what a colleague corrects meanwhile is not sent back.
  const stored = {
    date: of.date,
    minutes: String(of.minutes),
    where: of.placeId ?? of.place,
    themes: of.themes,
    equipment: of.equipment,
    autonomy: of.autonomy,
    procedure: of.procedure ?? '',
    summary: of.summary ?? '',
    privateNote: of.privateNote ?? '',
    reason: '',
  };
  const draft = useDraft(`session correction ${of.id}`, { before: stored, value: stored });
  const { before, value } = draft.value;
  const change = (part: Partial<typeof stored>) => draft.change({ value: { ...value, ...part } });
  const close = () => void draft.drop().then(onClose);
  const act = useAct('/v1/cases/{id}/sessions/{sid}/corrections', 'Accompagnement corrigé', close, draft.key);
  const wrong = (member: string) => about(act.error, member);
  const changed = (member: keyof typeof before) => value[member] !== before[member];
  const body: Body = {
    ...(changed('date') && { date: value.date }),
    ...(changed('minutes') && { minutes: Number(value.minutes) }),
    ...(changed('where') && { placeId: null, ...whereOf(value.where) }),
    ...(changed('themes') && { themes: value.themes }),
    ...(changed('equipment') && { equipment: value.equipment }),
    ...(changed('autonomy') && value.autonomy && { autonomy: value.autonomy }),
    ...(changed('procedure') && { procedure: value.procedure || null }),
    ...(changed('summary') && { summary: value.summary || null }),
    ...(changed('privateNote') && value.privateNote && { privateNote: value.privateNote }),
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(body).length === 0) return close();
        act.send({
          params: { path: { id: of.caseId, sid: of.id } },
          body: { ...body, ...(value.reason && { reason: value.reason }) },
        });
      }}
    >
      <FoundAgain found={draft.found} />
      {act.error != null && <Failure error={act.error} />}
      <ThemeBoxes
        legend="De quoi s’agissait-il ?"
        known={before.themes}
        value={value.themes}
        onChange={(themes) => change({ themes })}
        wrong={wrong('themes')}
      />
      <WhenAndWhere value={value} change={change} wrong={wrong} placeName={of.placeName} />
      <LongText
        label="Ce qui a été fait"
        hint="Toutes les structures qui suivent cette personne le lisent."
        maxLength={4000}
        value={value.summary}
        onChange={(summary) => change({ summary })}
        wrong={wrong('summary')}
      />
      <Text
        label="Démarche en ligne"
        maxLength={200}
        value={value.procedure}
        onChange={(procedure) => change({ procedure })}
        wrong={wrong('procedure')}
      />
      <AnyOf
        legend="Matériel"
        choices={words.all('equipments') as Choice<(typeof value.equipment)[number]>[]}
        value={value.equipment}
        onChange={(equipment) => change({ equipment })}
      />
      <OneOf
        legend="La personne a fait seule ?"
        choices={words.all('autonomies') as Choice<NonNullable<typeof value.autonomy>>[]}
        value={value.autonomy}
        onChange={(autonomy) => change({ autonomy })}
      />
      <details open={false}>
        <summary>Note de votre structure</summary>
        <OwnNote value={value.privateNote} onChange={(privateNote) => change({ privateNote })} />
      </details>
      <Text
        label="Pourquoi corriger"
        hint="Si c’est utile. Ce qui était écrit avant reste lisible."
        maxLength={500}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        wrong={wrong('reason')}
      />
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          Enregistrer la correction
        </Button>
        <Button onClick={close}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText, Text } from '../pieces/Text';
import { OwnNote } from '../pieces/OwnNote';

/** Said better: only what has changed is sent, and what stood before stays readable. */
export function CorrectNote({ of, onClose }: { of: Shape<'NoteShown'>; onClose: () => void }) {
  const stored = { text: of.text, date: of.date, privateNote: of.privateNote ?? '', reason: '' };
  // As it stood when the form was opened: what a colleague corrects meanwhile is not sent back.
  const draft = useDraft(`note correction ${of.id}`, { before: stored, value: stored });
  const { before, value } = draft.value;
  const change = (part: Partial<typeof stored>) => draft.change({ value: { ...value, ...part } });
  const close = () => void draft.drop().then(onClose);
  const act = useAct('/v1/cases/{id}/notes/{nid}/corrections', 'Note corrigée', close, draft.key);
  const body = {
    ...(value.text !== before.text && { text: value.text }),
    ...(value.date !== before.date && { date: value.date }),
    ...(value.privateNote !== before.privateNote && value.privateNote && { privateNote: value.privateNote }),
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(body).length === 0) return close();
        act.send({
          params: { path: { id: of.caseId, nid: of.id } },
          body: { ...body, ...(value.reason && { reason: value.reason }) },
        });
      }}
    >
      <FoundAgain found={draft.found} />
      {act.error != null && <Failure error={act.error} />}
      <LongText
        label="Note"
        hint="Toutes les structures qui suivent la personne la lisent."
        maxLength={4000}
        value={value.text}
        onChange={(text) => change({ text })}
        wrong={about(act.error, 'text')}
      />
      <Text
        label="Jour"
        type="date"
        required
        max={today()}
        value={value.date}
        onChange={(date) => change({ date })}
        wrong={about(act.error, 'date')}
      />
      <details>
        <summary>Note de votre structure</summary>
        <OwnNote value={value.privateNote} onChange={(privateNote) => change({ privateNote })} />
      </details>
      <Text
        label="Pourquoi corriger"
        hint="Si c’est utile. Ce qui était écrit avant reste lisible."
        maxLength={500}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        wrong={about(act.error, 'reason')}
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

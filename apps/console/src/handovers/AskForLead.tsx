import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText } from '../pieces/Text';

interface Props {
  of: Shape<'CaseShown'>;
  onDone: (answer: { id?: string }) => void;
}

/** Whoever helps asks to lead; who leads now answers. */
export function AskForLead({ of, onDone }: Props) {
  const draft = useDraft(`ask for lead ${of.id}`, { note: '' });
  const { note } = draft.value;
  const { busy, error, send } = useDraftedAct(draft, '/v1/cases/{id}/handovers', 'Demande envoyée', (answer) =>
    onDone(answer),
  );
  const leads = of.lead?.structure.name ?? 'La structure qui mène';
  return (
    <form
      className="sheet form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ params: { path: { id: of.id } }, body: { kind: 'pull', ...(note.trim() && { note }) } });
      }}
    >
      <FoundAgain found={draft.found} />
      <p>Vous demandez à mener ce suivi. {leads} répond sous 10 jours ouvrés ; sans réponse, la coordination décide.</p>
      <LongText
        label="Pourquoi vous ?"
        hint={`${leads} le lit avant de répondre.`}
        value={note}
        onChange={(text) => draft.change({ note: text })}
        wrong={about(error, 'note')}
      />
      {error != null && <Failure error={error} />}
      <p className="acts">
        <Button main type="submit" busy={busy}>
          Demander à mener le suivi
        </Button>
      </p>
    </form>
  );
}

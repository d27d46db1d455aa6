import { useState, type SubmitEvent } from 'react';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { LongText } from '../pieces/Text';

interface Props {
  of: Shape<'CaseShown'>;
  onDone: (answer: { id?: string }) => void;
}

/** Whoever helps asks to lead; who leads now answers. */
export function AskForLead({ of, onDone }: Props) {
  const [note, setNote] = useState('');
  const { busy, error, send } = useAct('/v1/cases/{id}/handovers', 'Demande envoyée', onDone);
  const leads = of.lead?.structure.name ?? 'La structure qui mène';
  return (
    <form
      className="sheet form"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        send({ params: { path: { id: of.id } }, body: { kind: 'pull', ...(note.trim() && { note }) } });
      }}
    >
      <p>Vous demandez à mener ce suivi. {leads} répond sous 10 jours ouvrés ; sans réponse, la coordination décide.</p>
      <LongText
        label="Pourquoi vous ?"
        hint={`${leads} le lit avant de répondre.`}
        value={note}
        onChange={setNote}
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

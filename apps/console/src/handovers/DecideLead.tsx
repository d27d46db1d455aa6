import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Wrong } from '../pieces/Field';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText } from '../pieces/Text';

interface Props {
  of: Shape<'CaseShown'>;
  onDone: (answer: { id?: string }) => void;
}

/** The coordination decides who leads; both sides hear of it. */
export function DecideLead({ of, onDone }: Props) {
  const draft = useDraft<{ to?: Partner; reason: string }>(`decide lead ${of.id}`, { reason: '' });
  const { to, reason } = draft.value;
  const [tried, setTried] = useState(false);
  const { busy, error, send } = useDraftedAct(draft, '/v1/cases/{id}/handovers', 'C’est décidé', (answer) =>
    onDone(answer),
  );
  const refused = (member: string) => about(error, member);
  const wrong = (tried && !to ? 'Choisissez une structure.' : undefined) ?? refused('toStructureId');
  return (
    <form
      className="sheet form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (to && reason.trim())
          send({ params: { path: { id: of.id } }, body: { kind: 'administrative', toStructureId: to.id, reason } });
      }}
    >
      <FoundAgain found={draft.found} />
      <p>
        La structure que vous choisissez mène le suivi tout de suite. Les deux structures sont prévenues et lisent
        pourquoi.
      </p>
      <ChoosePartner label="Qui mène le suivi ?" chosen={to} onChoose={(partner) => draft.change({ to: partner })} />
      {wrong && <Wrong>{wrong}</Wrong>}
      <LongText
        label="Pourquoi ?"
        value={reason}
        onChange={(text) => draft.change({ reason: text })}
        wrong={(tried && !reason.trim() ? 'Dites pourquoi en quelques mots.' : undefined) ?? refused('reason')}
      />
      {error != null && <Failure error={error} />}
      <p className="acts">
        <Button main type="submit" busy={busy}>
          Décider
        </Button>
      </p>
    </form>
  );
}

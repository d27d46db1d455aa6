import { useState } from 'react';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { OneOf, type Choice } from '../pieces/Choices';
import { LongText } from '../pieces/Text';

type Reason = Shape<'CancelWorkshopBody'>['reason'];

export function CancelWorkshop({ of, onClose }: { of: Shape<'WorkshopShown'>; onClose: () => void }) {
  const words = useWords();
  const [reason, setReason] = useState<Reason>();
  const [comment, setComment] = useState('');
  const [asked, setAsked] = useState(false);
  const act = useAct('/v1/workshops/{id}/cancel', 'Marqué comme saisi par erreur', onClose);
  const wrong = (member: string) => about(act.error, member);
  return (
    <Ask
      {...act}
      title="Cet atelier a été saisi par erreur ?"
      verb="Marquer comme erreur"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        if (reason) act.send({ params: { path: { id: of.id } }, body: { reason, ...(comment && { comment }) } });
      }}
    >
      <p>Il reste lisible dans chaque dossier, marqué comme une erreur, et ne compte plus. Cela ne se défait pas.</p>
      <OneOf
        legend="Pourquoi ?"
        choices={words.all('workshopErrors') as Choice<Reason>[]}
        value={reason}
        onChange={setReason}
        wrong={asked && !reason ? 'Choisissez une raison.' : wrong('reason')}
      />
      <LongText
        label="En quelques mots"
        hint={reason === 'other' ? 'Nécessaire pour « Autre ».' : 'Si c’est utile. Votre structure seule le lit.'}
        maxLength={500}
        value={comment}
        onChange={setComment}
        wrong={wrong('comment')}
      />
    </Ask>
  );
}

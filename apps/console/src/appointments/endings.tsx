import { useState } from 'react';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { OneOf, type Choice } from '../pieces/Choices';
import { LongText } from '../pieces/Text';

interface Props {
  of: Shape<'AppointmentShown'>;
  onClose: () => void;
}

type Cancelled = Shape<'CancelAppointmentBody'>;

export function CancelAppointment({ of, onClose }: Props) {
  const words = useWords();
  const [said, setSaid] = useState<Partial<Cancelled> & { comment: string }>({ comment: '' });
  const [asked, setAsked] = useState(false);
  const act = useAct('/v1/cases/{id}/appointments/{aid}/cancel', 'Rendez-vous annulé', onClose);
  const wrong = (member: string) => about(act.error, member);
  const send = () => {
    setAsked(true);
    const { by, reason, comment } = said;
    if (by && reason)
      act.send({ params: { path: { id: of.caseId, aid: of.id } }, body: { by, reason, ...(comment && { comment }) } });
  };
  return (
    <Ask {...act} title="Annuler ce rendez-vous ?" verb="Annuler le rendez-vous" onClose={onClose} onSend={send}>
      <OneOf
        legend="Qui l’annule ?"
        choices={words.all('appointmentSides') as Choice<Cancelled['by']>[]}
        value={said.by}
        onChange={(by) => setSaid({ ...said, by })}
        wrong={asked && !said.by ? 'Dites qui l’annule.' : wrong('by')}
      />
      <OneOf
        legend="Pourquoi ?"
        choices={words.all('appointmentReasons') as Choice<Cancelled['reason']>[]}
        value={said.reason}
        onChange={(reason) => setSaid({ ...said, reason })}
        wrong={asked && !said.reason ? 'Choisissez une raison.' : wrong('reason')}
      />
      <LongText
        label="En quelques mots"
        hint={
          said.reason === 'other'
            ? 'Nécessaire pour « Autre ».'
            : 'Si c’est utile. Tous ceux qui lisent le rendez-vous le voient.'
        }
        maxLength={500}
        value={said.comment}
        onChange={(comment) => setSaid({ ...said, comment })}
        wrong={wrong('comment')}
      />
    </Ask>
  );
}

export function MissAppointment({ of, onClose }: Props) {
  const act = useAct('/v1/cases/{id}/appointments/{aid}/miss', 'Absence notée', onClose);
  return (
    <Ask
      {...act}
      title="La personne n’est pas venue ?"
      verb="Noter l’absence"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.caseId, aid: of.id } } })}
    >
      <p>C’est un fait, pas une faute. Le rendez-vous reste dans le suivi, avec « Manqué ».</p>
    </Ask>
  );
}

import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct, useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { OneOf, type Choice } from '../pieces/Choices';
import { AskWhy, useWhy } from '../pieces/Why';

interface Props {
  of: Shape<'AppointmentShown'>;
  onClose: () => void;
}

type Cancelled = Shape<'CancelAppointmentBody'>;

export function CancelAppointment({ of, onClose }: Props) {
  const words = useWords();
  const [by, setBy] = useState<Cancelled['by']>();
  const why = useWhy<Cancelled['reason']>(`appointment cancelled ${of.id}`);
  const act = useDraftedAct(why, '/v1/cases/{id}/appointments/{aid}/cancel', 'Rendez-vous annulé', onClose);
  return (
    <AskWhy<Cancelled['reason']>
      {...act}
      why={why}
      title="Annuler ce rendez-vous ?"
      verb="Annuler le rendez-vous"
      vocabulary="appointmentReasons"
      readers="Tous ceux qui lisent le rendez-vous le voient."
      above={(tried) => (
        <OneOf
          legend="Qui l’annule ?"
          choices={words.all('appointmentSides') as Choice<Cancelled['by']>[]}
          value={by}
          onChange={setBy}
          wrong={tried && !by ? 'Dites qui l’annule.' : about(act.error, 'by')}
        />
      )}
      onClose={onClose}
      onSend={(reason, more) => {
        if (by) act.send({ params: { path: { id: of.caseId, aid: of.id } }, body: { by, reason, ...more } });
      }}
    />
  );
}

export function UndoMiss({ of, onClose }: Props) {
  const act = useAct('/v1/cases/{id}/appointments/{aid}/miss/undo', 'Le rendez-vous est de nouveau prévu', onClose);
  return (
    <Ask
      {...act}
      title="L’absence a été notée par erreur ?"
      verb="Prévoir de nouveau"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.caseId, aid: of.id } } })}
    >
      <p>Le rendez-vous redevient comme il était. Si la personne est venue, enregistrez ensuite l’accompagnement.</p>
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

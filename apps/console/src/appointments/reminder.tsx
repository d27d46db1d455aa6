import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { hourOf, longDay } from '../api/dates';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Text } from '../pieces/Text';

interface Props {
  of: Shape<'AppointmentShown'>;
  /** The resident's own, as it stands on the record. */
  email: string | undefined;
  onClose: () => void;
}

/** Only who asks for it is reminded: their mailbox may be read by others. */
export function AskReminder({ of, email: known, onClose }: Props) {
  const [email, setEmail] = useState(of.reminder?.email ?? known ?? '');
  const act = useAct('/v1/cases/{id}/appointments/{aid}/reminder', 'Le rappel partira la veille', onClose);
  return (
    <Ask
      {...act}
      title="La personne demande un rappel ?"
      verb="Envoyer un rappel"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.caseId, aid: of.id } }, body: { email } })}
    >
      <p>
        La veille, un courriel lui dit le jour, l’heure, le lieu et avec qui. Rien d’autre. Si le rendez-vous change ou
        s’annule, elle le reçoit aussi.
      </p>
      <Text
        label="Son adresse électronique"
        hint="La sienne : demandez si quelqu’un d’autre lit ses messages."
        type="email"
        required
        value={email}
        onChange={setEmail}
        wrong={about(act.error, 'email')}
      />
    </Ask>
  );
}

/** `à eulalie@exemple.fr, mardi 2 décembre à 9 h` */
export const reminderSaid = ({ email, at, sent }: Shape<'AppointmentReminder'>): string =>
  [email && `à ${email}`, `${sent ? 'parti' : 'part'} ${longDay(at)} à ${hourOf(at)}`].filter(Boolean).join(', ');

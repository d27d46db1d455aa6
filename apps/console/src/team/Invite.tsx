import { useState } from 'preact/compat';
import { about } from '../api/refusal';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Text } from '../pieces/Text';
import { bodyOf, EmploymentFields, useNewWork } from './EmploymentFields';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

/** Somebody new: a link goes to the mailbox, and the password is chosen there. */
export function Invite({ onClose }: { onClose: () => void }) {
  const draft = useDraft('invitation', { who: { name: '', email: '' }, work: useNewWork() });
  const { who, work } = draft.value;
  const setWho = (said: typeof who) => draft.change({ who: said });
  const [asked, setAsked] = useState(false);
  const act = useDraftedAct(draft, '/v1/users', `Une invitation est partie à ${who.email}`, onClose);
  const wrong = (member: string) => about(act.error, member);
  return (
    <Ask
      {...act}
      title="Inviter quelqu’un"
      verb="Envoyer l’invitation"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        const body = bodyOf(work);
        if (body) act.send({ body: { ...who, ...body } });
      }}
    >
      <FoundAgain found={draft.found} />
      <p>Un lien part à cette adresse. La personne choisit elle-même son mot de passe.</p>
      <Text
        label="Prénom et nom"
        required
        maxLength={200}
        value={who.name}
        onChange={(name) => setWho({ ...who, name })}
        wrong={wrong('name')}
      />
      <Text
        label="Adresse électronique"
        type="email"
        required
        value={who.email}
        onChange={(email) => setWho({ ...who, email })}
        wrong={wrong('email')}
      />
      <EmploymentFields
        value={work}
        onChange={(said) => draft.change({ work: said })}
        error={act.error}
        asked={asked}
      />
    </Ask>
  );
}

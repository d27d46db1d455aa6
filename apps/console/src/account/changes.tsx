import { useState } from 'preact/compat';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Text } from '../pieces/Text';
import { useMe } from '../sign-in/me';

interface Props {
  onClose: () => void;
}

export function ChangeName({ onClose }: Props) {
  const me = useMe();
  const [name, setName] = useState(me.user.name);
  const act = useAct('/v1/me/corrections', 'Votre nom est changé', onClose);
  return (
    <Ask {...act} title="Changer de nom" verb="Changer" onClose={onClose} onSend={() => act.send({ body: { name } })}>
      <Text
        label="Votre nom"
        hint="Vos collègues et les autres structures le lisent."
        required
        autoComplete="name"
        maxLength={200}
        value={name}
        onChange={setName}
        wrong={about(act.error, 'name')}
      />
    </Ask>
  );
}

export function ChangeEmail({ onClose }: Props) {
  const [asked, setAsked] = useState({ email: '', password: '' });
  const act = useAct('/v1/me/email-changes', `Un lien est parti à l’adresse ${asked.email}`, onClose);
  return (
    <Ask
      {...act}
      title="Changer d’adresse électronique"
      verb="Envoyer le lien"
      onClose={onClose}
      onSend={() => act.send({ body: asked })}
    >
      <p>Un lien est envoyé à la nouvelle adresse. Elle vous sert à vous connecter dès que vous l’avez ouvert.</p>
      <Text
        label="Nouvelle adresse"
        type="email"
        required
        autoComplete="email"
        value={asked.email}
        onChange={(email) => setAsked({ ...asked, email })}
        wrong={about(act.error, 'email')}
      />
      <Text
        label="Votre mot de passe"
        type="password"
        required
        autoComplete="current-password"
        value={asked.password}
        onChange={(password) => setAsked({ ...asked, password })}
        wrong={about(act.error, 'password')}
      />
    </Ask>
  );
}

export function ChangePassword({ onClose }: Props) {
  const me = useMe();
  const [asked, setAsked] = useState({ current: '', password: '' });
  const [shown, setShown] = useState(false);
  const act = useAct('/v1/me/password', 'Votre mot de passe est changé', onClose);
  return (
    <Ask
      {...act}
      title="Changer de mot de passe"
      verb="Changer"
      onClose={onClose}
      onSend={() => act.send({ body: asked })}
    >
      <p>Vous restez connecté ici. Partout ailleurs, il faudra se connecter de nouveau.</p>
      {/* Programs that keep passwords look for whose it is. */}
      <input type="hidden" autoComplete="username" value={me.user.email} readOnly />
      <Text
        label="Mot de passe actuel"
        type={shown ? 'text' : 'password'}
        required
        autoComplete="current-password"
        value={asked.current}
        onChange={(current) => setAsked({ ...asked, current })}
        wrong={about(act.error, 'current')}
      />
      <Text
        label="Nouveau mot de passe"
        hint="12 signes au moins. Quelques mots qui n’ont rien à voir entre eux se retiennent bien."
        type={shown ? 'text' : 'password'}
        required
        minLength={12}
        autoComplete="new-password"
        value={asked.password}
        onChange={(password) => setAsked({ ...asked, password })}
        wrong={about(act.error, 'password')}
      />
      <label className="choice">
        <input type="checkbox" checked={shown} onChange={({ currentTarget }) => setShown(currentTarget.checked)} />
        Montrer ce que j’écris
      </label>
    </Ask>
  );
}

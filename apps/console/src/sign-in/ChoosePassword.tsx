import { useState, type InputHTMLAttributes } from 'preact/compat';
import { Link } from 'wouter';
import { useCommand } from '../api/client';
import { Failure } from '../pieces/Answer';
import { about } from '../api/refusal';
import { Button } from '../pieces/Button';
import { Field } from '../pieces/Field';
import { Door } from './Door';

interface Props {
  token: string;
  path: '/v1/auth/invitations/accept' | '/v1/auth/password-resets/accept';
}

/** Where the links of an invitation and of a forgotten password arrive. */
export default function ChoosePassword({ token, path }: Props) {
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const accept = useCommand(path);
  const invited = path.includes('invitations');
  const title = invited ? 'Bienvenue sur Fil Rouge' : 'Choisir un nouveau mot de passe';
  if (accept.isSuccess)
    return (
      <Door title="C’est fait">
        <p role="status">
          Le mot de passe est choisi. Connectez-vous avec l’adresse <strong>{accept.data.user.email}</strong>.
        </p>
        <p>
          <Link href="/">Se connecter</Link>
        </p>
      </Door>
    );
  const wrong = about(accept.error, 'password');
  return (
    <Door title={title}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate({ body: { token, password } });
        }}
      >
        {accept.error != null && !wrong && <Failure error={accept.error} />}
        <Field
          label={invited ? 'Choisissez votre mot de passe' : 'Nouveau mot de passe'}
          hint="12 signes au moins. Quelques mots qui n’ont rien à voir entre eux se retiennent bien."
          wrong={wrong}
        >
          {(given) => (
            <input
              {...given}
              {...({ type: shown ? 'text' : 'password' } as InputHTMLAttributes)}
              autoComplete="new-password"
              required
              minLength={12}
              value={password}
              onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            />
          )}
        </Field>
        <label className="choice">
          <input type="checkbox" checked={shown} onChange={({ currentTarget }) => setShown(currentTarget.checked)} />
          Montrer ce que j’écris
        </label>
        <Button main type="submit" busy={accept.isPending}>
          Choisir ce mot de passe
        </Button>
      </form>
    </Door>
  );
}

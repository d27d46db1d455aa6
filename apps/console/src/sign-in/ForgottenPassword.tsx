import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { useCommand } from '../api/client';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Field } from '../pieces/Field';
import { Door } from './Door';

export default function ForgottenPassword() {
  const [email, setEmail] = useState('');
  const ask = useCommand('/v1/auth/password-resets');
  return (
    <Door title="Mot de passe oublié">
      {ask.isSuccess ? (
        <p role="status">
          Si cette adresse a un compte, un lien vient d’y être envoyé. Ouvrez-le pour choisir un nouveau mot de passe.
        </p>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate({ body: { email } });
          }}
        >
          {ask.error != null && <Failure error={ask.error} />}
          <Field label="Votre adresse électronique" hint="Un lien y sera envoyé.">
            {(given) => (
              <input
                {...given}
                type="email"
                autoComplete="username"
                required
                value={email}
                onChange={({ currentTarget }) => setEmail(currentTarget.value)}
              />
            )}
          </Field>
          <Button main type="submit" busy={ask.isPending}>
            Envoyer le lien
          </Button>
        </form>
      )}
      <p>
        <Link href="/">Retour à la connexion</Link>
      </p>
    </Door>
  );
}

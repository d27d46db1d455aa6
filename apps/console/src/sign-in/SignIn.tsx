import { useState } from 'preact/compat';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { http, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Door } from './Door';
import { Field } from '../pieces/Field';
import { SecondStep } from './SecondStep';

interface Credentials {
  email: string;
  password: string;
  structureId?: string;
}

/** The door: e-mail, password, and the structure when there are several. `ended` when a session has just run out. */
export function SignIn({ ended }: { ended: boolean }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' });
  const [wantsCode, setWantsCode] = useState(false);
  const [structures, setStructures] = useState<Shape<'StructureToChoose'>[]>();

  async function enter(more: { structureId?: string; code?: string } = {}): Promise<void> {
    setBusy(true);
    setError(undefined);
    const body = { ...credentials, ...more };
    setCredentials({ ...credentials, ...(more.structureId && { structureId: more.structureId }) });
    try {
      await http.POST('/v1/auth/browser/login', { body });
      await queries.resetQueries();
    } catch (refused) {
      if (refused instanceof Refusal && refused.code === 'choose-structure') setStructures(refused.problem.structures);
      else {
        const asked = refused instanceof Refusal && refused.code === 'second-factor-required';
        if (asked) setWantsCode(true);
        // The first time it is no mistake.
        if (!asked || more.code !== undefined) setError(refused);
      }
    } finally {
      setBusy(false);
    }
  }

  if (wantsCode) return <SecondStep busy={busy} error={error} onCode={(code) => void enter({ code })} />;

  if (structures)
    return (
      <Door title="Pour quelle structure travaillez-vous maintenant ?">
        {error !== undefined && <Failure error={error} />}
        <ul className="stack">
          {structures.map(({ id, name }) => (
            <li key={id}>
              <Button busy={busy} onClick={() => void enter({ structureId: id })}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      </Door>
    );

  return (
    <Door title="Se connecter">
      {ended && (
        <p className="notice" role="status">
          Votre connexion a pris fin. Ce que vous écriviez dans un formulaire est gardé sur cet appareil : vous le
          retrouverez en l’ouvrant.
        </p>
      )}
      {error !== undefined && <Failure error={error} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Field label="Adresse électronique">
          {(given) => (
            <input
              {...given}
              type="email"
              autoComplete="username"
              required
              value={credentials.email}
              onChange={({ currentTarget }) => setCredentials({ ...credentials, email: currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Mot de passe">
          {(given) => (
            <input
              {...given}
              type="password"
              autoComplete="current-password"
              required
              value={credentials.password}
              onChange={({ currentTarget }) => setCredentials({ ...credentials, password: currentTarget.value })}
            />
          )}
        </Field>
        <div className="acts">
          <Button main type="submit" busy={busy}>
            Se connecter
          </Button>
          <Link href="/forgotten-password">Mot de passe oublié</Link>
        </div>
      </form>
    </Door>
  );
}

import { lazy, Suspense, useState } from 'preact/compat';
import { useCommand } from '../api/client';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Text } from '../pieces/Text';
import { RecoveryCodes } from './RecoveryCodes';

/** Nobody else needs to draw one. */
const QrCode = lazy(() => import('./QrCode'));

interface Props {
  /** It is in place, and its recovery codes wait to be noted. */
  onCodes?: () => void;
  onDone: () => void;
}

/** Three steps: an application on the telephone is shown the secret, its first code confirms it, the recovery codes are noted. */
export function SetUpSecondFactor({ onCodes, onDone }: Props) {
  const [asked, setAsked] = useState({ code: '', password: '' });
  const [codes, setCodes] = useState<readonly string[]>();
  const begin = useCommand('/v1/me/second-factor/setup');
  const confirm = useAct(
    '/v1/me/second-factor/confirm',
    'La deuxième étape est en place',
    ({ recoveryCodes }: { recoveryCodes: string[] }) => {
      setCodes(recoveryCodes);
      onCodes?.();
    },
  );
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (!begin.data)
    return (
      <div className="stack">
        <p>
          En plus du mot de passe, la connexion demande un code que votre téléphone affiche. Qui trouve votre mot de
          passe n’entre pas sans lui. Il faut une application d’authentification : FreeOTP+, Aegis, ou celle que votre
          structure utilise.
        </p>
        {begin.error != null && <Failure error={begin.error} />}
        <div className="acts">
          <Button main busy={begin.isPending} onClick={() => begin.mutate({})}>
            Commencer
          </Button>
        </div>
      </div>
    );
  const { address, secret, setup } = begin.data;
  const wrong = (member: string) => about(confirm.error, member);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.send({ body: { ...asked, setup } });
      }}
    >
      <p>Dans l’application, ajoutez un compte et visez cette image :</p>
      <Suspense fallback={<p className="soft">Un instant…</p>}>
        <QrCode text={address} label="Image à viser avec l’application d’authentification" />
      </Suspense>
      <p className="small">
        L’image ne passe pas ? Tapez cette clé : <code className="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      {confirm.error != null && !wrong('code') && !wrong('password') && <Failure error={confirm.error} />}
      <Text
        label="Code affiché par l’application"
        hint="Six chiffres."
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        value={asked.code}
        onChange={(code) => setAsked({ ...asked, code })}
        wrong={wrong('code')}
      />
      <Text
        label="Votre mot de passe"
        type="password"
        required
        autoComplete="current-password"
        value={asked.password}
        onChange={(password) => setAsked({ ...asked, password })}
        wrong={wrong('password')}
      />
      <div className="acts">
        <Button main type="submit" busy={confirm.busy}>
          Mettre en place
        </Button>
      </div>
    </form>
  );
}

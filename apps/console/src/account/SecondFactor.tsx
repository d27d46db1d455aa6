import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api } from '../api/client';
import { lately } from '../api/dates';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Text } from '../pieces/Text';
import { RecoveryCodes } from './RecoveryCodes';

/** Whether a code is asked for beside the password. */
export function SecondFactor() {
  const state = api.useQuery('get', '/v1/me/second-factor');
  const [asking, setAsking] = useState<'codes' | 'remove'>();
  const [codes, setCodes] = useState<readonly string[]>();
  const close = () => setAsking(undefined);
  return (
    <section className="sheet stack" aria-labelledby="deuxieme-etape">
      <h2 id="deuxieme-etape">Deuxième étape à la connexion</h2>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
      ) : (
        <Answer of={state}>
          {({ active, since, recoveryCodesLeft }) =>
            active ? (
              <>
                <p>
                  Un code de votre téléphone est demandé depuis {lately(since!)}.{' '}
                  {recoveryCodesLeft > 0
                    ? `Codes de secours qui restent : ${recoveryCodesLeft}.`
                    : 'Il ne reste aucun code de secours : faites-en de nouveaux.'}
                </p>
                <div className="acts">
                  <Button quiet dense onClick={() => setAsking('codes')}>
                    Nouveaux codes de secours…
                  </Button>
                  <Button quiet dense onClick={() => setAsking('remove')}>
                    Retirer…<span className="only-heard"> la deuxième étape</span>
                  </Button>
                </div>
              </>
            ) : (
              <>
                <p>
                  Seul votre mot de passe est demandé. Un code de votre téléphone en plus protège mieux votre compte.
                </p>
                <p>
                  <Link href="/account/second-factor">Mettre en place une deuxième étape</Link>
                </p>
              </>
            )
          }
        </Answer>
      )}
      {asking === 'codes' && <NewCodes onClose={close} onCodes={setCodes} />}
      {asking === 'remove' && <Remove onClose={close} />}
    </section>
  );
}

interface Props {
  onClose: () => void;
}

function NewCodes({ onClose, onCodes }: Props & { onCodes: (codes: readonly string[]) => void }) {
  const [password, setPassword] = useState('');
  const act = useAct(
    '/v1/me/second-factor/recovery-codes',
    'Les nouveaux codes sont faits',
    ({ recoveryCodes }: { recoveryCodes: string[] }) => {
      onCodes(recoveryCodes);
      onClose();
    },
  );
  return (
    <Ask
      {...act}
      title="Faire de nouveaux codes de secours ?"
      verb="Faire les codes"
      onClose={onClose}
      onSend={() => act.send({ body: { password } })}
    >
      <p>Les anciens n’ouvriront plus rien.</p>
      <Password value={password} onChange={setPassword} wrong={about(act.error, 'password')} />
    </Ask>
  );
}

function Remove({ onClose }: Props) {
  const [password, setPassword] = useState('');
  const act = useAct('/v1/me/second-factor/remove', 'La deuxième étape est retirée', onClose);
  return (
    <Ask
      {...act}
      title="Retirer la deuxième étape ?"
      verb="Retirer"
      onClose={onClose}
      onSend={() => act.send({ body: { password } })}
    >
      <p>Le mot de passe seul ouvrira votre compte.</p>
      <Password value={password} onChange={setPassword} wrong={about(act.error, 'password')} />
    </Ask>
  );
}

const Password = ({ ...given }: { value: string; onChange: (text: string) => void; wrong?: string }) => (
  <Text label="Votre mot de passe" type="password" required autoComplete="current-password" {...given} />
);

import { useState } from 'preact/compat';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Text } from '../pieces/Text';
import { Door } from './Door';

interface Props {
  busy: boolean;
  error: unknown;
  onCode: (code: string) => void;
}

/** The password was right; the telephone is asked for. */
export function SecondStep({ busy, error, onCode }: Props) {
  const [code, setCode] = useState('');
  return (
    <Door title="Votre code">
      {error !== undefined && <Failure error={error} />}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onCode(code);
        }}
      >
        <Text
          label="Code affiché par votre application"
          hint="Sans votre téléphone : un de vos codes de secours. Sans eux non plus : demandez à l’administration du réseau."
          required
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          onChange={setCode}
        />
        <div className="acts">
          <Button main type="submit" busy={busy}>
            Se connecter
          </Button>
        </div>
      </form>
    </Door>
  );
}

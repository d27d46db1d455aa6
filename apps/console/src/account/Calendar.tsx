import { useRef, useState } from 'preact/compat';
import { api } from '../api/client';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Text } from '../pieces/Text';
import { useToasts } from '../pieces/toasts';

/** A secret address for the calendar of one's telephone. It is shown this once: only its hash is kept. */
export function Calendar() {
  const [address, setAddress] = useState<string>();
  const [revoking, setRevoking] = useState(false);
  const make = useAct('/v1/me/calendar', 'L’adresse est prête', (made) =>
    setAddress(new URL(made.address, location.origin).href),
  );
  return (
    <section className="sheet stack" aria-labelledby="agenda">
      <h2 id="agenda">Vos rendez-vous dans votre agenda</h2>
      <p>
        Une adresse secrète montre à l’agenda de votre téléphone vos rendez-vous à venir : le jour, l’heure et le lieu,
        jamais avec qui. Elle n’est montrée qu’une fois.
      </p>
      {make.error != null && <Failure error={make.error} />}
      {address && <Shown address={address} />}
      <div className="acts">
        <Button busy={make.busy} onClick={() => make.send({})}>
          {address ? 'En faire une nouvelle' : 'Faire une adresse'}
        </Button>
        <Button quiet onClick={() => setRevoking(true)}>
          La supprimer…
        </Button>
      </div>
      <p className="hint">Quand vous en faites une nouvelle, celle d’avant ne répond plus.</p>
      {revoking && (
        <Revoke
          onClose={() => setRevoking(false)}
          onDone={() => {
            setAddress(undefined);
            setRevoking(false);
          }}
        />
      )}
    </section>
  );
}

function Shown({ address }: { address: string }) {
  const field = useRef<HTMLDivElement>(null);
  const { done } = useToasts();
  return (
    <div className="slip stack" ref={field}>
      <Text
        label="Adresse à copier dans votre agenda"
        hint="Dans l’agenda : « Ajouter un agenda », puis « à partir d’une adresse »."
        readOnly
        value={address}
        onChange={() => undefined}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Button
        onClick={() =>
          void navigator.clipboard.writeText(address).then(
            () => done('Adresse copiée'),
            // The browser may refuse: then it is there to be copied by hand.
            () => field.current?.querySelector('input')?.select(),
          )
        }
      >
        Copier l’adresse
      </Button>
    </div>
  );
}

function Revoke({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { done } = useToasts();
  const revoke = api.useMutation('delete', '/v1/me/calendar');
  return (
    <Ask
      title="Supprimer l’adresse de votre agenda ?"
      verb="Supprimer l’adresse"
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onSend={() =>
        revoke.mutate(
          {},
          {
            onSuccess: () => {
              done('L’adresse ne répond plus');
              onDone();
            },
          },
        )
      }
    >
      <p>Votre agenda ne recevra plus rien d’ici. Vos rendez-vous restent comme ils sont.</p>
    </Ask>
  );
}

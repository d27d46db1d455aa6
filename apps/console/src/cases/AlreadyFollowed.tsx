import { useState } from 'preact/compat';
import { Link } from 'wouter';
import type { Refusal } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { LongText } from '../pieces/Text';

interface Props {
  problem: Refusal['problem'];
  busy: boolean;
  /** What is done all the same. */
  otherwise: string;
  onOpen: () => void;
}

/** Somebody alike is followed somewhere. Nothing of the other record is told: only whoever may see it already is led there. */
export function AlreadyFollowed({ problem: { caseId, matchToken }, busy, otherwise, onOpen }: Props) {
  const [reason, setReason] = useState('');
  const join = useAct('/v1/join-requests', 'Votre demande est partie');
  return (
    <section className="notice" role="alert" aria-labelledby="deja">
      <h2 id="deja">Cette personne est peut-être déjà suivie</h2>
      {caseId !== undefined ? (
        <p>
          Vous pouvez lire ce dossier.{' '}
          <Link className={buttonClass({ dense: true })} href={`/cases/${caseId}`}>
            Le voir
          </Link>
        </p>
      ) : (
        <p>
          Quelqu’un qui porte le même nom ou le même téléphone a un suivi dans le réseau. S’il s’agit d’elle, demandez à
          vous joindre à ce suivi : elle n’aura pas à tout raconter de nouveau. La structure qui la suit vous répondra.
        </p>
      )}
      {join.error != null && <Failure error={join.error} />}
      {matchToken !== undefined && caseId === undefined && (
        <LongText
          label="Pourquoi voulez-vous la suivre aussi ?"
          hint="Elle le lira avec votre demande."
          value={reason}
          onChange={setReason}
        />
      )}
      <p className="acts">
        {matchToken !== undefined && caseId === undefined && (
          <Button busy={join.busy} onClick={() => join.send({ body: { matchToken, reason } })}>
            Demander à la suivre aussi
          </Button>
        )}
        <Button busy={busy} onClick={onOpen}>
          {otherwise}
        </Button>
      </p>
    </section>
  );
}

import { useState } from 'preact/compat';
import { Link, useLocation } from 'wouter';
import type { Refusal } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { LongText } from '../pieces/Text';
import '../style/referrals.css';

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
  const [, go] = useLocation();
  const join = useAct('/v1/join-requests', 'Votre demande est partie', ({ id }) => go(`/handovers/${id}`));
  const ask = (as: 'lead' | 'contributor') => join.send({ body: { matchToken: matchToken!, reason, as } }, as);
  const mayAsk = matchToken !== undefined && caseId === undefined;
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
          vous joindre à ce suivi : elle n’aura pas à tout raconter de nouveau. La structure qui la suit répond sous 10
          jours ouvrés.
        </p>
      )}
      {join.error != null && <Failure error={join.error} />}
      {mayAsk && (
        <LongText
          label="Pourquoi voulez-vous la suivre ?"
          hint="La structure qui la suit le lira avec votre demande."
          value={reason}
          onChange={setReason}
        />
      )}
      {mayAsk && (
        <div className="answers">
          <div className="answer">
            <Button busy={join.busy} onClick={() => ask('contributor')}>
              Demander à l’accompagner aussi
            </Button>
            <p>La structure qui la suit continue, et vous avec elle.</p>
          </div>
          <div className="answer">
            <Button busy={join.busy} onClick={() => ask('lead')}>
              Demander à reprendre le suivi
            </Button>
            <p>Votre structure mènera le suivi, à la place de celle qui la suit.</p>
          </div>
        </div>
      )}
      <p className="acts">
        <Button busy={busy} onClick={onOpen}>
          {otherwise}
        </Button>
      </p>
    </section>
  );
}

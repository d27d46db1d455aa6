import { useState } from 'react';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { shortDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Text } from '../pieces/Text';
import { useWhy, Why } from '../pieces/Why';
import { quoted } from '../pieces/quoted';
import { useMe } from '../sign-in/me';
import { nameOfRecipient } from './OutsideForm';

type Outside = Shape<'OutsideShown'>;

/** Where the person was sent before, and what came of it; said by the structure that sent. */
export function OutsideList({ caseId }: { caseId: string }) {
  const { data } = api.useQuery('get', '/v1/cases/{id}/outside-referrals', { params: { path: { id: caseId } } });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="deja">
      <h2 id="deja">Orientations déjà faites</h2>
      <ul className="rows">
        {data.items.map((one) => (
          <li key={one.id}>
            <Row of={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ of }: { of: Outside }) {
  const me = useMe();
  const words = useWords();
  const [asking, setAsking] = useState<'report' | 'cancel'>();
  const { recipient, needs, sentAt, status, outcome, outcomeOn, ended, structure, actor } = of;
  const own = structure?.id === me.structure.id && status !== 'entered_in_error';
  const close = () => setAsking(undefined);
  return (
    <>
      <div>
        <p>
          <strong>{nameOfRecipient(of, words.say('outsideRecipients', recipient))}</strong>{' '}
          <span className={status === 'reported' ? 'tag done' : 'tag'}>
            {outcome ? words.say('outsideOutcomes', outcome) : words.say('outsideStatuses', status)}
          </span>
        </p>
        <p>{needs.map((need) => words.say('themes', need)).join(', ')}</p>
        {ended?.comment && <p className="said">{quoted(ended.comment)}</p>}
        <p className="small soft">
          le {shortDay(sentAt)}, {actor && `${actor.name}, `}
          {structure && <Structure of={structure} />}
          {outcomeOn && `, suite connue le ${shortDay(outcomeOn)}`}
        </p>
      </div>
      {own && (
        <p className="acts">
          <Button dense onClick={() => setAsking('report')}>
            {outcome ? 'Corriger la suite…' : 'Dire la suite…'}
          </Button>
          <Link href={`/cases/${of.caseId}/outside/${of.id}`}>Voir la fiche</Link>
          <Button quiet dense onClick={() => setAsking('cancel')}>
            Saisie par erreur…
          </Button>
        </p>
      )}
      {asking === 'report' && <Report of={of} onClose={close} />}
      {asking === 'cancel' && <Cancel of={of} onClose={close} />}
    </>
  );
}

interface AskedProps {
  of: Outside;
  onClose: () => void;
}

function Report({ of, onClose }: AskedProps) {
  const why = useWhy<Shape<'ReportOutsideBody'>['outcome']>();
  const [on, setOn] = useState(today());
  const act = useAct('/v1/cases/{id}/outside-referrals/{xid}/report', 'La suite est notée', onClose);
  const send = () => {
    const said = why.ready();
    if (!said) return;
    const { code: outcome, comment } = said;
    act.send({ params: { path: { id: of.caseId, xid: of.id } }, body: { outcome, on, ...(comment && { comment }) } });
  };
  return (
    <Ask {...act} title="Qu’en est-il ?" verb="Noter la suite" onClose={onClose} onSend={send}>
      <Why
        legend="Ce que la personne dit, ou l’organisme"
        vocabulary="outsideOutcomes"
        why={why}
        readers="Les structures du suivi le lisent."
        error={act.error}
      />
      <Text
        label="Quel jour ?"
        type="date"
        required
        max={today()}
        value={on}
        onChange={setOn}
        wrong={about(act.error, 'on')}
      />
    </Ask>
  );
}

function Cancel({ of, onClose }: AskedProps) {
  const why = useWhy<Shape<'CancelOutsideBody'>['reason']>();
  const act = useAct('/v1/cases/{id}/outside-referrals/{xid}/cancel', 'Marquée comme une erreur', onClose);
  const send = () => {
    const said = why.ready();
    if (!said) return;
    const { code: reason, comment } = said;
    act.send({ params: { path: { id: of.caseId, xid: of.id } }, body: { reason, ...(comment && { comment }) } });
  };
  return (
    <Ask {...act} title="Saisie par erreur ?" verb="La marquer" onClose={onClose} onSend={send}>
      <p>Elle reste lisible, marquée, et ne compte plus nulle part.</p>
      <Why
        legend="Pourquoi ?"
        vocabulary="noteErrors"
        why={why}
        readers="Les structures du suivi le lisent."
        error={act.error}
      />
    </Ask>
  );
}

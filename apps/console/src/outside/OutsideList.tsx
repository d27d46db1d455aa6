import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { shortDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Button } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Text } from '../pieces/Text';
import { AskWhy, useWhy } from '../pieces/Why';
import { quoted } from '../pieces/quoted';
import { useMe } from '../sign-in/me';
import { LinkActs, LinkStanding } from './AnswerLink';
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
  const { recipient, needs, sentAt, status, outcome, outcomeOn, reportedBy, ended, structure, actor } = of;
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
        <LinkStanding of={of} />
        {ended?.comment && <p className="said">{quoted(ended.comment)}</p>}
        <p className="small soft">
          le {shortDay(sentAt)}, {actor && `${actor.name}, `}
          {structure && <Structure of={structure} />}
          {outcomeOn && `, suite connue le ${shortDay(outcomeOn)}`}
          {reportedBy === 'recipient' && ', dite par l’organisme lui-même'}
        </p>
      </div>
      {own && (
        <p className="acts">
          <Button dense onClick={() => setAsking('report')}>
            {outcome ? 'Corriger la suite…' : 'Dire la suite…'}
          </Button>
          <Link href={`/cases/${of.caseId}/outside/${of.id}`}>Voir la fiche</Link>
          <LinkActs of={of} />
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
  const [on, setOn] = useState(today());
  const why = useWhy<Shape<'ReportOutsideBody'>['outcome']>(`outside reported ${of.id}`);
  const { send, ...act } = useDraftedAct(
    why,
    '/v1/cases/{id}/outside-referrals/{xid}/report',
    'La suite est notée',
    onClose,
  );
  return (
    <AskWhy<Shape<'ReportOutsideBody'>['outcome']>
      {...act}
      why={why}
      title="Qu’en est-il ?"
      verb="Noter la suite"
      legend="Ce que la personne dit, ou l’organisme"
      vocabulary="outsideOutcomes"
      readers="Les structures du suivi le lisent."
      onClose={onClose}
      onSend={(outcome, comment) => send({ params: pathOf(of), body: { outcome, on, ...comment } })}
    >
      <Text
        label="Quel jour ?"
        type="date"
        required
        max={today()}
        value={on}
        onChange={setOn}
        wrong={about(act.error, 'on')}
      />
    </AskWhy>
  );
}

function Cancel({ of, onClose }: AskedProps) {
  const why = useWhy<Shape<'CancelOutsideBody'>['reason']>(`outside cancelled ${of.id}`);
  const { send, ...act } = useDraftedAct(
    why,
    '/v1/cases/{id}/outside-referrals/{xid}/cancel',
    'Marquée comme une erreur',
    onClose,
  );
  return (
    <AskWhy<Shape<'CancelOutsideBody'>['reason']>
      {...act}
      why={why}
      title="Saisie par erreur ?"
      verb="La marquer"
      above={<p>Elle reste lisible, marquée, et ne compte plus nulle part.</p>}
      vocabulary="noteErrors"
      readers="Les structures du suivi le lisent."
      onClose={onClose}
      onSend={(reason, comment) => send({ params: pathOf(of), body: { reason, ...comment } })}
    />
  );
}

const pathOf = ({ caseId, id }: Outside) => ({ path: { id: caseId, xid: id } });

import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';
import { useWords } from '../api/words';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Select } from '../pieces/Select';
import { useMe } from '../sign-in/me';
import { Destination } from './Destination';

type Batch = Shape<'HandoverBatchDto'>;
type Item = Shape<'BatchItemDto'>;
type Decision = Shape<'BatchDecisionDto'>;

interface Props {
  of: Batch;
  item: Item;
  /** Of the person; a number for whoever decides without taking part. */
  name: string;
}

/** One follow-up: where it is proposed to go and why, what was decided, what became of it. */
export function BatchItem({ of, item, name }: Props) {
  const words = useWords();
  const [choosing, setChoosing] = useState(false);
  const { caseId, resident, status, proposal, outcome, handoverId } = item;
  const decide = useAct('/v1/handover-batches/{id}/decisions', 'C’est décidé');
  const open = of.status === 'prepared' || (of.status === 'running' && status === 'failed');
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/cases/${caseId}`}>
            {name}
          </Link>
          {resident?.communeName && `, ${resident.communeName}`}{' '}
          <span className={looks[status] ?? 'tag'}>
            {outcome ? words.say('batchOutcomes', outcome) : words.say('batchItemStatuses', status)}
          </span>
        </p>
        <Decided item={item} />
        {handoverId && (
          <p className="small">
            <Link href={`/handovers/${handoverId}`}>Voir la passation</Link>
          </p>
        )}
        {decide.error != null && <Failure error={decide.error} />}
      </div>
      {open && (
        <p className="acts">
          {proposal && status === 'undecided' && (
            <Button
              dense
              busy={decide.busy}
              onClick={() =>
                decide.send({
                  params: { path: { id: of.id ?? '' } },
                  body: { decisions: [asProposed(caseId, proposal)] },
                })
              }
            >
              Comme proposé
            </Button>
          )}
          <Button dense onClick={() => setChoosing(true)}>
            Autrement…<span className="only-heard"> : {name}</span>
          </Button>
        </p>
      )}
      {choosing && <Choose of={of} item={item} name={name} onClose={() => setChoosing(false)} />}
    </>
  );
}

const looks: Partial<Record<Item['status'], string>> = { undecided: 'tag heed', failed: 'tag heed', done: 'tag done' };

const asProposed = (caseId: string, { decision, structure, counsellor }: Shape<'DestinationDto'>): Decision => ({
  caseId,
  decision,
  ...(decision === 'structure' && { structureId: structure.id }),
  ...(counsellor && { counsellorId: counsellor.id }),
});

function Decided({ item: { decision, toCounsellor, toStructure, reason, proposal } }: { item: Item }) {
  const words = useWords();
  if (!decision) return <Destination of={proposal} />;
  const to = [toCounsellor?.name, toStructure?.name, reason && words.say('closingReasons', reason)].filter(Boolean);
  return (
    <p>
      {words.say('batchDecisions', decision)}
      {to.length > 0 && ` : ${to.join(', ')}`}
    </p>
  );
}

function Choose({ of, item, name, onClose }: Props & { onClose: () => void }) {
  const words = useWords();
  const me = useMe();
  const [decision, setDecision] = useState<Decision['decision']>();
  const [colleague, setColleague] = useState('');
  const [partner, setPartner] = useState<Partner>();
  const [reason, setReason] = useState<Decision['reason']>();
  const act = useAct('/v1/handover-batches/{id}/decisions', 'C’est décidé', onClose);
  const people = api.useQuery('get', '/v1/structures/{id}/people', {
    params: { path: { id: of.structure.id }, query: { role: ['counsellor', 'manager'], limit: 100 } },
  });
  const others = [...new Map((people.data?.items ?? []).map(({ id, name }) => [id, name]))];
  // A referral that is open stands against closing: said once, then decided.
  const open = act.error instanceof Refusal && act.error.code === 'open-referrals';
  const send = () => {
    const chosen: Partial<Decision> | undefined =
      decision === 'colleague' && colleague
        ? { counsellorId: colleague }
        : decision === 'structure' && partner
          ? { structureId: partner.id }
          : decision === 'close' && reason
            ? { reason, ...(open && { cancelReferrals: true }) }
            : undefined;
    if (!decision || !chosen) return;
    act.send({
      params: { path: { id: of.id ?? '' } },
      body: { decisions: [{ caseId: item.caseId, decision, ...chosen }] },
    });
  };
  return (
    <Ask {...act} title={`Pour ${name}`} verb="Décider" onClose={onClose} onSend={send}>
      <OneOf
        legend="Que devient ce suivi ?"
        choices={words.all('batchDecisions') as Choice<Decision['decision']>[]}
        value={decision}
        onChange={setDecision}
      />
      {decision === 'colleague' && (
        <Select
          label="À qui ?"
          value={colleague}
          onChange={setColleague}
          choices={[
            { code: '', label: 'Choisir quelqu’un' },
            ...others.filter(([id]) => id !== of.counsellor?.id).map(([code, label]) => ({ code, label })),
          ]}
        />
      )}
      {decision === 'structure' && (
        <>
          <ChoosePartner label="À quelle structure ?" chosen={partner} onChoose={setPartner} />
          {me.role === 'manager' && (
            <p className="soft small">C’est une proposition : elle répond, le suivi reste ici jusque-là.</p>
          )}
        </>
      )}
      {decision === 'close' && (
        <OneOf
          legend="Pourquoi s’arrête-t-il ?"
          choices={words.all('closingReasons') as Choice<NonNullable<Decision['reason']>>[]}
          value={reason}
          onChange={setReason}
        />
      )}
    </Ask>
  );
}

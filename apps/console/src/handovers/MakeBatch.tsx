import { useState } from 'preact/compat';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, http, type Shape } from '../api/client';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useDraftedAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { Select } from '../pieces/Select';
import { LongText } from '../pieces/Text';
import { useMe } from '../sign-in/me';
import { Destination } from './Destination';
import '../style/referrals.css';
import { FoundAgain } from '../pieces/FoundAgain';
import { useDraft } from '../pieces/draft';

type Body = Shape<'OpenHandoverBatchDto'>;

/** Who leaves, and what would become of each follow-up: nothing is written before the button. */
export default function MakeBatch() {
  const me = useMe();
  const [, go] = useLocation();
  const [structure, setStructure] = useState<Partner | undefined>(me.role === 'manager' ? me.structure : undefined);
  const [userId, setUserId] = useState('');
  const draft = useDraft('batch', { reason: '' });
  const { reason } = draft.value;
  const { busy, error, send } = useDraftedAct(draft, '/v1/handover-batches', 'Le départ est préparé', ({ id }) =>
    go(`/handover-batches/${id ?? ''}`),
  );
  const body: Body | undefined =
    structure && userId
      ? { kind: 'counsellor_leaves', userId, ...(me.role !== 'manager' && { structureId: structure.id }) }
      : undefined;
  return (
    <Page title="Préparer un départ" tab="Préparer un départ">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (body) send({ body: { ...body, ...(reason.trim() && { reason }) } });
        }}
      >
        <div className="sheet form">
          <FoundAgain found={draft.found} />
          {me.role !== 'manager' && (
            <ChoosePartner
              label="De quelle structure ?"
              chosen={structure}
              onChoose={(chosen) => {
                setStructure(chosen);
                setUserId('');
              }}
            />
          )}
          {structure && <WhoLeaves structureId={structure.id} value={userId} onChange={setUserId} />}
          <LongText
            label="Pourquoi ?"
            hint="Si vous voulez. L’autre structure le lit avec chaque suivi qui lui est proposé."
            value={reason}
            onChange={(text) => draft.change({ reason: text })}
          />
        </div>
        {body ? (
          <Preview body={body} />
        ) : (
          <Empty>
            <p>Chaque suivi de qui s’en va, et où il pourrait aller, s’affiche ici. Rien n’est encore écrit.</p>
          </Empty>
        )}
        {error != null && <Failure error={error} />}
        {body && (
          <div className="acts">
            <Button main type="submit" busy={busy}>
              Préparer ce départ
            </Button>
            <p className="soft small">Vous décidez ensuite, suivi par suivi ou tous ensemble. Rien ne change avant.</p>
          </div>
        )}
      </form>
    </Page>
  );
}

interface WhoProps {
  structureId: string;
  value: string;
  onChange: (userId: string) => void;
}

function WhoLeaves({ structureId, value, onChange }: WhoProps) {
  const people = api.useQuery('get', '/v1/structures/{id}/people', {
    params: { path: { id: structureId }, query: { role: ['counsellor', 'manager'], limit: 100 } },
  });
  return (
    <Answer of={people}>
      {({ items }) => (
        <Select
          label="Qui s’en va ?"
          value={value}
          onChange={onChange}
          choices={[
            { code: '', label: 'Choisir quelqu’un' },
            ...[...new Map(items.map(({ id, name }) => [id, name]))].map(([code, label]) => ({ code, label })),
          ]}
        />
      )}
    </Answer>
  );
}

function Preview({ body }: { body: Body }) {
  const preview = useQuery({
    queryKey: ['preview of a batch', body],
    queryFn: async () => (await http.POST('/v1/handover-batches', { body: { ...body, preview: true } })).data!,
    retry: false,
  });
  return (
    <Answer of={preview}>
      {({ items }) => (
        <section className="slip stack" aria-labelledby="propositions">
          <h2 id="propositions">
            {items.length === 0
              ? 'Aucun suivi à passer'
              : `Ce qui est proposé pour ${items.length === 1 ? 'son suivi' : `ses ${items.length} suivis`}`}
          </h2>
          <ul className="rows">
            {items.map(({ caseId, resident, proposal }) => (
              <li key={caseId}>
                <div>
                  <p>
                    <strong>
                      {[resident?.firstName, resident?.lastName].filter(Boolean).join(' ') || 'Une personne'}
                    </strong>
                    {resident?.communeName && `, ${resident.communeName}`}
                  </p>
                  <Destination of={proposal} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Answer>
  );
}

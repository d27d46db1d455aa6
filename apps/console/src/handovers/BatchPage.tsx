import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { quoted } from '../pieces/quoted';
import { BatchItem } from './BatchItem';
import { howFar } from './Batches';
import { UndoBatch } from './UndoBatch';
import '../style/referrals.css';

type Batch = Shape<'HandoverBatchDto'>;

/** The follow-ups of who leaves: decided one by one or all as proposed, then begun; what became of each stands in its row. */
export default function BatchPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const words = useWords();
  const found = api.useQuery(
    'get',
    '/v1/handover-batches/{id}',
    { params: { path: { id } } },
    // While it runs, somebody watches it advance.
    { refetchInterval: ({ state }) => (state.data?.status === 'running' ? 3_000 : false) },
  );
  return (
    <Answer of={found}>
      {(one) => (
        <Page
          title={one.counsellor ? `Le départ de ${one.counsellor.name}` : words.say('batchKinds', one.kind)}
          tab="Un départ"
          aside={<span className="tag">{words.say('batchStatuses', one.status)}</span>}
        >
          <div className="stack">
            <p>
              <Structure of={one.structure} />
              {one.createdAt && `, préparé le ${shortDay(one.createdAt)}`}
              {one.createdBy && ` par ${one.createdBy.name}`}. <span role="status">{howFar(one)}.</span>
              {one.reason && ` ${quoted(one.reason)}`}
            </p>
            <Acts of={one} />
            <UndoBatch of={one} />
            <section className="sheet" aria-label="Les suivis">
              <ul className="rows batch">
                {one.items.map((item, index) => (
                  <li key={item.caseId}>
                    <BatchItem
                      of={one}
                      item={item}
                      name={item.resident ? nameOf(item.resident) : `Suivi ${index + 1}`}
                    />
                  </li>
                ))}
              </ul>
            </section>
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Acts({ of }: { of: Batch }) {
  const [stopping, setStopping] = useState(false);
  const path = { path: { id: of.id ?? '' } };
  const start = useAct('/v1/handover-batches/{id}/start', 'C’est parti');
  const cancel = useAct('/v1/handover-batches/{id}/cancel', 'Le départ est abandonné', () => setStopping(false));
  if (of.status !== 'prepared') return null;
  const lost = of.items.filter(({ status, proposal }) => status === 'undecided' && !proposal).length;
  return (
    <section className="sheet answers" aria-label="Ce que vous pouvez faire">
      {lost > 0 ? (
        <p>
          {lost === 1 ? 'Un suivi n’a pas' : `${lost} suivis n’ont pas`} de proposition : décidez d’abord pour{' '}
          {lost === 1 ? 'lui' : 'eux'}.
        </p>
      ) : (
        <div className="answer">
          <Button
            main
            busy={start.busy}
            onClick={() => start.send({ params: path, body: of.undecided > 0 ? { acceptProposals: true } : {} })}
          >
            {of.undecided > 0 ? 'Suivre les propositions et commencer' : 'Commencer'}
          </Button>
          <p>
            {of.undecided > 0
              ? 'Ce que vous avez décidé ci-dessous vaut ; le reste va où c’est proposé. '
              : 'Tout est décidé. '}
            Les suivis passent un par un, chacun est prévenu.
          </p>
        </div>
      )}
      {start.error != null && <Failure error={start.error} />}
      <div className="answer">
        <Button onClick={() => setStopping(true)}>Abandonner…</Button>
        <p>Rien n’a encore changé : les suivis restent où ils sont.</p>
      </div>
      {stopping && (
        <Ask
          {...cancel}
          title="Abandonner ce départ ?"
          verb="Abandonner"
          onClose={() => setStopping(false)}
          onSend={() => cancel.send({ params: path })}
        >
          <p>Les décisions ci-dessous sont perdues. Les suivis restent où ils sont.</p>
        </Ask>
      )}
    </section>
  );
}

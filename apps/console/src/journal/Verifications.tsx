import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { lately } from '../api/dates';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { JournalTabs } from './JournalTabs';

/** Every record looked at, one after the other: what came of it stays. */
export default function Verifications() {
  const list = api.useInfiniteQuery(
    'get',
    '/v1/audit/verifications',
    { params: { query: { limit: 20 } } },
    {
      ...pages,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'running')) ? 2_000 : false,
    },
  );
  const start = useAct('/v1/audit/verifications', 'La vérification commence');
  return (
    <Page
      title="Journal"
      tab="Journal"
      aside={
        <Button main busy={start.busy} onClick={() => start.send({})}>
          Tout vérifier
        </Button>
      }
    >
      <div className="stack">
        <JournalTabs here="/journal/verifications" />
        {start.error != null && <Failure error={start.error} />}
        <PagedRows
          of={list}
          label="Vérifications"
          empty={<p>Aucune vérification encore. « Tout vérifier » relit tout ce qui a été écrit, fait par fait.</p>}
        >
          {(one) => <Run one={one} />}
        </PagedRows>
      </div>
    </Page>
  );
}

const number = new Intl.NumberFormat('fr-FR');

function Run({ one }: { one: Shape<'VerificationRunDto'> }) {
  const { broken, gaps, differing, strays = [], faults } = one;
  const sound = broken + gaps + differing + strays.length + faults.length === 0;
  return (
    <>
      <div>
        <p>
          {one.status === 'running' ? (
            <span className="tag">
              En cours : {number.format(one.checked)} sur {number.format(one.total)}
            </span>
          ) : (
            <span className={sound ? 'tag done' : 'tag heed'}>{sound ? 'Rien d’altéré' : 'À examiner'}</span>
          )}{' '}
          {number.format(one.checked)} enregistrements, {number.format(one.events)} faits
          {broken > 0 && `, ${broken} altéré${broken > 1 ? 's' : ''}`}
          {gaps > 0 && `, ${gaps} avec un trou`}
          {differing > 0 &&
            `, ${differing} affiché${differing > 1 ? 's' : ''} autrement qu’écrit${differing > 1 ? 's' : ''}`}
          {strays.length > 0 && ', des lignes qui n’appartiennent à rien'}
          {faults.length > 0 && ', un relevé horaire qui ne concorde pas'}
        </p>
        <p className="small soft">{one.requestedBy?.name}</p>
        {one.offenders.flatMap(({ caseId }) =>
          caseId
            ? [
                <p className="small" key={caseId}>
                  <Link href={`/journal/cases/${caseId}`}>Un dossier à examiner</Link>
                </p>,
              ]
            : [],
        )}
      </div>
      <time className="small soft" dateTime={one.startedAt}>
        {lately(one.startedAt)}
      </time>
    </>
  );
}

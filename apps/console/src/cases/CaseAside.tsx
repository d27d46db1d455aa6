import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { hourOf, lately, longDay, shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { Structure } from '../pieces/Mark';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { StateBadge } from '../referrals/StateBadge';
import { Progress } from './Progress';

type Case = Shape<'CaseShown'>;

/** Beside the thread: what comes, who else helps, how it goes, who has read. */
export function CaseAside({ of }: { of: Case }) {
  // A coordinator sees that something goes on, not what: asked for, it would be refused, and stand in the journal as that.
  const follows = of.participation !== 'coordinator';
  return (
    <div className="stack">
      {follows && <Coming caseId={of.id} />}
      <Referrals of={of} />
      <Objections of={of} />
      {follows && <Progress caseId={of.id} actions={of.actions} />}
      <Readers of={of} />
    </div>
  );
}

function Coming({ caseId }: { caseId: string }) {
  const { data } = api.useQuery('get', '/v1/cases/{id}/appointments', { params: { path: { id: caseId } } });
  const planned = data?.items.filter(({ status }) => status === 'planned') ?? [];
  if (planned.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="a-venir">
      <h2 id="a-venir">À venir</h2>
      <ul className="rows">
        {planned.map(({ id, at, placeName, structure }) => (
          <li key={id}>
            <p>
              <Link href={`/cases/${caseId}/appointments/${id}`}>
                {longDay(at)} à {hourOf(at)}
              </Link>
              {placeName && `, ${placeName}`}
              {structure && (
                <>
                  {' '}
                  <Structure of={structure} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Referrals({ of }: { of: Case }) {
  if (of.referrals.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="orientations">
      <h2 id="orientations">Orientations</h2>
      <ul className="rows">
        {of.referrals.map(({ id, toStructure, status }) => (
          <li key={id}>
            <p>
              <Link href={`/referrals/${id}`}>{toStructure?.name ?? 'Structure à choisir'}</Link>
            </p>
            <StateBadge state={status} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Objections({ of }: { of: Case }) {
  const end = useAct('/v1/cases/{id}/objections/{oid}/end', 'L’opposition est levée');
  const names = api.useQuery(
    'get',
    '/v1/structures',
    { params: { query: { limit: 100 } } },
    { enabled: of.objections.length > 0 },
  );
  if (of.objections.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="oppositions">
      <h2 id="oppositions">La personne s’oppose à</h2>
      {end.error != null && <Failure error={end.error} />}
      <ul className="rows">
        {of.objections.map(({ id, against, on }) => (
          <li key={id}>
            <p>
              {against === 'all'
                ? 'toutes les structures'
                : (names.data?.items.find((one) => one.id === against)?.name ?? 'une structure')}
              , depuis le {shortDay(on)}
            </p>
            {of.actions.includes('objections') && (
              <Button dense busy={end.busy} onClick={() => end.send({ params: { path: { id: of.id, oid: id } } })}>
                Elle ne s’oppose plus
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who has read this follow-up, for those who may know it. */
function Readers({ of }: { of: Case }) {
  const asked = of.participation === 'lead' || of.participation === 'coordinator' || of.participation === 'auditor';
  const { data } = api.useQuery(
    'get',
    '/v1/cases/{id}/readings',
    { params: { path: { id: of.id }, query: { limit: 20 } } },
    { enabled: asked },
  );
  const words = useWords();
  // What was read while one led stays in the browser; it is shown no longer.
  if (!asked || !data) return null;
  return (
    <details className="sheet">
      <summary>Qui l’a lu</summary>
      <ul className="rows">
        {data.items.map(({ at, user, structure, reason }, index) => (
          <li key={`${at} ${index}`}>
            <p>
              {[user?.name, structure?.name].filter(Boolean).join(', ')}
              {reason && ` : ${words.say('readingReasons', reason)}`}
            </p>
            <time className="small soft" dateTime={at}>
              {lately(at)}
            </time>
          </li>
        ))}
      </ul>
    </details>
  );
}

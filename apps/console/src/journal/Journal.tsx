import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { lately } from '../api/dates';
import { useWords } from '../api/words';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { actionName, actions, outcomes, requestOf } from './actions';
import { JournalTabs } from './JournalTabs';

type Entry = Shape<'AuditEntryDto'>;

/** Who did and read what, newest first, never with its content. */
export default function Journal() {
  const { of, change } = useFilters();
  const [from, to, outcome] = [of('from'), of('to'), of<Entry['outcome']>('outcome')];
  const action = of('action');
  const [userId, structureId, caseId] = [of('user'), of('structure'), of('case')];
  const list = api.useInfiniteQuery(
    'get',
    '/v1/audit/entries',
    {
      params: {
        query: {
          limit: 50,
          ...(from && { from }),
          ...(to && { to }),
          ...(outcome && { outcome: [outcome] }),
          ...(action && { action: [action] }),
          ...(userId && { userId }),
          ...(structureId && { structureId }),
          ...(caseId && { caseId }),
        },
      },
    },
    pages,
  );
  const only = [
    ['user', 'une personne'],
    ['structure', 'une structure'],
    ['case', 'un dossier'],
  ].filter(([name]) => of(name!) !== undefined);
  return (
    <Page title="Journal" tab="Journal">
      <div className="stack">
        <JournalTabs here="/journal" />
        <div className="side-by-side">
          <Text label="Du" type="date" value={from ?? ''} onChange={change('from')} />
          <Text label="Au" type="date" value={to ?? ''} onChange={change('to')} />
          <Select
            label="Résultat"
            value={outcome ?? ''}
            onChange={change('outcome')}
            choices={[{ code: '', label: 'Tous' }, ...outcomes]}
          />
          <Select
            label="Ce qui a été fait"
            value={action ?? ''}
            onChange={change('action')}
            choices={[{ code: '', label: 'Tout' }, ...actions]}
          />
        </div>
        {only.map(([name, what]) => (
          <p className="acts" key={name}>
            Seulement ce qui touche {what}
            <Button quiet dense onClick={() => change(name!)('')}>
              Tout montrer
            </Button>
          </p>
        ))}
        <PagedRows of={list} label="Entrées du journal" empty={<p>Rien ne répond à ces choix.</p>}>
          {(entry) => <EntryRow entry={entry} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const words = useWords();
  const { of, change } = useFilters();
  const narrow = (name: string, id: string | undefined, label: string) =>
    id === undefined || of(name) === id ? (
      label
    ) : (
      <button type="button" className="as-link" onClick={() => change(name)(id)}>
        {label}
        <span className="only-heard"> : seulement cela</span>
      </button>
    );
  return (
    <>
      <div>
        <p>
          <strong>{actionName(entry.action)}</strong>{' '}
          {entry.outcome !== 'ok' && (
            <span className="tag">{outcomes.find(({ code }) => code === entry.outcome)?.label ?? 'Refusé'}</span>
          )}
        </p>
        <p className="small">
          {entry.user ? narrow('user', entry.user.id, entry.user.name) : 'le système'}
          {entry.structure && <>, {narrow('structure', entry.structure.id, entry.structure.name)}</>}
          {entry.reason && ` · ${words.say('readingReasons', entry.reason)}`}
          {requestOf(entry.action) && <span className="soft"> · {requestOf(entry.action)}</span>}
        </p>
        {entry.caseId && (
          <p className="small acts">
            <Link href={`/journal/cases/${entry.caseId}`}>Ce dossier</Link>
            {narrow('case', entry.caseId, 'tout ce qui le touche')}
          </p>
        )}
      </div>
      <time className="small soft" dateTime={entry.at}>
        {lately(entry.at)}
      </time>
    </>
  );
}

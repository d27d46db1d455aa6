import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { Slips } from './Slips';

type Line = Shape<'RetentionLine'>;
type What = 'record' | 'part';

/** What is kept for as long as it may be: a dry run, for who decides about it. */
export default function Retention() {
  const words = useWords();
  const { of, change } = useFilters();
  const what = of<What>('what') ?? 'record';
  const by = of('by') ?? today();
  const list = api.useInfiniteQuery('get', '/v1/retention', { params: { query: { what, by, limit: 20 } } }, pages);
  const rows = {
    ...list,
    data: list.data && {
      pages: list.data.pages.map(({ items }) => ({
        items: items.map((one) => ({ ...one, id: `${one.caseId} ${one.structure?.id ?? ''}` })),
      })),
    },
  };
  return (
    <Page title="Conservation" tab="Conservation">
      <div className="stack">
        <p className="soft">
          Un dossier se garde 730 jours après la dernière chose qu’une structure y a dite ou faite ; la part d’une
          structure, 730 jours après la fin de ce qu’elle y lit. Cette page montre ce qui arrive à ce terme, sans aucun
          nom. L’effacement d’un dossier est annoncé trente jours avant, et se fait sous un bordereau signé.
        </p>
        <div className="side-by-side" role="group" aria-label="Choisir ce qui est montré">
          <Select
            label="Ce qui arrive à son terme"
            value={what}
            onChange={change('what')}
            choices={words.all('retentionSubjects')}
          />
          <Text label="Jusqu’au" type="date" value={by} onChange={change('by')} />
        </div>
        <PagedRows
          of={rows}
          label="Ce qui arrive à son terme"
          empty={<p>Rien n’arrive à son terme d’ici ce jour. Choisissez un jour plus lointain pour voir la suite.</p>}
        >
          {(one) => <Kept one={one} what={what} />}
        </PagedRows>
        <Slips />
      </div>
    </Page>
  );
}

function Kept({ one, what }: { one: Line; what: What }) {
  const words = useWords();
  const { caseId, status, structure, lastActivityOn, endsOn, waits, stage, erasedFrom, slip } = one;
  return (
    <div>
      <p>
        <Link href={`/journal/cases/${caseId}`}>
          {what === 'record' ? 'Dossier' : 'Part'} à ne plus conserver {endsOn <= today() ? 'depuis le' : 'à partir du'}{' '}
          {fullDay(endsOn)}
        </Link>{' '}
        <span className="tag">{words.say('shownCaseStatuses', status)}</span>
        {stage !== 'kept' && (
          <span className="tag">
            {words.say('retentionStages', stage)}
            {slip !== undefined && ` n° ${slip}`}
          </span>
        )}
        {waits && <span className="tag heed">Quelqu’un y aide, ou doit y répondre</span>}
      </p>
      <p className="small soft">
        {structure && (
          <>
            <Structure of={structure} />,{' '}
          </>
        )}
        rien depuis le {fullDay(lastActivityOn)}
        {erasedFrom && <>, effacement annoncé pour le {fullDay(erasedFrom)} au plus tôt</>}
      </p>
    </div>
  );
}

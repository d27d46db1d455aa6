import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, pages, type Shape } from '../../api/client';
import { dayOf, longDay, shortDay } from '../../api/dates';
import { useWords } from '../../api/words';
import { Answer } from '../../pieces/Answer';
import { Button } from '../../pieces/Button';
import { Structure } from '../../pieces/Mark';
import { Select } from '../../pieces/Select';
import { dayOfEntry, detailsOf, happeningOf, isTold, pageOf } from './entries';
import { Gutter } from './Gutter';
import { loopsOf, type Step } from './loops';
import { quoted } from '../../pieces/quoted';

type Kind = 'session' | 'referral' | 'handover' | 'note' | 'appointment' | 'goal' | 'workshop' | 'outside' | 'case';

export function useThread(caseId: string, kind?: Kind) {
  return api.useInfiniteQuery(
    'get',
    '/v1/cases/{id}/timeline',
    { params: { path: { id: caseId }, query: { order: 'desc', limit: 100, ...(kind && { kind: [kind] }) } } },
    pages,
  );
}

/** Everything that happened, newest first, one line through all structures; also the text of what the strip draws. */
export function Thread({ caseId, structures }: { caseId: string; structures: ReadonlyMap<string, string> }) {
  const words = useWords();
  const [kind, setKind] = useState<Kind | ''>('');
  const list = useThread(caseId, kind || undefined);
  return (
    <section className="sheet" aria-labelledby="fil">
      <div className="head">
        <h2 id="fil">Ce qui s’est passé</h2>
        <Select
          label="Montrer"
          value={kind}
          onChange={(code) => setKind(code as Kind | '')}
          choices={[{ code: '', label: 'Tout' }, ...words.all('entryKinds')]}
        />
      </div>
      <Answer of={list}>
        {({ pages: read }) => {
          const newest = read.flatMap(({ items }) => items).filter(isTold);
          const steps = loopsOf([...newest].reverse()).reverse();
          return (
            <>
              <ol className="thread">
                {steps.map((step, index) => (
                  <Row
                    key={step.entry.id}
                    step={step}
                    first={index === 0}
                    last={index === steps.length - 1 && !list.hasNextPage}
                    structures={structures}
                    caseId={caseId}
                  />
                ))}
              </ol>
              {steps.length === 0 && <p className="soft">Rien de tel dans ce suivi.</p>}
              {list.hasNextPage && (
                <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Plus ancien
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

interface RowProps {
  step: Step;
  first: boolean;
  last: boolean;
  structures: ReadonlyMap<string, string>;
  caseId: string;
}

function Row({ step, first, last, structures, caseId }: RowProps) {
  const words = useWords();
  const { entry } = step;
  const day = dayOfEntry(entry);
  const page = pageOf(entry, caseId);
  const details = detailsOf(entry, words, (id) => structures.get(id));
  return (
    <li>
      <Gutter step={step} first={first} last={last} />
      <div>
        <p className="soft small">
          <time dateTime={dayOf(day)} title={longDay(day)}>
            {shortDay(dayOf(day))}
          </time>{' '}
          {entry.structure && <Structure of={entry.structure} />}
          {entry.actor && `, ${entry.actor.name}`}
        </p>
        <p className={entry.cancelled ? 'cancelled' : undefined}>
          <strong>{page ? <Link href={page}>{happeningOf(entry)}</Link> : happeningOf(entry)}</strong>
          {details && ` : ${details}`} {entry.cancelled && <span className="tag">saisi par erreur</span>}
        </p>
        <Said entry={entry} />
      </div>
    </li>
  );
}

/** What was written. The note of the own structure is never open by itself: somebody may look over the shoulder. */
function Said({ entry: { text, privateNote, data, unreadable } }: { entry: Shape<'TimelineEntry'> }) {
  const procedure = typeof data['procedure'] === 'string' ? data['procedure'] : undefined;
  return (
    <>
      {procedure && <p className="said">Démarche : {procedure}</p>}
      {text && <p className="said">{quoted(text)}</p>}
      {unreadable && <p className="soft">Ce qui était écrit ne peut plus être lu.</p>}
      {privateNote && (
        <details className="small">
          <summary>Note de votre structure</summary>
          <p className="said">{quoted(privateNote)}</p>
        </details>
      )}
    </>
  );
}

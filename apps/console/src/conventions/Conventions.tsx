import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { daysBetween, fullDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { Button } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';
import { EndConvention, SignConvention } from './agreements';
import { Posts } from './Posts';

type Convention = Shape<'ConventionResponse'>;

/** What the State pays for, what ends first before the others. */
export default function Conventions() {
  const me = useMe();
  const words = useWords();
  const { of, change } = useFilters();
  const [signing, setSigning] = useState(false);
  const status = of<Convention['status']>('status');
  const structureId = of('structure');
  const list = api.useInfiniteQuery(
    'get',
    '/v1/conventions',
    { params: { query: { limit: 20, ...(status && { status: [status] }), ...(structureId && { structureId }) } } },
    pages,
  );
  return (
    <Page
      title="Conventions"
      tab="Conventions"
      aside={
        may(me, 'convention.record') && (
          <Button main onClick={() => setSigning(true)}>
            Enregistrer une convention
          </Button>
        )
      }
    >
      <div className="stack">
        <div className="side-by-side">
          <Select
            label="Montrer"
            value={status ?? ''}
            onChange={change('status')}
            choices={[{ code: '', label: 'Toutes' }, ...words.all('conventionStatuses')]}
          />
          {structureId && <Button onClick={() => change('structure')('')}>Toutes les structures</Button>}
        </div>
        <PagedRows
          of={list}
          label="Conventions"
          empty={<p>Aucune convention. Celles que l’État signe avec une structure viennent ici, avec leurs postes.</p>}
        >
          {(one) => <ConventionRow one={one} />}
        </PagedRows>
      </div>
      {signing && <SignConvention onClose={() => setSigning(false)} />}
    </Page>
  );
}

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

function ConventionRow({ one }: { one: Convention }) {
  const me = useMe();
  const words = useWords();
  const [ending, setEnding] = useState(false);
  const left = daysBetween(today(), one.until);
  return (
    <>
      <div>
        <p>
          {one.structure && (
            <Link href={`/structures/${one.structure.id}`}>
              <Structure of={one.structure} />
            </Link>
          )}{' '}
          <span className="tag">{words.say('conventionStatuses', one.status)}</span>{' '}
          {one.status === 'running' && left <= 180 && <span className="tag heed">Se termine dans {left} jours</span>}
        </p>
        <p>
          {one.reference}, enveloppe {one.envelope}, {euros.format(one.amount)}
        </p>
        <p className="small soft">
          du {fullDay(one.from)} au {fullDay(one.until)}
          {one.endReason && ` : ${one.endReason}`}
        </p>
        <Posts of={one} />
      </div>
      {may(me, 'convention.record') && one.status !== 'ended' && (
        <Button quiet dense onClick={() => setEnding(true)}>
          Mettre fin…<span className="only-heard"> à la convention {one.reference}</span>
        </Button>
      )}
      {ending && <EndConvention of={one} onClose={() => setEnding(false)} />}
    </>
  );
}

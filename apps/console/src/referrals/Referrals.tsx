import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { together, withCount } from '../pieces/counts';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';
import { OwnCapacity } from '../structures/Capacity';
import { ReferralRow } from './ReferralRow';
import { open, piles } from './states';
import '../style/referrals.css';

type Referral = Shape<'ReferralResponse'>;
type Counted = Shape<'ReferralsCounted'>;
type Box = 'received' | 'sent';

/** What was received and what was sent: late ones first, then by what is to be done. The choices stand in the address. */
export default function Referrals() {
  const me = useMe();
  const words = useWords();
  const chosen = useFilters();
  const staff = may(me, 'referral.answer');
  const received = api.useQuery(
    'get',
    '/v1/referrals',
    { params: { query: { limit: 1, box: 'received' } } },
    { enabled: staff && chosen.of('box') === undefined },
  );
  // A structure that receives nothing begins with what it has sent.
  const usual: Box = received.data?.items.length === 0 ? 'sent' : 'received';
  const box = staff ? (chosen.of<Box>('box') ?? usual) : undefined;
  const state = chosen.of('state') ?? 'open';
  const { data: counted } = api.useQuery('get', '/v1/referrals/counts', {}, { enabled: staff });
  const label = (words: string, counts: Counted[] | undefined, of?: readonly string[]) =>
    withCount(words, counts && together(counts.filter(({ status }) => of?.includes(status) ?? true)));
  const inBox = box && counted?.[box];
  return (
    <Page title="Orientations" tab="Orientations">
      <div className="stack">
        {staff && (
          <nav className="tabs" aria-label="Reçues ou envoyées">
            <Link href="/referrals?box=received" aria-current={box === 'received' ? 'page' : undefined}>
              {label('Reçues', counted?.received, open)}
            </Link>
            <Link href="/referrals?box=sent" aria-current={box === 'sent' ? 'page' : undefined}>
              {label('Envoyées', counted?.sent, open)}
            </Link>
          </nav>
        )}
        <div className="side-by-side narrow">
          <Select
            label="Montrer"
            value={state}
            onChange={(code) => chosen.change('state')(code === 'open' ? '' : code)}
            choices={[
              { code: 'open', label: label('Celles en cours', inBox, open) },
              { code: 'late', label: 'Celles en retard' },
              { code: 'all', label: label('Toutes', inBox) },
              ...words.all('referralStatuses').map((one) => ({ ...one, label: label(one.label, inBox, [one.code]) })),
            ]}
          />
        </div>
        {(!staff || chosen.of('box') !== undefined || received.data) &&
          (state === 'open' ? <Piles box={box} /> : <Chosen box={box} state={state} key={`${box} ${state}`} />)}
        {box === 'received' && may(me, 'structure.offer') && <OwnCapacity />}
      </div>
    </Page>
  );
}

function useReferrals(query: { box?: Box; status?: Referral['status'][]; late?: boolean }) {
  return api.useInfiniteQuery('get', '/v1/referrals', { params: { query: { limit: 50, ...query } } }, pages);
}

function Piles({ box }: { box: Box | undefined }) {
  const of = { ...(box && { box }) };
  const late = useReferrals({ ...of, late: true });
  const all = useReferrals({ ...of, status: [...open] });
  return (
    <Answer of={all}>
      {({ pages: read }) => {
        const behind = late.data?.pages.flatMap(({ items }) => items) ?? [];
        const rest = read.flatMap(({ items }) => items).filter(({ id }) => !behind.some((one) => one.id === id));
        if (behind.length + rest.length === 0) return <NothingYet box={box} />;
        return (
          <>
            {behind.length > 0 && <Pile title="En retard" of={behind} box={box} late />}
            {piles[box ?? 'sent'].map(({ title, states }) => (
              <Pile title={title} of={rest.filter(({ status }) => states.includes(status))} box={box} key={title} />
            ))}
            <More of={all} />
          </>
        );
      }}
    </Answer>
  );
}

function Pile({ title, of, box, late }: { title: string; of: Referral[]; box: Box | undefined; late?: boolean }) {
  if (of.length === 0) return null;
  return (
    <section className="sheet" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <span className="count">{of.length}</span>
      </div>
      <ul className="rows">
        {of.map((one) => (
          <li key={one.id}>
            <ReferralRow of={one} box={box} late={late} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Chosen({ box, state }: { box: Box | undefined; state: string }) {
  const list = useReferrals({
    ...(box && { box }),
    ...(state === 'late' && { late: true }),
    ...(state !== 'late' && state !== 'all' && { status: [state as Referral['status']] }),
  });
  return (
    <PagedRows of={list} label="Orientations" empty={<p>Aucune orientation de cette sorte.</p>}>
      {(one) => <ReferralRow of={one} box={box} late={state === 'late'} />}
    </PagedRows>
  );
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

const More = ({ of }: { of: Paged }) =>
  of.hasNextPage && (
    <p>
      <Button busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        Voir la suite
      </Button>
    </p>
  );

const NothingYet = ({ box }: { box: Box | undefined }) => (
  <section className="sheet">
    <Empty>
      {box === 'sent' ? (
        <p>
          Quand vous demandez à une autre structure d’aider quelqu’un, l’orientation et sa réponse se suivent ici. Le
          bouton « Orienter » est sur la page de chaque <Link href="/cases">dossier</Link>.
        </p>
      ) : (
        <p>Quand une structure demande d’aider quelqu’un, sa demande vient ici, les retards d’abord. Rien n’attend.</p>
      )}
    </Empty>
  </section>
);

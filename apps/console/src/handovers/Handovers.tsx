import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { dayOf, daysBetween, shortDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { Due } from '../pieces/When';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';
import '../style/referrals.css';

type Line = Shape<'HandoverLineDto'>;
type Box = 'received' | 'sent';

/** Who leads whom from when: what was proposed to us, what we proposed. */
export default function Handovers() {
  const me = useMe();
  const words = useWords();
  const filters = useFilters();
  const staff = may(me, 'handover.answer');
  const box = staff ? (filters.of<Box>('box') ?? 'received') : undefined;
  const state = filters.of<Line['status']>('state');
  const list = api.useInfiniteQuery(
    'get',
    '/v1/handovers',
    { params: { query: { limit: 50, ...(box && { box }), ...(state && { status: [state] }) } } },
    pages,
  );
  return (
    <Page
      title="Passations"
      tab="Passations"
      aside={may(me, 'handover.batch') && <Link href="/handover-batches">Les départs</Link>}
    >
      <div className="stack">
        {staff && (
          <nav className="tabs" aria-label="Reçues ou envoyées">
            <Link href="/handovers?box=received" aria-current={box === 'received' ? 'page' : undefined}>
              Reçues
            </Link>
            <Link href="/handovers?box=sent" aria-current={box === 'sent' ? 'page' : undefined}>
              Envoyées
            </Link>
          </nav>
        )}
        <div className="side-by-side narrow">
          <Select
            label="Montrer"
            value={state ?? ''}
            onChange={filters.change('state')}
            choices={[{ code: '', label: 'Toutes' }, ...words.all('handoverStatuses')]}
          />
        </div>
        <PagedRows
          of={list}
          label="Passations"
          empty={
            <p>
              Quand une structure passe la main sur un suivi, sa demande et la réponse viennent ici. « Passer la main »
              est sur la page de chaque <Link href="/cases">dossier</Link>.
            </p>
          }
        >
          {(one) => <Row of={one} box={box} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function Row({ of, box }: { of: Line; box: Box | undefined }) {
  const words = useWords();
  const { id, kind, status, fromStructure, toStructure, createdAt, dueAt, effectiveAt, toCounsellor } = of;
  const waits = status === 'proposed' || status === 'requested';
  // Whoever asks to join does not know who leads until it is accepted.
  const from = fromStructure ?? { id: '', name: 'La structure qui mène le suivi' };
  const other = box === 'sent' ? toStructure : from;
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/handovers/${id}`}>
            {from.id === toStructure.id
              ? `Dans ${toStructure.name}`
              : box === undefined
                ? `${from.name} vers ${toStructure.name}`
                : other.name}
          </Link>{' '}
          {waits && dueAt && <Due at={dueAt} />}
        </p>
        <p className="small soft">
          {[
            words.say('handoverKinds', kind),
            `le ${shortDay(createdAt)}`,
            effectiveAt && `${status === 'effective' ? 'depuis le' : 'à partir du'} ${shortDay(effectiveAt)}`,
            toCounsellor && `pour ${toCounsellor.name}`,
            waits &&
              daysBetween(dayOf(createdAt), today()) > 1 &&
              `sans réponse depuis ${daysBetween(dayOf(createdAt), today())} jours`,
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
      </div>
      <span className="tag">{words.say('handoverStatuses', status)}</span>
    </>
  );
}

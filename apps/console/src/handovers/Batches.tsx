import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass, Knot } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import '../style/referrals.css';

/** Who leaves, and how far the follow-ups of each have found somebody. */
export default function Batches() {
  const list = api.useInfiniteQuery('get', '/v1/handover-batches', { params: { query: { limit: 30 } } }, pages);
  const rows = {
    ...list,
    data: list.data && {
      pages: list.data.pages.map(({ items }) => ({ items: items.map((one) => ({ ...one, id: one.id ?? '' })) })),
    },
  };
  return (
    <Page
      title="Les départs"
      tab="Les départs"
      aside={
        <Link className={buttonClass({ main: true })} href="/handover-batches/new">
          <Knot /> Préparer un départ
        </Link>
      }
    >
      <PagedRows
        of={rows}
        label="Départs"
        empty={
          <p>
            Quand quelqu’un s’en va, les suivis qu’il mène se préparent ici : une proposition pour chacun, que vous
            suivez ou changez, puis tout part ensemble.
          </p>
        }
      >
        {(one) => <Row of={one} />}
      </PagedRows>
    </Page>
  );
}

function Row({ of }: { of: Shape<'HandoverBatchLineDto'> }) {
  const words = useWords();
  const { id, kind, status, structure, counsellor, createdBy, createdAt, total } = of;
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/handover-batches/${id}`}>
            {counsellor?.name ?? structure.name}
          </Link>
          {' : '}
          {total} suivi{total > 1 && 's'}
        </p>
        <p>{howFar(of)}</p>
        <p className="small soft">
          <Structure of={structure} />, {words.say('batchKinds', kind).toLowerCase()}
          {createdAt && `, préparé le ${shortDay(createdAt)}`}
          {createdBy && ` par ${createdBy.name}`}
        </p>
      </div>
      <span className="tag">{words.say('batchStatuses', status)}</span>
    </>
  );
}

type Counts = Pick<Shape<'HandoverBatchLineDto'>, 'total' | 'undecided' | 'done' | 'failed' | 'remaining'>;

/** How far, in a sentence. */
export const howFar = ({ total, undecided, done, failed, remaining }: Counts): string =>
  [
    undecided > 0 && `${undecided} à décider`,
    done > 0 && `${done} sur ${total} ${done > 1 ? 'faits' : 'fait'}`,
    failed > 0 && `${failed} à décider de nouveau`,
    undecided === 0 && remaining > 0 && `${remaining} en attente`,
  ]
    .filter(Boolean)
    .join(', ') || 'Rien n’attend';

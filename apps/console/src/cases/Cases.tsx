import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { dayOf, shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { buttonClass } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Resident } from '../pieces/Person';
import { Select } from '../pieces/Select';
import { together, withCount } from '../pieces/counts';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';

type Status = 'open' | 'closed';

/** The list is asked for again with each choice; the choices stand in the address, so that it can be kept and sent on. They are codes, never names. */
export default function Cases() {
  const me = useMe();
  const words = useWords();
  const { of, change } = useFilters();
  const status = of<Status | 'all'>('status') ?? 'open';
  const theme = of<Shape<'CaseSummary'>['themes'][number]>('theme');
  const lead = of<'mine' | 'structure'>('lead');
  const counsellor = of('counsellor');
  const sort = of<'name'>('sort');
  const list = api.useInfiniteQuery(
    'get',
    '/v1/cases',
    {
      params: {
        query: {
          limit: 30,
          ...(status !== 'all' && { status: [status] }),
          ...(theme && { theme: [theme] }),
          ...(lead && { lead }),
          ...(counsellor && { counsellor }),
          ...(sort && { sort }),
        },
      },
    },
    pages,
  );
  const { data: counted } = api.useQuery(
    'get',
    '/v1/cases/counts',
    { params: { query: { ...(lead && { lead }), ...(counsellor && { counsellor }) } } },
    { enabled: may(me, 'case.search') },
  );
  // Themes are sealed, and not counted: beside a list that is narrowed to one a count would tell of another list.
  const counts = theme === undefined ? counted?.counts : undefined;
  const label = (words: string, ...of: Status[]) =>
    withCount(words, counts && together(counts.filter(({ status }) => of.includes(status))));
  return (
    <Page
      title="Dossiers"
      tab="Dossiers"
      aside={
        may(me, 'case.open') && (
          <Link className={buttonClass({ main: true })} href="/cases/new">
            Ouvrir un dossier
          </Link>
        )
      }
    >
      <div className="stack">
        <div className="side-by-side" role="group" aria-label="Choisir ce qui est montré">
          <Select
            label="Suivis"
            value={status}
            onChange={change('status')}
            choices={[
              { code: 'open', label: label('Ouverts', 'open') },
              { code: 'closed', label: label('Clos', 'closed') },
              { code: 'all', label: label('Tous', 'open', 'closed') },
            ]}
          />
          {may(me, 'case.search') && (
            <Select
              label="Menés par"
              value={counsellor ? 'counsellor' : (lead ?? '')}
              onChange={(code) => {
                change('counsellor')('');
                change('lead')(code === 'counsellor' ? '' : code);
              }}
              choices={[
                { code: '', label: 'Tout le monde' },
                { code: 'mine', label: 'Moi' },
                { code: 'structure', label: 'Ma structure' },
                ...(counsellor ? [{ code: 'counsellor', label: 'Un collègue' }] : []),
              ]}
            />
          )}
          {may(me, 'case.search') && (
            <Select
              label="Thème"
              value={theme ?? ''}
              onChange={change('theme')}
              choices={[{ code: '', label: 'Tous' }, ...words.all('themes')]}
            />
          )}
          {may(me, 'case.search') && (
            <Select
              label="Ranger par"
              value={sort ?? ''}
              onChange={change('sort')}
              choices={[
                { code: '', label: 'Dernière nouvelle' },
                { code: 'name', label: 'Nom de famille' },
              ]}
            />
          )}
        </div>
        <PagedRows of={list} label="Dossiers" empty={<p>Aucun dossier ne répond à ces choix.</p>}>
          {(one) => <CaseRow one={one} />}
        </PagedRows>
      </div>
    </Page>
  );
}

function CaseRow({ one }: { one: Shape<'CaseSummary'> }) {
  const words = useWords();
  const { resident, lead, themes, participation, referralStatus, lastActivityAt, status } = one;
  // As whom somebody reads is said where it differs from row to row.
  const standing = [
    ...(['lead', 'coordinator', 'auditor'].includes(participation) ? [] : [words.say('participations', participation)]),
    ...(referralStatus ? [words.say('caseReferralStatuses', referralStatus)] : []),
  ];
  return (
    <>
      <div>
        <p>
          <Resident resident={resident} caseId={one.id} /> <span className="soft">{resident.communeName}</span>{' '}
          {status === 'closed' && <span className="tag">Clos</span>}
        </p>
        <p className="small">{themes.map((theme) => words.say('themes', theme)).join(', ')}</p>
        <p className="small soft">
          {lead && (
            <>
              <Structure of={lead.structure} />
              {[lead.counsellor && `, ${lead.counsellor.name}`, standing.length > 0 && ' · ']}
            </>
          )}
          {standing.join(' · ')}
        </p>
      </div>
      <span className="small soft">dernière nouvelle le {shortDay(dayOf(lastActivityAt))}</span>
    </>
  );
}

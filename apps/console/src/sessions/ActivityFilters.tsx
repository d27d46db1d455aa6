import { Link } from 'wouter';
import { api } from '../api/client';
import { today } from '../api/dates';
import { useWords } from '../api/words';
import type { Shape } from '../api/client';
import { ChooseCommune } from '../network/ChooseCommune';
import { buttonClass } from '../pieces/Button';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { useMe } from '../sign-in/me';
import { useOwnTags } from '../structures/Tags';
import { ChooseColleague } from '../team/ChooseColleague';

type Line = Shape<'SessionLine'>;

/** What a list of sessions is asked for: the same words for those with a name and those without. */
export function useActivityFilters() {
  const me = useMe();
  const { of, change, chosen } = useFilters();
  const counsellor = of('counsellor') ?? me.user.id;
  const [theme, place, status] = [
    of<Line['themes'][number]>('theme'),
    of<Line['place']>('place'),
    of<Line['status']>('status'),
  ];
  const [from, to, commune] = [of('from'), of('to'), of('commune')];
  return {
    of,
    change,
    chosen,
    query: {
      limit: 30,
      ...(counsellor !== 'all' && { counsellor }),
      ...(theme && { theme: [theme] }),
      ...(place && { place: [place] }),
      ...(commune && { commune: [commune] }),
      ...(status && { status }),
      ...(from && { from }),
      ...(to && { to }),
    },
  };
}

/** Dates, theme, place, commune, colleague. */
export function ActivityFilters({ at }: { at: '/sessions' | '/anonymous-sessions' | '/exports' }) {
  const me = useMe();
  const words = useWords();
  const { of, change } = useActivityFilters();
  const tags = useOwnTags()?.tags ?? [];
  return (
    <div className="stack">
      {at !== '/exports' && (
        <nav className="acts" aria-label="Quelles activités">
          <Tab href="/sessions" here={at}>
            Avec un dossier
          </Tab>
          <Tab href="/anonymous-sessions" here={at}>
            Sans nom
          </Tab>
        </nav>
      )}
      <div className="side-by-side" role="group" aria-label="Choisir ce qui est montré">
        {(at !== '/exports' || me.role === 'manager') && (
          <ChooseColleague
            label="De qui"
            value={of('counsellor') ?? me.user.id}
            onChange={(id) => change('counsellor')(id === me.user.id ? '' : id)}
            before={[{ code: 'all', label: 'Toute la structure' }]}
          />
        )}
        <Text label="Du" type="date" max={today()} value={of('from') ?? ''} onChange={change('from')} />
        <Text label="Au" type="date" value={of('to') ?? ''} onChange={change('to')} />
        <Select
          label="Thème"
          value={of('theme') ?? ''}
          onChange={change('theme')}
          choices={[{ code: '', label: 'Tous' }, ...words.all('themes')]}
        />
        {at !== '/anonymous-sessions' && tags.length > 0 && (
          <Select
            label="Étiquette"
            value={of('tag') ?? ''}
            onChange={change('tag')}
            choices={[{ code: '', label: 'Toutes' }, ...tags.map(({ id, name }) => ({ code: id, label: name }))]}
          />
        )}
      </div>
      <details open={['place', 'commune', 'status'].some((name) => of(name) !== undefined)}>
        <summary>Lieu, commune, erreurs de saisie</summary>
        <div className="side-by-side">
          <Select
            label="Où"
            value={of('place') ?? ''}
            onChange={change('place')}
            choices={[{ code: '', label: 'Partout' }, ...words.all('places')]}
          />
          <Select
            label="Montrer"
            value={of('status') ?? ''}
            onChange={change('status')}
            choices={[
              { code: '', label: 'Ce qui compte' },
              { code: 'entered_in_error', label: 'Ce qui a été saisi par erreur' },
            ]}
          />
          <CommuneFilter code={of('commune')} onChange={change('commune')} />
        </div>
      </details>
    </div>
  );
}

const Tab = ({ href, here, children }: { href: string; here: string; children: string }) => (
  <Link className={buttonClass({ dense: true })} href={href} aria-current={href === here ? 'page' : undefined}>
    {children}
  </Link>
);

/** The address holds the code; its name is asked for again. */
function CommuneFilter({ code, onChange }: { code: string | undefined; onChange: (code: string) => void }) {
  const { data } = api.useQuery(
    'get',
    '/v1/communes',
    { params: { query: { q: code ?? '', limit: 1 } } },
    { enabled: code !== undefined, staleTime: Infinity },
  );
  return (
    <ChooseCommune
      label="Commune"
      chosen={code === undefined ? undefined : { code, name: data?.items[0]?.name ?? code }}
      onChoose={(one) => onChange(one?.code ?? '')}
    />
  );
}

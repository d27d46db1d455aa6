import { api, type Shape } from '../api/client';
import { fullDay, lately, today } from '../api/dates';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { useMe } from '../sign-in/me';
import { FigureShown, isMasked, Masked } from './Figures';
import { StatisticsTabs } from './StatisticsTabs';
import { codeOf, periodOf, periodsOn } from './periods';

type Scope = 'mine' | 'structure';
type Response = Shape<'StatisticsResponse'>;

/** Figures of a period: one's own as they stand, those of several structures as they were told month by month. */
export default function Statistics() {
  const { role } = useMe();
  const own = role === 'counsellor' || role === 'manager';
  const { of } = useFilters();
  const periods = periodsOn(today(), own);
  const chosen = { from: of('from') ?? periodOf(periods[0]!.code).from, to: of('to') ?? periodOf(periods[0]!.code).to };
  const scope = own ? (of<Scope>('scope') ?? (role === 'manager' ? 'structure' : 'mine')) : undefined;
  const found = api.useQuery('get', '/v1/statistics', { params: { query: { ...chosen, ...(scope && { scope }) } } });
  return (
    <Page
      title="Statistiques"
      tab="Statistiques"
      aside={
        <p className="acts not-printed">
          <Button onClick={() => print()}>Imprimer</Button>
        </p>
      }
    >
      <div className="stack">
        <StatisticsTabs here="/statistics" />
        <Choice scope={scope} periods={periods} chosen={chosen} />
        <Answer of={found}>{(figures) => <Shown of={figures} />}</Answer>
      </div>
    </Page>
  );
}

interface ChoiceProps {
  scope: Scope | undefined;
  periods: ReturnType<typeof periodsOn>;
  chosen: { from: string; to: string };
}

function Choice({ scope, periods, chosen }: ChoiceProps) {
  const words = useWords();
  const { change, changeAll } = useFilters();
  const code = codeOf(chosen);
  const listed = periods.some((one) => one.code === code);
  return (
    <div className="side-by-side not-printed" role="group" aria-label="Choisir ce qui est compté">
      {scope && (
        <Select
          label="De qui"
          value={scope}
          onChange={change('scope')}
          choices={words.all('statisticScopes').filter((one) => one.code === 'mine' || one.code === 'structure')}
        />
      )}
      <Select
        label="Période"
        value={listed ? code : ''}
        onChange={(period) => period !== '' && changeAll({ ...periodOf(period) })}
        choices={[...(listed ? [] : [{ code: '', label: 'D’autres dates' }]), ...periods]}
      />
      {scope && (
        <>
          <Text label="Du" type="date" value={chosen.from} onChange={(from) => changeAll({ ...chosen, from })} />
          <Text label="Au" type="date" value={chosen.to} onChange={(to) => changeAll({ ...chosen, to })} />
        </>
      )}
    </div>
  );
}

const figuresOf = (of: Response) => [
  of.people,
  of.sessions,
  of.anonymousSessions,
  of.workshops,
  of.participations,
  of.anonymousParticipations,
];

function Shown({ of }: { of: Response }) {
  const words = useWords();
  const some = figuresOf(of).filter((figure) => figure.count !== 0 || isMasked(figure));
  const masked = some.some((figure) => isMasked(figure) || figure.tables.some(({ cells }) => cells.some(isMasked)));
  return (
    <>
      <p>
        {words.say('statisticScopes', of.scope)}, du {fullDay(of.from)} au {fullDay(of.to)}.
        {of.countedAt && <span className="soft"> Compté {lately(of.countedAt)}, puis une fois par mois.</span>}
      </p>
      {of.missingMonths !== undefined && (
        <p className="notice">
          {of.missingMonths === 1
            ? 'Un mois n’est pas encore compté'
            : `${of.missingMonths} mois ne sont pas encore comptés`}
          {of.missingMonths === 1 ? ' : il le sera' : ' : ils le seront'} dans la première nuit du mois qui suit.
        </p>
      )}
      {masked && <Masked />}
      {some.length === 0 ? (
        <Empty>
          <p>Rien n’a été enregistré dans cette période. Choisissez-en une autre.</p>
        </Empty>
      ) : (
        some.map((figure) => <FigureShown of={figure} key={figure.label} />)
      )}
    </>
  );
}

import { api, type Shape } from '../api/client';
import { fullDay, lately, today } from '../api/dates';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { useMe } from '../sign-in/me';
import { FigureShown, isMasked, Masked } from './Figures';
import { Open } from './Open';
import { StatisticsTabs } from './StatisticsTabs';
import { codeOf, periodOf, periodsOn, quartersOn } from './periods';

type Response = Shape<'ContinuityResponse'>;
type Side = NonNullable<Response['side']>;
/** Of one's own structure what it asked or was asked; or the sums of all, of which there are no sides. */
type Whose = Side | 'network';

/** Whether the thread holds: what is open and whom it waits for, how referrals and handovers went, and what nobody takes where. */
export default function Continuity() {
  const { role } = useMe();
  const { of } = useFilters();
  const works = role === 'counsellor' || role === 'manager';
  const whose = works ? (of<Whose>('whose') ?? 'sent') : undefined;
  const own = whose === 'sent' || whose === 'received';
  const periods = own ? periodsOn(today(), true) : quartersOn(today());
  const first = periodOf(periods[0]!.code);
  const chosen = { from: of('from') ?? first.from, to: of('to') ?? first.to };
  const scope = own ? { scope: 'structure' as const, side: whose } : whose ? { scope: whose } : {};
  const found = api.useQuery('get', '/v1/statistics/continuity', { params: { query: { ...chosen, ...scope } } });
  return (
    <Page
      title="Orientations et passations"
      tab="Orientations et passations"
      aside={
        <p className="acts not-printed">
          <Button onClick={() => print()}>Imprimer</Button>
        </p>
      }
    >
      <div className="stack">
        <StatisticsTabs here="/statistics/continuity" />
        <Choice whose={whose} own={own} periods={periods} chosen={chosen} />
        <Answer of={found}>{(figures) => <Shown of={figures} />}</Answer>
      </div>
    </Page>
  );
}

interface ChoiceProps {
  whose: Whose | undefined;
  own: boolean;
  periods: ReturnType<typeof periodsOn>;
  chosen: { from: string; to: string };
}

function Choice({ whose, own, periods, chosen }: ChoiceProps) {
  const words = useWords();
  const { change, changeAll } = useFilters();
  const code = codeOf(chosen);
  const listed = periods.some((one) => one.code === code);
  return (
    <div className="side-by-side not-printed" role="group" aria-label="Choisir ce qui est compté">
      {whose && (
        <Select
          label="Quoi"
          value={whose}
          // Days of one's own need not be a quarter: the other figures begin with one that is over.
          onChange={(next) =>
            next === 'network' || whose === 'network'
              ? changeAll({ whose: next, from: '', to: '' })
              : change('whose')(next)
          }
          choices={[...words.all('flowSides'), { code: 'network', label: 'Les sommes de tout le réseau' }]}
        />
      )}
      <Select
        label="Période"
        value={listed ? code : ''}
        onChange={(period) => period !== '' && changeAll({ ...periodOf(period) })}
        choices={[...(listed ? [] : [{ code: '', label: 'D’autres dates' }]), ...periods]}
      />
      {own && (
        <>
          <Text label="Du" type="date" value={chosen.from} onChange={(from) => changeAll({ ...chosen, from })} />
          <Text label="Au" type="date" value={chosen.to} onChange={(to) => changeAll({ ...chosen, to })} />
        </>
      )}
    </div>
  );
}

function Shown({ of }: { of: Response }) {
  const words = useWords();
  const figures = [of.sent, of.answered, of.ended, of.handovers, of.unhelped].filter(
    (figure) => figure.count !== 0 || isMasked(figure),
  );
  const all = [...figures, ...of.gaps];
  const masked = all.some((one) => isMasked(one) || one.tables.some(({ cells }) => cells.some(isMasked)));
  return (
    <>
      {of.now && <Open of={of.now} />}
      <p>
        {of.side ? words.say('flowSides', of.side) : words.say('statisticScopes', of.scope)}, du {fullDay(of.from)} au{' '}
        {fullDay(of.to)}.
        {of.countedAt && <span className="soft"> Compté {lately(of.countedAt)}, une fois pour toutes.</span>}
        {of.inFives && <span className="soft"> Compté par cinq : de 8, il est dit 5.</span>}
      </p>
      {of.missingQuarters !== undefined && (
        <p className="notice">
          {of.missingQuarters === 1
            ? 'Un trimestre n’est pas encore compté : il le sera'
            : `${of.missingQuarters} trimestres ne sont pas encore comptés : ils le seront`}{' '}
          dans une des nuits qui viennent.
        </p>
      )}
      {masked && <Masked />}
      {figures.length === 0 && <p>Rien n’a été envoyé ni fini dans cette période. Choisissez-en une autre.</p>}
      {figures.map((figure) => (
        <FigureShown of={figure} key={figure.label} />
      ))}
      {of.gaps.map((gap) => (
        <FigureShown of={{ ...gap, label: `Personne ici ne prend : ${gap.label}` }} key={gap.theme} />
      ))}
    </>
  );
}

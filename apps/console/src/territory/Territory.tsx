import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { dayOf, fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { TaskDetail } from '../day/Day';
import { Answer } from '../pieces/Answer';
import { Empty } from '../pieces/Empty';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';

type Glance = Shape<'TerritoryResponse'>;
type Counts = Shape<'GlanceCounts'>;

/** The referrals of a territory, or of the structure one manages: what has to be decided, what is late, and numbers. */
export default function Territory() {
  const found = api.useQuery('get', '/v1/territory');
  return (
    <Answer of={found}>
      {(glance) => (
        <Page title="Vue d’ensemble" tab="Vue d’ensemble" aside={<Sum of={glance.total} />}>
          <div className="columns wide-first">
            <div className="stack">
              <Decisions of={glance} />
              <ByStructure of={glance} />
            </div>
            <div className="stack">
              <Late of={glance} />
              <Needs of={glance} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  );
}

const Sum = ({ of: { open, waiting, late } }: { of: Counts }) => (
  <p className="soft">
    {open} en cours, {waiting} sans réponse, dont {late} en retard
  </p>
);

function Decisions({ of: { decisions } }: { of: Glance }) {
  return (
    <section className="sheet" aria-labelledby="a-decider">
      <div className="head">
        <h2 id="a-decider">À décider</h2>
      </div>
      {decisions.length === 0 ? (
        <Empty>
          <p>Rien n’attend de décision. Ce que deux structures ne règlent pas entre elles vient ici.</p>
        </Empty>
      ) : (
        <ul className="rows">
          {decisions.map((task) => (
            <li key={task.id}>
              <TaskDetail task={task} named />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Late({ of: { late } }: { of: Glance }) {
  if (late.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="en-retard">
      <div className="head">
        <h2 id="en-retard">Sans réponse depuis longtemps</h2>
      </div>
      <ul className="rows">
        {late.map(({ id, structure, lateSince }) => (
          <li key={id}>
            <Link href={`/referrals/${id}`}>
              <Structure of={structure} />
            </Link>
            <span className="small soft">en retard depuis le {fullDay(dayOf(lateSince))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const columns: readonly (readonly [keyof Counts, string])[] = [
  ['open', 'En cours'],
  ['waiting', 'Sans réponse'],
  ['late', 'En retard'],
  ['held', 'Attend l’État'],
  ['declined', 'Refusées'],
  ['expired', 'Restées sans réponse'],
];

function ByStructure({ of: { byStructure, total, since, more } }: { of: Glance }) {
  return (
    <section className="sheet stack" aria-labelledby="par-structure">
      <h2 id="par-structure">Par structure sollicitée</h2>
      <div className="scrolled" tabIndex={0} role="group" aria-labelledby="par-structure">
        <table>
          <thead>
            <tr>
              <th scope="col">Structure</th>
              {columns.map(([, name]) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byStructure.map(({ structure, ...counts }) => (
              <tr key={structure.id}>
                <th scope="row">
                  <Structure of={structure} />
                </th>
                {columns.map(([name]) => (
                  <td key={name}>{counts[name]}</td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">En tout</th>
              {columns.map(([name]) => (
                <td key={name}>{total[name]}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className="hint">
        Ce qui est fini est compté depuis le {fullDay(since)}.
        {more && ' Il y en a davantage que ce qui est compté ici.'}
      </p>
    </section>
  );
}

/** Where those who need help live, and what with: never so few that somebody could be known. */
function Needs({ of: { byCommune, byTheme, countedBy, since } }: { of: Glance }) {
  const words = useWords();
  if (byCommune.length + byTheme.length === 0) return null;
  return (
    <section className="sheet stack" aria-labelledby="besoins">
      <h2 id="besoins">Pour qui une aide a été demandée</h2>
      <Counted
        title="Où vivent ces personnes"
        of={byCommune.map(({ commune, communeName, residents }) => [commune, communeName ?? commune, residents])}
      />
      <Counted
        title="Ce dont elles ont besoin"
        of={byTheme.map(({ theme, residents }) => [theme, words.say('themes', theme), residents])}
      />
      <p className="hint">
        Depuis le {fullDay(since)}.
        {countedBy > 1 && ` Comptées par ${countedBy} : de moins de ${countedBy} personnes, rien n’est dit.`}
      </p>
    </section>
  );
}

const Counted = ({ title, of }: { title: string; of: readonly (readonly [string, string, number])[] }) =>
  of.length > 0 && (
    <>
      <h3>{title}</h3>
      <ul className="rows">
        {of.map(([code, name, residents]) => (
          <li key={code}>
            <span>{name}</span>
            <span className="soft">
              {residents} {residents > 1 ? 'personnes' : 'personne'}
            </span>
          </li>
        ))}
      </ul>
    </>
  );

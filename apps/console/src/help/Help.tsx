import { Link } from 'wouter';
import { useWords } from '../api/words';
import { Page } from '../pieces/Page';
import { Select } from '../pieces/Select';
import { useFilters } from '../pieces/filters';
import { useMe } from '../sign-in/me';
import { helpOfRoles } from './pages';
import { fileOf, pictures } from './pictures';

/** A page per role: what one does first, the ten frequent acts, whom to ask. */
export default function Help() {
  const me = useMe();
  const words = useWords();
  const { of, change } = useFilters();
  const role = of('role') ?? me.role;
  const page = helpOfRoles.find((one) => one.role === role) ?? helpOfRoles[0]!;
  return (
    <Page title="Aide" tab="Aide">
      <div className="stack">
        <div className="columns wide-first">
          <div className="stack">
            <section className="sheet stack" aria-labelledby="pour-qui">
              <h2 id="pour-qui">{page.title}</h2>
              <h3>Pour commencer</h3>
              <ol className="steps">
                {page.first.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </section>
            <section className="sheet" aria-labelledby="gestes">
              <h2 id="gestes">Ce que vous ferez le plus souvent</h2>
              <dl className="acts-of-role">
                {page.acts.map(({ name, how, picture }) => (
                  <div key={name}>
                    <dt>
                      <strong>{name}</strong>
                    </dt>
                    <dd>{how}</dd>
                    {picture && (
                      <dd>
                        <img src={fileOf(picture)} alt={pictures[picture]} loading="lazy" />
                      </dd>
                    )}
                  </div>
                ))}
              </dl>
            </section>
          </div>
          <div className="stack">
            <section className="sheet stack" aria-labelledby="demander">
              <h2 id="demander">À qui demander</h2>
              <ul className="stack">
                {page.ask.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </section>
            <section className="sheet stack" aria-labelledby="signes">
              <h2 id="signes">Ce que disent les traits</h2>
              <p>Un trait plein, c’est ce qui a eu lieu. Un trait pointillé, c’est ce qu’on attend.</p>
              <p>Chaque structure a sa couleur et sa forme. Le rouge est celui du fil, et de rien d’autre.</p>
              <p>« … » après un verbe : une question vous sera posée avant que rien ne se fasse.</p>
            </section>
            <section className="sheet stack" aria-labelledby="autres">
              <h2 id="autres">Les autres rôles</h2>
              <Select
                label="Montrer l’aide pour"
                value={page.role}
                onChange={(code) => change('role')(code === me.role ? '' : code)}
                choices={helpOfRoles.map(({ role: code }) => ({ code, label: words.say('roles', code) }))}
              />
              <p>
                <Link href="/accessibility">Déclaration d’accessibilité</Link>
              </p>
            </section>
          </div>
        </div>
      </div>
    </Page>
  );
}

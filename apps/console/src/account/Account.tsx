import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { applyTheme, chosenTheme, type Theme } from '../app/theme';
import { useWords } from '../api/words';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { may, useMe } from '../sign-in/me';
import { Calendar } from './Calendar';
import { ChangeEmail, ChangeName, ChangePassword } from './changes';
import { SecondFactor } from './SecondFactor';
import { SignIns } from './SignIns';

type Change = 'name' | 'email' | 'password';

/** Whatever is one's own: how one is called, how one gets in, where one is in, and how it looks. */
export default function Account() {
  const me = useMe();
  const words = useWords();
  const [changing, setChanging] = useState<Change>();
  const close = () => setChanging(undefined);
  const change = (what: Change, of: string) => (
    <Button quiet dense onClick={() => setChanging(what)}>
      Changer…<span className="only-heard"> {of}</span>
    </Button>
  );
  return (
    <Page title="Mon compte" tab="Mon compte">
      <div className="columns halves">
        <div className="stack">
          <section className="sheet" aria-labelledby="vous">
            <div className="head">
              <h2 id="vous">Vous</h2>
            </div>
            <Facts
              of={[
                ['Nom', <Changeable key="n" value={me.user.name} act={change('name', 'de nom')} />],
                ['Adresse', <Changeable key="e" value={me.user.email} act={change('email', 'd’adresse')} />],
                [
                  'Mot de passe',
                  <Changeable key="p" value="connu de vous seul" act={change('password', 'de mot de passe')} />,
                ],
                ['Structure', me.structure.name],
                ['Rôle', words.say('roles', me.role)],
                me.territoryNames?.length
                  ? ['Territoire', `${me.territoryNames.length} communes`]
                  : ['Territoire', me.role === 'coordinator' && 'tout le réseau'],
              ]}
            />
          </section>
          {may(me, 'session.record') && <Calendar />}
        </div>
        <div className="stack">
          <SecondFactor />
          <SignIns />
          <Look />
        </div>
      </div>
      {changing === 'name' && <ChangeName onClose={close} />}
      {changing === 'email' && <ChangeEmail onClose={close} />}
      {changing === 'password' && <ChangePassword onClose={close} />}
    </Page>
  );
}

const Changeable = ({ value, act }: { value: string; act: React.ReactNode }) => (
  <span className="acts">
    <span>{value}</span>
    {act}
  </span>
);

const looks: readonly Choice<Theme>[] = [
  { code: 'device', label: 'Comme l’appareil' },
  { code: 'light', label: 'Clair' },
  { code: 'dark', label: 'Sombre' },
];

function Look() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <section className="sheet stack" aria-labelledby="apparence">
      <h2 id="apparence">Apparence</h2>
      <OneOf
        legend="Couleurs de l’écran"
        hint="Sur cet appareil."
        choices={looks}
        value={theme}
        onChange={(chosen) => {
          applyTheme(chosen);
          setTheme(chosen);
        }}
      />
      <p>
        <Link href="/accessibility">Déclaration d’accessibilité</Link>
      </p>
    </section>
  );
}

import { useLocation } from 'wouter';
import { Page } from '../pieces/Page';
import { SetUpSecondFactor } from './SetUpSecondFactor';

/** Where somebody sets up a second step by themself. */
export default function SecondFactorPage() {
  const [, go] = useLocation();
  return (
    <Page title="Deuxième étape à la connexion" tab="Deuxième étape à la connexion">
      <section className="sheet stack">
        <SetUpSecondFactor onDone={() => go('/account')} />
      </section>
    </Page>
  );
}

import { Component, type ReactNode } from 'preact/compat';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';

/** A page that breaks, or whose files do not arrive (no network, a new version): the rest stands, and a way out is named. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Page title="Cette page ne s’affiche pas" tab="Page indisponible">
        <div className="notice" role="alert">
          <p>Rechargez-la. Ce qui est enregistré l’est ; un formulaire commencé se retrouve.</p>
          <p>
            <Button dense onClick={() => location.reload()}>
              Recharger
            </Button>
          </p>
        </div>
      </Page>
    );
  }
}

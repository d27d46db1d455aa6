import { Page } from '../pieces/Page';

/** What was tried, how, and what was not: nothing here says more than a test or a pair of eyes has seen. */
export default function Accessibility() {
  return (
    <Page title="Accessibilité" tab="Accessibilité">
      <div className="columns halves">
        <section className="sheet stack" aria-labelledby="essaye">
          <h2 id="essaye">Ce qui a été essayé</h2>
          <ul className="steps">
            <li>
              Chaque page est contrôlée par un programme (axe) selon les règles WCAG 2.2, niveau AA : aucune erreur
              n’est acceptée.
            </li>
            <li>
              Les pages se lisent sur un écran de 320 points de large sans défiler de côté, ce qui vaut un
              agrandissement de 400 % sur un écran courant. Rien n’est coupé, à 200 % non plus, ni quand les lignes, les
              mots et les lettres sont espacés.
            </li>
            <li>
              De la connexion à la passation, le travail d’un conseiller se fait au clavier seul : ce qui est actif se
              voit à chaque pas, et revient à sa place quand une fenêtre se ferme. Les boutons, les listes et les
              fenêtres de toutes les pages sont ceux du navigateur.
            </li>
            <li>Les couleurs claires et sombres ont été mesurées : 5 au moins pour les textes, 3 pour les dessins.</li>
            <li>Aucune information n’est donnée par la couleur seule : un mot est toujours à côté.</li>
            <li>Ce qui vient d’être enregistré, et ce qui est refusé, est annoncé aux lecteurs d’écran.</li>
            <li>Les mouvements cessent quand votre appareil le demande.</li>
          </ul>
        </section>
        <div className="stack">
          <section className="sheet stack" aria-labelledby="pas-essaye">
            <h2 id="pas-essaye">Ce qui n’a pas été essayé</h2>
            <ul className="steps">
              <li>
                Aucun audit complet selon le RGAA n’a été fait par un organisme : la conformité n’est donc pas déclarée.
              </li>
              <li>Les pages n’ont pas été lues en entier avec NVDA, JAWS, VoiceOver ou TalkBack.</li>
              <li>Elles ont été essayées dans Chromium. Firefox et Safari ne l’ont pas été.</li>
              <li>Toutes les pages n’ont pas été parcourues une à une au clavier.</li>
              <li>La commande à la voix et les contacteurs n’ont pas été essayés.</li>
            </ul>
          </section>
          <section className="sheet stack" aria-labelledby="dire">
            <h2 id="dire">Dire ce qui ne va pas</h2>
            <p>
              Si quelque chose vous arrête, dites-le à l’administrateur de votre réseau : ce que vous vouliez faire, et
              ce qui s’est passé. Si la réponse ne vient pas, le Défenseur des droits peut être saisi.
            </p>
          </section>
        </div>
      </div>
    </Page>
  );
}

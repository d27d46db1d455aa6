import { Link } from 'wouter';
import { api } from '../api/client';
import { buttonClass } from '../pieces/Button';
import { Answer } from '../pieces/Answer';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { ActivityFilters, useActivityFilters } from '../sessions/ActivityFilters';
import { useMe } from '../sign-in/me';
import { AskExport } from './AskExport';
import { ExportRow } from './ExportRow';

/** Milliseconds between two looks while something is being made. */
const soon = 1_000;

/** Files of what was done, for a spreadsheet: which activities, in which columns, and those there are. */
export default function Exports() {
  const me = useMe();
  const { chosen } = useActivityFilters();
  const list = api.useQuery(
    'get',
    '/v1/exports',
    {},
    { refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? soon : false) },
  );
  return (
    <Page
      title="Exporter des activités"
      tab="Exports"
      aside={
        <Link className={buttonClass({})} href={`/sessions${chosen}`}>
          Revenir à la liste
        </Link>
      }
    >
      <div className="stack">
        <p className="soft">
          {me.role === 'manager'
            ? 'Un export contient ce que votre structure a fait, comme la liste de vos activités.'
            : 'Un export contient ce que vous avez fait vous-même, comme la liste de vos activités.'}{' '}
          Les noms n’y sont que pour les personnes que votre structure suit encore ; ce qui a été écrit d’elles n’y est
          jamais.
        </p>
        <ActivityFilters at="/exports" />
        <AskExport />
        <Answer of={list}>
          {({ items }) => (
            <section className="sheet" aria-labelledby="made">
              <h2 id="made">Vos exports</h2>
              {items.length === 0 ? (
                <Empty>
                  <p>Aucun export pour l’instant. Celui que vous préparez vient ici, et y reste un jour.</p>
                </Empty>
              ) : (
                <ul className="rows">
                  {items.map((one) => (
                    <ExportRow key={one.id} one={one} />
                  ))}
                </ul>
              )}
            </section>
          )}
        </Answer>
      </div>
    </Page>
  );
}

const isOpen = ({ status }: { status: string }): boolean => status === 'waiting' || status === 'running';

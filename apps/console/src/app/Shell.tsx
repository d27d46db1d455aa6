import { useState, type ReactNode } from 'preact/compat';
import { useOnline } from './online';
import { Link, useLocation } from 'wouter';
import { api } from '../api/client';
import { buttonClass, Knot } from '../pieces/Button';
import { upTo } from '../pieces/counts';
import { may, type Me } from '../sign-in/me';
import { useSignOut } from '../sign-in/sign-out';
import { FindResident } from '../cases/FindResident';
import { MarginThread } from './Brand';
import { NetworkLogo, NetworkName } from './Network';
import { places } from './routes';
import { useArrivals } from './arrivals';

/** What stands around every page: the margin with its thread, who is here, and somebody to find. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [location] = useLocation();
  const records = may(me, 'session.record');
  const signOut = useSignOut();
  useArrivals(me);
  return (
    <>
      <a
        className="skip"
        href="#contenu"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('main h1')?.focus();
        }}
      >
        Aller au contenu
      </a>
      <div className="shell">
        <header className="margin">
          <Link className="brand" href="/">
            <MarginThread />
            <strong>Fil Rouge</strong>
            <small>
              <NetworkName />
            </small>
          </Link>
          <div className={open ? 'margin-in open' : 'margin-in'} id="margin">
            {records && (
              <p className="act">
                <Link className={buttonClass({ main: location === '/' })} href="/session">
                  <Knot /> Enregistrer un accompagnement
                </Link>
              </p>
            )}
            <nav aria-label="Pages" onClick={() => setOpen(false)}>
              <Places me={me} location={location} />
            </nav>
            <Kept />
            <NetworkLogo />
          </div>
        </header>
        <div className="page">
          <div className="top">
            {may(me, 'case.search') ? <FindResident key={location} /> : <span />}
            <nav className="who" aria-label="Votre compte">
              <Link href="/account">{me.user.name}</Link>
              <br />
              <small>{me.structure.name}</small>
              <br />
              <button className={buttonClass({ quiet: true, dense: true })} onClick={() => void signOut()}>
                Se déconnecter
              </button>
            </nav>
          </div>
          <main id="contenu">{children}</main>
        </div>
        <nav className="bar" aria-label="Raccourcis">
          <button
            type="button"
            className={buttonClass({})}
            aria-expanded={open}
            aria-controls="margin"
            onClick={() => {
              setOpen(!open);
              scrollTo(0, 0);
            }}
          >
            Menu
          </button>
          {records && (
            <Link className={buttonClass({ main: true })} href="/session">
              <Knot /> Enregistrer
            </Link>
          )}
        </nav>
      </div>
    </>
  );
}

/** Where one is stands out by a knot on the thread. */
function Places({ me, location }: { me: Me; location: string }) {
  const { data: badges } = api.useQuery('get', '/v1/today/badges', {}, { enabled: may(me, 'task.read') });
  return places
    .filter(({ needs }) => may(me, needs))
    .map(({ path, name, badge }) => {
      const here = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
      const counted = badge && badges?.[badge];
      return (
        <Link href={path} key={path} aria-current={here ? 'page' : undefined}>
          {name}
          {counted !== undefined && counted.count > 0 && (
            <span className="count">
              {upTo(counted)}
              <span className="only-heard"> à voir</span>
            </span>
          )}
        </Link>
      );
    });
}

function Kept() {
  const online = useOnline();
  return (
    <p className="kept" role="status">
      <svg width="34" height="10" viewBox="0 0 34 10" aria-hidden="true">
        <path d="M1 5h32" stroke="var(--thread)" strokeWidth="2.5" strokeDasharray={online ? undefined : '1.5 5.5'} />
        <circle cx="17" cy="5" r="4" fill={online ? 'var(--thread)' : 'var(--paper)'} stroke="var(--thread)" />
      </svg>
      {online ? 'Connecté' : 'Hors connexion : rien ne part pour l’instant'}
    </p>
  );
}

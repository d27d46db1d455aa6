import { Link } from 'wouter';
import { buttonClass } from '../pieces/Button';

const tabs = [
  ['/journal', 'Ce qui a été fait et lu'],
  ['/journal/find', 'Trouver un dossier'],
  ['/journal/verifications', 'Vérifications'],
] as const;

export const JournalTabs = ({ here }: { here: (typeof tabs)[number][0] }) => (
  <nav className="acts" aria-label="Pages du journal">
    {tabs.map(([href, label]) => (
      <Link
        key={href}
        href={href}
        className={buttonClass({ dense: true })}
        aria-current={href === here ? 'page' : undefined}
      >
        {label}
      </Link>
    ))}
  </nav>
);

import { Link } from 'wouter';
import { buttonClass } from '../pieces/Button';

const tabs = [
  ['/statistics', 'Activité'],
  ['/statistics/continuity', 'Orientations et passations'],
] as const;

export const StatisticsTabs = ({ here }: { here: (typeof tabs)[number][0] }) => (
  <nav className="acts not-printed" aria-label="Pages des statistiques">
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

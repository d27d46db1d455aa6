import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { nameOf } from '../pieces/Person';
import { Structure } from '../pieces/Mark';
import { StateBadge } from './StateBadge';
import { silenceOf, waits } from './states';

type Referral = Shape<'ReferralResponse'>;

/** Who, for what, between whom and since when; a first name while nothing is accepted. */
export function ReferralRow({ of, box, late }: { of: Referral; box: 'received' | 'sent' | undefined; late?: boolean }) {
  const words = useWords();
  const { id, resident, fromStructure, toStructure, status, urgency, needs, sentAt, dueAt, endedAt } = of;
  const ends = waits(of) && dueAt ? `s’arrête d’elle-même le ${shortDay(dueAt)}` : undefined;
  return (
    <>
      <div>
        <p>
          <Link className="name" href={`/referrals/${id}`}>
            {nameOf(resident)}
          </Link>
          {resident.communeName && `, ${resident.communeName}`} {urgency === 'urgent' && <Tag>Urgent</Tag>}{' '}
          {late && <Tag>En retard</Tag>}
        </p>
        {needs && <p>{needs.map((need) => words.say('themes', need)).join(', ')}</p>}
        <p className="small soft">
          {box !== 'sent' && <Structure of={fromStructure} />}
          {box === undefined && ' vers '}
          {box !== 'received' && (toStructure ? <Structure of={toStructure} /> : 'structure à choisir')}
          {[
            '',
            sentAt && `envoyée le ${shortDay(sentAt)}`,
            endedAt ? `finie le ${shortDay(endedAt)}` : silenceOf(of),
            ends,
          ]
            .filter((part) => part !== undefined)
            .join(', ')}
        </p>
      </div>
      <StateBadge state={status} />
    </>
  );
}

const Tag = ({ children }: { children: string }) => <span className="tag heed">{children}</span>;

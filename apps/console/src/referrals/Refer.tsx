import { useLocation, useSearchParams } from 'wouter';
import { api } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { ReferForm } from './ReferForm';
import '../style/referrals.css';

/** Another structure is asked to help: anew, from a draft that was kept, or again after one that ended. */
export default function Refer({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const words = useWords();
  const [, go] = useLocation();
  const [asked] = useSearchParams();
  const from = asked.get('draft') ?? asked.get('previous') ?? undefined;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const earlier = api.useQuery(
    'get',
    '/v1/referrals/{id}',
    { params: { path: { id: from ?? '' } } },
    { enabled: from !== undefined },
  );
  return (
    <Answer of={found}>
      {(one) => (
        <Page
          title={`Orienter ${nameOf(one.resident)}`}
          tab="Orienter"
          aside={one.lead && <p className="soft">{one.lead.structure.name} continue à mener le suivi.</p>}
        >
          {one.actions.includes('referrals') ? (
            words.all('themes').length > 0 &&
            (from === undefined ? (
              <ReferForm
                of={one}
                onDone={(answer) => go(answer.id ? `/referrals/${answer.id}` : '/referrals?box=sent')}
              />
            ) : (
              <Answer of={earlier}>
                {(referral) => (
                  <ReferForm
                    key={from}
                    of={one}
                    {...(asked.has('draft') ? { draft: referral } : { previous: referral })}
                    onDone={(answer) => go(`/referrals/${answer.id ?? from}`)}
                  />
                )}
              </Answer>
            ))
          ) : (
            <p>Ce suivi ne permet pas d’orienter la personne : qui le mène peut le faire.</p>
          )}
        </Page>
      )}
    </Answer>
  );
}

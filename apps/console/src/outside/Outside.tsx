import { useLocation } from 'wouter';
import { api } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { OutsideForm } from './OutsideForm';
import { OutsideList } from './OutsideList';
import '../style/referrals.css';

/** To an organisation that is not in the network: with a sheet, and what came of it told later. */
export default function Outside({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const words = useWords();
  const [, go] = useLocation();
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Orienter ${nameOf(one.resident)} hors du réseau`} tab="Orienter hors du réseau">
          <div className="stack">
            <OutsideList caseId={id} />
            {one.actions.includes('outside-referrals') && words.all('themes').length > 0 && (
              <OutsideForm of={one} onDone={(answer) => go(`/cases/${id}/outside/${answer.id}`)} />
            )}
          </div>
        </Page>
      )}
    </Answer>
  );
}

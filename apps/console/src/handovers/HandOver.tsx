import { useLocation } from 'wouter';
import { api } from '../api/client';
import { Answer } from '../pieces/Answer';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { useMe } from '../sign-in/me';
import { AskForLead } from './AskForLead';
import { DecideLead } from './DecideLead';
import { ProposeForm } from './ProposeForm';
import '../style/referrals.css';

/** Somebody else leads from now on: proposed by who leads, asked for by who helps, decided by the coordination. */
export default function HandOver({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const me = useMe();
  const [, go] = useLocation();
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  const done = (answer: { id?: string }) => go(answer.id ? `/handovers/${answer.id}` : `/cases/${id}`);
  return (
    <Answer of={found}>
      {(one) => {
        const leads = one.participation === 'lead';
        const decides = me.role === 'coordinator' || me.role === 'administrator';
        const Form = leads ? ProposeForm : decides ? DecideLead : AskForLead;
        return (
          <Page
            title={
              leads
                ? `Passer la main : ${nameOf(one.resident)}`
                : decides
                  ? 'Décider qui mène ce suivi'
                  : `Demander à mener le suivi de ${nameOf(one.resident)}`
            }
            tab="Passer la main"
            aside={one.lead && <p className="soft">{one.lead.structure.name} mène le suivi aujourd’hui.</p>}
          >
            {one.actions.includes('handovers') ? (
              <Form of={one} onDone={done} />
            ) : (
              <p>Une passation est déjà en cours, ou ce suivi ne le permet pas.</p>
            )}
          </Page>
        );
      }}
    </Answer>
  );
}

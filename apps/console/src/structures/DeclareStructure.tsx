import { useLocation } from 'wouter';
import { useDraftedAct } from '../pieces/act';
import { Page } from '../pieces/Page';
import { StructureForm, type Written } from './StructureForm';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

/** A structure that enters the network: it keeps its own cases from now on; what it sends waits for the State. */
export default function DeclareStructure() {
  const [, go] = useLocation();
  const draft = useDraft<Written>('structure', { name: '', siret: '', typology: 'ASSO', services: [], communes: [] });
  const { value } = draft;
  const act = useDraftedAct(draft, '/v1/structures', 'Structure déclarée', ({ id }) => go(`/structures/${id}`));
  const { siret, communes, ...said } = value;
  return (
    <Page title="Déclarer une structure" tab="Déclarer une structure">
      <div className="stack">
        <p className="soft">Elle peut tenir ses dossiers tout de suite. Ce qu’elle envoie et reçoit attend l’État.</p>
        <FoundAgain found={draft.found} />
        <StructureForm
          {...act}
          value={value}
          change={draft.change}
          verb="Déclarer la structure"
          onClose={() => go('/structures')}
          onSend={() =>
            act.send({ body: { ...said, ...(siret && { siret }), communes: communes.map(({ code }) => code) } })
          }
        />
      </div>
    </Page>
  );
}

import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { LongText } from '../pieces/Text';
import { useMe } from '../sign-in/me';
import { FoundAgain } from '../pieces/FoundAgain';
import { useDraft } from '../pieces/draft';

/** Taking back a departure that runs: for whoever made it, and the managers of its structure. */
export function UndoBatch({ of }: { of: Shape<'HandoverBatchDto'> }) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const draft = useDraft(`batch undone ${of.id ?? ''}`, { reason: '' });
  const { reason } = draft.value;
  const act = useDraftedAct(draft, '/v1/handover-batches/{id}/undo', 'Le départ est annulé', () => setAsking(false));
  const manages = me.role === 'manager' && of.structure.id === me.structure.id;
  // What is begun everywhere may still wait for an answer somewhere.
  const returns =
    of.status === 'running' || (of.status === 'done' && of.items.some(({ outcome }) => outcome === 'proposed'));
  if (!returns || !(manages || of.createdBy?.id === me.user.id)) return null;
  return (
    <section className="sheet answers" aria-label="Ce que vous pouvez faire">
      <div className="answer">
        <Button onClick={() => setAsking(true)}>Annuler ce départ…</Button>
        <p>Les suivis qui n’ont pas encore changé de mains restent où ils sont.</p>
      </div>
      {asking && (
        <Ask
          {...act}
          title="Annuler ce départ ?"
          verb="Annuler le départ"
          onClose={() => setAsking(false)}
          onSend={() => act.send({ params: { path: { id: of.id ?? '' } }, body: { ...(reason.trim() && { reason }) } })}
        >
          <FoundAgain found={draft.found} />
          <p>
            Ce qui est seulement proposé est retiré, ce qui est accepté pour plus tard est annulé. Un suivi qui a déjà
            changé de mains ou qui est clos reste comme il est : il faut une nouvelle passation pour le faire revenir.
          </p>
          <LongText
            label="Pourquoi"
            hint="Si c’est utile. Ceux qui avaient accepté un suivi le lisent."
            maxLength={1000}
            value={reason}
            onChange={(text) => draft.change({ reason: text })}
            wrong={about(act.error, 'reason')}
          />
        </Ask>
      )}
    </section>
  );
}

import type { Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';

/** Whoever asks to contribute begins when the lead agrees; there is no day to choose. */
export function AcceptBeside({ of }: { of: Shape<'HandoverDto'> }) {
  const { busy, error, send } = useAct('/v1/handovers/{id}/accept', 'Demande acceptée');
  return (
    <>
      {error != null && <Failure error={error} />}
      <div className="answer">
        <Button main busy={busy} onClick={() => send({ params: { path: { id: of.id } }, body: {} })}>
          Accepter
        </Button>
        <p>
          {of.toStructure.name} lit aussitôt le nom, comment joindre la personne et tout ce que les structures du suivi
          ont noté, et y ajoute ce qu’elle fait. Vous menez toujours le suivi.
        </p>
      </div>
    </>
  );
}

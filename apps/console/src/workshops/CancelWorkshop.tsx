import type { Shape } from '../api/client';
import { useDraftedAct } from '../pieces/act';
import { AskWhy, useWhy } from '../pieces/Why';

export function CancelWorkshop({ of, onClose }: { of: Shape<'WorkshopShown'>; onClose: () => void }) {
  const why = useWhy<Shape<'CancelWorkshopBody'>['reason']>(`workshop cancelled ${of.id}`);
  const act = useDraftedAct(why, '/v1/workshops/{id}/cancel', 'Marqué comme saisi par erreur', onClose);
  return (
    <AskWhy<Shape<'CancelWorkshopBody'>['reason']>
      {...act}
      why={why}
      title="Cet atelier a été saisi par erreur ?"
      verb="Marquer comme erreur"
      vocabulary="workshopErrors"
      readers="Votre structure seule le lit."
      above={
        <p>Il reste lisible dans chaque dossier, marqué comme une erreur, et ne compte plus. Cela ne se défait pas.</p>
      }
      onClose={onClose}
      onSend={(reason, more) => act.send({ params: { path: { id: of.id } }, body: { reason, ...more } })}
    />
  );
}

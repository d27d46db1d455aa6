import { useState } from 'preact/compat';
import { useLocation } from 'wouter';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { ChooseFollowed, type Followed } from '../cases/ChooseFollowed';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { LongText } from '../pieces/Text';
import { AskWhy, useWhy } from '../pieces/Why';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

interface Props {
  of: Shape<'SessionShown'>;
  onClose: () => void;
}

export function CancelSession({ of, onClose }: Props) {
  const why = useWhy<Shape<'CancelSessionBody'>['reason']>(`session cancelled ${of.id}`);
  const act = useDraftedAct(why, '/v1/cases/{id}/sessions/{sid}/cancel', 'Marqué comme saisi par erreur', onClose);
  return (
    <AskWhy<Shape<'CancelSessionBody'>['reason']>
      {...act}
      why={why}
      title="Cet accompagnement a été saisi par erreur ?"
      verb="Marquer comme erreur"
      vocabulary="sessionErrors"
      readers="Tous ceux qui lisent l’accompagnement le voient."
      above={<p>Il reste lisible, barré, et ne compte plus nulle part. Cela ne se défait pas.</p>}
      onClose={onClose}
      onSend={(reason, more) =>
        act.send({ params: { path: { id: of.caseId, sid: of.id } }, body: { reason, ...more } })
      }
    />
  );
}

export function MoveSession({ of, onClose }: Props) {
  const [, go] = useLocation();
  const draft = useDraft(`session moved ${of.id}`, { to: undefined as Followed | undefined, reason: '' });
  const { to, reason } = draft.value;
  const [asked, setAsked] = useState(false);
  const act = useDraftedAct(draft, '/v1/cases/{id}/sessions/{sid}/move', 'Accompagnement déplacé', ({ caseId, id }) =>
    go(`/cases/${caseId}/sessions/${id}`),
  );
  const wrong = (member: string) => about(act.error, member);
  return (
    <Ask
      {...act}
      title="C’était avec quelqu’un d’autre ?"
      verb="Le déplacer"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        if (to) act.send({ params: { path: { id: of.caseId, sid: of.id } }, body: { toCaseId: to.id, reason } });
      }}
    >
      <FoundAgain found={draft.found} />
      <p>
        L’accompagnement passe dans l’autre dossier. Ici, il reste marqué comme une erreur ; seule votre structure sait
        où il est allé.
      </p>
      <ChooseFollowed
        label="Avec qui était-ce ?"
        chosen={to}
        onChoose={(one) => draft.change({ to: one })}
        except={[of.caseId]}
        wrong={asked && !to ? 'Choisissez la personne.' : wrong('toCaseId')}
      />
      <LongText
        label="Pourquoi"
        hint="Seule votre structure le lit."
        maxLength={500}
        value={reason}
        onChange={(text) => draft.change({ reason: text })}
        wrong={wrong('reason')}
      />
    </Ask>
  );
}

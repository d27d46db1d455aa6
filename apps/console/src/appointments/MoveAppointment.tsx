import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { useDraftedAct } from '../pieces/act';
import { whereOf } from '../sessions/Where';
import { AppointmentForm, type Planned } from './AppointmentForm';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

/** Another day, hour, place or colleague: only what has changed is sent. */
export function MoveAppointment({ of, onClose }: { of: Shape<'AppointmentShown'>; onClose: () => void }) {
  // As it stood when the form was opened: what a colleague corrects meanwhile is not sent back.
  const [before] = useState<Planned>(() => ({
    day: of.atParis.slice(0, 10),
    time: of.atParis.slice(11, 16),
    minutes: String(of.minutes),
    where: of.placeId ?? of.place,
    counsellorId: of.counsellor?.id ?? '',
    text: of.text ?? '',
    privateNote: of.privateNote ?? '',
  }));
  const draft = useDraft<Partial<Planned>>(`appointment moved ${of.id}`, {});
  const value = { ...before, ...draft.value };
  const act = useDraftedAct(draft, '/v1/cases/{id}/appointments/{aid}/move', 'Rendez-vous déplacé', onClose);
  const changed = (...members: (keyof Planned)[]) => members.some((member) => value[member] !== before[member]);
  return (
    <AppointmentForm
      {...act}
      value={value}
      change={draft.change}
      moved={of.id}
      verb="Déplacer le rendez-vous"
      onClose={onClose}
      onSend={() =>
        act.send({
          params: { path: { id: of.caseId, aid: of.id } },
          body: {
            ...(changed('day', 'time') && { at: `${value.day}T${value.time}` }),
            ...(changed('minutes') && { minutes: Number(value.minutes) }),
            ...(changed('where') && { placeId: null, ...whereOf(value.where) }),
            ...(changed('counsellorId') && { counsellorId: value.counsellorId }),
            ...(changed('text') && { text: value.text || null }),
            ...(changed('privateNote') && value.privateNote && { privateNote: value.privateNote }),
          },
        })
      }
    >
      <FoundAgain found={draft.found} />
    </AppointmentForm>
  );
}

import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { nameOf } from '../pieces/Person';
import { whereOf } from '../sessions/Where';
import { WorkshopForm, type Written } from './WorkshopForm';

/** Said better: only what has changed is sent. Whoever is taken off the list was not there. */
export function CorrectWorkshop({ of, onClose }: { of: Shape<'WorkshopShown'>; onClose: () => void }) {
  const [before] = useState<Written>({
    title: of.title,
    date: of.date,
    minutes: String(of.minutes),
    where: of.placeId ?? of.place,
    level: of.level,
    themes: of.themes,
    participants: of.participants.map(({ caseId, resident }) => ({ id: caseId, name: nameOf(resident) })),
    anonymous: of.anonymous,
    reason: '',
  });
  const [value, setValue] = useState(before);
  const act = useAct('/v1/workshops/{id}/corrections', 'Atelier corrigé', onClose);
  const changed = (member: keyof Written) => value[member] !== before[member];
  const body: Shape<'CorrectWorkshopBody'> = {
    ...(changed('title') && { title: value.title }),
    ...(changed('date') && { date: value.date }),
    ...(changed('minutes') && { minutes: Number(value.minutes) }),
    ...(changed('where') && { placeId: null, ...whereOf(value.where) }),
    ...(changed('level') && value.level && { level: value.level }),
    ...(changed('themes') && { themes: value.themes }),
    ...(changed('participants') && { participants: value.participants.map(({ id }) => ({ caseId: id })) }),
    ...(changed('anonymous') && { anonymous: value.anonymous }),
  };
  return (
    <WorkshopForm
      {...act}
      value={value}
      change={(part) => setValue({ ...value, ...part })}
      placeName={of.placeName}
      verb="Enregistrer la correction"
      corrects
      onClose={onClose}
      onSend={() => {
        if (Object.keys(body).length === 0) return onClose();
        act.send({ params: { path: { id: of.id } }, body: { ...body, ...(value.reason && { reason: value.reason }) } });
      }}
    />
  );
}

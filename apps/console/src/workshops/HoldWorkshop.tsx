import { useLocation } from 'wouter';
import { today } from '../api/dates';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { Page } from '../pieces/Page';
import { useOwnPlaces, usualPlace, whereOf } from '../sessions/Where';
import { WorkshopForm, type Written } from './WorkshopForm';

/** A workshop that was held: who came, and about what. */
export default function HoldWorkshop() {
  const places = useOwnPlaces();
  return (
    <Page title="Enregistrer un atelier" tab="Enregistrer un atelier">
      <Answer of={places}>{({ items }) => <Form usual={usualPlace(items)} />}</Answer>
    </Page>
  );
}

function Form({ usual }: { usual: string }) {
  const [, go] = useLocation();
  const { value, change, found, drop, key } = useDraft<Written>(`workshop`, {
    title: '',
    date: today(),
    minutes: '120',
    where: usual,
    level: undefined,
    themes: [],
    participants: [],
    anonymous: { total: 0 },
    reason: '',
  });
  const act = useAct(
    '/v1/workshops',
    'Atelier enregistré',
    ({ id }) => void drop().then(() => go(`/workshops/${id}`)),
    key,
  );
  const { title, date, minutes, where, level, themes, participants, anonymous } = value;
  return (
    <div className="stack">
      <FoundAgain found={found} />
      <WorkshopForm
        {...act}
        value={value}
        change={change}
        verb="Enregistrer l’atelier"
        onClose={() => void drop().then(() => go('/workshops'))}
        onSend={() =>
          act.send({
            body: {
              title,
              date,
              minutes: Number(minutes),
              ...whereOf(where),
              ...(level && { level }),
              themes,
              participants: participants.map(({ id }) => ({ caseId: id })),
              anonymous,
            },
          })
        }
      />
    </div>
  );
}

import { useState } from 'preact/compat';
import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { Refusal } from '../api/refusal';
import { useWords } from '../api/words';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useAct, useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { buttonClass } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { OwnNote } from '../pieces/OwnNote';
import { LongText, Text } from '../pieces/Text';

type Case = Shape<'CaseShown'>;
type Act = 'notes' | 'goals' | 'objections' | 'close' | 'reopen' | 'leave';

const names: Record<Act, string> = {
  notes: 'Écrire une note…',
  goals: 'Fixer un objectif…',
  objections: 'Noter une opposition…',
  reopen: 'Reprendre le suivi…',
  close: 'Clore le suivi…',
  leave: 'Ne plus accompagner cette personne…',
};

/** What is done more rarely, folded; what ends something stands last. */
export function OtherActs({ of }: { of: Case }) {
  const [act, setAct] = useState<Act>();
  const acts = (Object.keys(names) as Act[]).filter((one) => of.actions.includes(one));
  const close = () => setAct(undefined);
  const ways = of.actions.includes('corrections') || of.actions.includes('outside-referrals');
  if (acts.length === 0 && !ways) return null;
  return (
    <>
      <details className="menu">
        <summary>Autres actions</summary>
        <ul className="stack">
          {of.actions.includes('corrections') && (
            <li>
              <Link href={`/cases/${of.id}/corrections`}>Corriger ses coordonnées ou ses besoins</Link>
            </li>
          )}
          {of.actions.includes('outside-referrals') && (
            <li>
              <Link href={`/cases/${of.id}/outside`}>Orienter hors du réseau (CAF, France Travail…)</Link>
            </li>
          )}
          {acts.map((one) => (
            <li key={one}>
              <button
                className={buttonClass({ quiet: true, dense: true })}
                onClick={(event) => {
                  // The focus comes back to what is still there.
                  const menu = event.currentTarget.closest('details')!;
                  menu.querySelector('summary')!.focus();
                  menu.open = false;
                  setAct(one);
                }}
              >
                {names[one]}
              </button>
            </li>
          ))}
        </ul>
      </details>
      {act === 'notes' && <WriteNote of={of} onClose={close} />}
      {act === 'goals' && <SetGoal of={of} onClose={close} />}
      {act === 'objections' && <RecordObjection of={of} onClose={close} />}
      {act === 'close' && <CloseCase of={of} onClose={close} />}
      {act === 'reopen' && <Reopen of={of} onClose={close} />}
      {act === 'leave' && <LeaveCase of={of} onClose={close} />}
    </>
  );
}

interface ActProps {
  of: Case;
  onClose: () => void;
}

function WriteNote({ of, onClose }: ActProps) {
  const draft = useDraft(`note ${of.id}`, { text: '', privateNote: '' });
  const { value: note, change } = draft;
  const act = useDraftedAct(draft, '/v1/cases/{id}/notes', 'Note enregistrée', onClose);
  const send = () =>
    act.send({
      params: { path: { id: of.id } },
      body: { text: note.text, ...(note.privateNote && { privateNote: note.privateNote }) },
    });
  return (
    <Ask {...act} title="Écrire une note" verb="Enregistrer la note" onClose={onClose} onSend={send}>
      <FoundAgain found={draft.found} />
      <LongText
        label="Note"
        hint="Par exemple : « Rappelée, absente ». Toutes les structures qui suivent la personne la lisent."
        value={note.text}
        onChange={(text) => change({ text })}
      />
      <details open={note.privateNote !== '' || undefined}>
        <summary>Ajouter une note pour votre structure seule</summary>
        <OwnNote value={note.privateNote} onChange={(privateNote) => change({ privateNote })} />
      </details>
    </Ask>
  );
}

function SetGoal({ of, onClose }: ActProps) {
  const draft = useDraft(`goal ${of.id}`, { text: '', steps: '' });
  const { value: goal, change } = draft;
  const act = useDraftedAct(draft, '/v1/cases/{id}/goals', 'Objectif enregistré', onClose);
  const steps = goal.steps.split('\n').flatMap((step) => step.trim() || []);
  const send = () =>
    act.send({ params: { path: { id: of.id } }, body: { text: goal.text, ...(steps.length > 0 && { steps }) } });
  return (
    <Ask {...act} title="Fixer un objectif" verb="Fixer cet objectif" onClose={onClose} onSend={send}>
      <FoundAgain found={draft.found} />
      <Text
        label="Ce que la personne veut savoir faire"
        hint="Avec ses mots, par exemple : « Écrire à ma petite-fille ». "
        required
        value={goal.text}
        onChange={(text) => change({ text })}
      />
      <LongText
        label="Étapes"
        hint="Une par ligne, si vous en voyez."
        value={goal.steps}
        onChange={(written) => change({ steps: written })}
      />
    </Ask>
  );
}

function RecordObjection({ of, onClose }: ActProps) {
  const words = useWords();
  const [whom, setWhom] = useState<'one' | 'all'>('one');
  const [how, setHow] = useState<Shape<'ObjectBody'>['how']>();
  const [partner, setPartner] = useState<Partner>();
  const act = useAct('/v1/cases/{id}/objections', 'Opposition enregistrée', onClose);
  const [tried, setTried] = useState(false);
  const against = whom === 'all' ? 'all' : partner?.id;
  const send = () => {
    setTried(true);
    if (against && how) act.send({ params: { path: { id: of.id } }, body: { against, on: today(), how } });
  };
  return (
    <Ask {...act} title="Noter une opposition" verb="Noter l’opposition" onClose={onClose} onSend={send}>
      <OneOf
        legend="À qui la personne s’oppose-t-elle ?"
        hint="Elle choisit, et n’a pas à dire pourquoi. Aucune structure n’est jugée."
        choices={[
          { code: 'one', label: 'À une structure' },
          { code: 'all', label: 'À toutes les structures' },
        ]}
        value={whom}
        onChange={setWhom}
      />
      {whom === 'one' ? (
        <>
          <p>Elle ne pourra plus rien lire de nouveau ni rien recevoir.</p>
          <ChoosePartner label="Quelle structure ?" chosen={partner} onChoose={setPartner} />
        </>
      ) : (
        <p>
          Plus personne ne sera sollicité pour ce suivi, et celles qui aidaient n’y lisent plus rien de nouveau. Qui
          mène le suivi continue à le mener.
        </p>
      )}
      <OneOf
        legend="Comment l’a-t-elle dit ?"
        choices={words.all('informedHows') as Choice<Shape<'ObjectBody'>['how']>[]}
        value={how}
        onChange={setHow}
        wrong={
          tried && !(against && how)
            ? [!against && 'Choisissez la structure.', !how && 'Dites comment la personne l’a dit.']
                .filter(Boolean)
                .join(' ')
            : undefined
        }
      />
    </Ask>
  );
}

function CloseCase({ of, onClose }: ActProps) {
  const words = useWords();
  const [reason, setReason] = useState<Shape<'CloseBody'>['reason']>();
  const [tried, setTried] = useState(false);
  const act = useAct('/v1/cases/{id}/close', 'Le suivi est clos', onClose);
  // What is still open is named by the refusals, one after the other; pressed again, it is ended along with the follow-up.
  const [along, setAlong] = useState<{ cancelReferrals?: true; cancelHandover?: true }>({});
  const open = act.error instanceof Refusal ? act.error.code : undefined;
  const more = {
    ...along,
    ...(open === 'open-referrals' && { cancelReferrals: true as const }),
    ...(open === 'open-handover' && { cancelHandover: true as const }),
  };
  const what = [more.cancelReferrals && 'les orientations', more.cancelHandover && 'la passation'].filter(Boolean);
  const send = () => {
    setTried(true);
    setAlong(more);
    if (reason) act.send({ params: { path: { id: of.id } }, body: { reason, ...more } });
  };
  return (
    <Ask
      {...act}
      error={what.length > 0 ? undefined : act.error}
      title="Clore le suivi"
      verb={what.length === 0 ? 'Clore le suivi' : `Clore, et annuler ${what.join(' et ')} en cours`}
      onClose={onClose}
      onSend={send}
    >
      {what.length > 0 && (
        <p className="notice" role="alert">
          Quelque chose est encore en cours : {what.join(' et ')}. Clore le suivi l’annule ; les structures sont
          prévenues.
        </p>
      )}
      <OneOf
        legend="Pourquoi s’arrête-t-il ?"
        hint="Rien n’est effacé : le suivi peut reprendre."
        choices={words.all('closingReasons') as Choice<Shape<'CloseBody'>['reason']>[]}
        value={reason}
        onChange={setReason}
        wrong={tried && !reason ? 'Choisissez une raison.' : undefined}
      />
    </Ask>
  );
}

function Reopen({ of, onClose }: ActProps) {
  const { value, change, found, drop, key } = useDraft(`reopening ${of.id}`, { reason: '' });
  const act = useAct('/v1/cases/{id}/reopen', 'Le suivi reprend', () => void drop().then(onClose), key);
  const send = () => act.send({ params: { path: { id: of.id } }, body: value });
  return (
    <Ask {...act} title="Reprendre le suivi" verb="Reprendre le suivi" onClose={onClose} onSend={send}>
      <FoundAgain found={found} />
      <LongText label="Pourquoi reprend-il ?" value={value.reason} onChange={(reason) => change({ reason })} />
    </Ask>
  );
}

function LeaveCase({ of, onClose }: ActProps) {
  const draft = useDraft(`leaving ${of.id}`, { reason: '' });
  const { value, change } = draft;
  const act = useDraftedAct(draft, '/v1/cases/{id}/leave', 'Votre structure n’accompagne plus cette personne', onClose);
  const send = () => act.send({ params: { path: { id: of.id } }, body: value.reason ? value : {} });
  return (
    <Ask {...act} title="Ne plus accompagner cette personne" verb="Ne plus accompagner" onClose={onClose} onSend={send}>
      <FoundAgain found={draft.found} />
      <p>
        Votre structure n’y lira plus rien de nouveau ; la structure qui mène le suivi est prévenue. Pendant 30 jours,
        vous pouvez encore noter ce qui a été fait jusqu’à aujourd’hui.
      </p>
      <LongText
        label="Pourquoi"
        hint="Si vous voulez le dire à celles qui continuent."
        value={value.reason}
        onChange={(reason) => change({ reason })}
      />
    </Ask>
  );
}

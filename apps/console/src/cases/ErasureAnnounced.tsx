import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText } from '../pieces/Text';

type Case = Shape<'CaseShown'>;

/** Nothing was done for two years: what becomes of the record, and what is said against it. */
export function ErasureAnnounced({ of }: { of: Case }) {
  const [asking, ask] = useState(false);
  if (!of.erasedFrom) return null;
  return (
    <div className="notice stack not-printed">
      <p>
        Rien n’a été fait dans ce suivi depuis deux ans. Le dossier peut être effacé à partir du{' '}
        <strong>{fullDay(of.erasedFrom)}</strong>, définitivement et pour toutes les structures. Toute nouvelle entrée
        l’empêche.
      </p>
      {of.actions.includes('keep') && (
        <div className="acts">
          <Button onClick={() => ask(true)}>Garder ce dossier…</Button>
        </div>
      )}
      {asking && <Keep of={of} onClose={() => ask(false)} />}
    </div>
  );
}

function Keep({ of, onClose }: { of: Case; onClose: () => void }) {
  const draft = useDraft(`keeping ${of.id}`, { reason: '' });
  const { value, change } = draft;
  const act = useDraftedAct(draft, '/v1/cases/{id}/keep', 'Le dossier est gardé', onClose);
  const send = () => act.send({ params: { path: { id: of.id } }, body: value });
  return (
    <Ask {...act} title="Garder ce dossier" verb="Garder le dossier" onClose={onClose} onSend={send}>
      <FoundAgain found={draft.found} />
      <p>Il est gardé deux ans de plus, à partir d’aujourd’hui.</p>
      <LongText
        label="Pourquoi sert-il encore ?"
        hint="Par exemple : « La personne revient en septembre ». Les structures qui suivent la personne le lisent."
        value={value.reason}
        onChange={(reason) => change({ reason })}
      />
    </Ask>
  );
}

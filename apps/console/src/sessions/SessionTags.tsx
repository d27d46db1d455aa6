import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { useReplacing } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf } from '../pieces/Choices';
import { useOwnTags } from '../structures/Tags';

/** By which of its labels the structure finds its own session again. Nothing where it has none. */
export function SessionTags({ of }: { of: Shape<'SessionShown'> }) {
  const path = { id: of.caseId, sid: of.id };
  const known = useOwnTags()?.tags ?? [];
  const { data } = api.useQuery('get', '/v1/cases/{id}/sessions/{sid}/tags', { params: { path } });
  const [chosen, setChosen] = useState<string[]>();
  const { busy, error, send } = useReplacing('/v1/cases/{id}/sessions/{sid}/tags', 'Étiquettes enregistrées', () =>
    setChosen(undefined),
  );
  if (known.length === 0 || !data) return null;
  const kept = data.tags.map(({ id }) => id);
  return (
    <section className="sheet stack" aria-label="Étiquettes">
      <AnyOf
        legend="Étiquettes"
        hint="Votre structure seule les lit."
        choices={known.map(({ id, name }) => ({ code: id, label: name }))}
        value={chosen ?? kept}
        onChange={setChosen}
      />
      {error != null && <Failure error={error} />}
      {chosen !== undefined && (
        <p className="acts">
          <Button busy={busy} onClick={() => send({ params: { path }, body: { tags: chosen } })}>
            Enregistrer les étiquettes
          </Button>
        </p>
      )}
    </section>
  );
}

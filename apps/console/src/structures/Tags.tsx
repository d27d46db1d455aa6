import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { about } from '../api/refusal';
import { useReplacing } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Met } from '../pieces/Met';
import { overtaken, useStored } from '../pieces/stored';
import { Text } from '../pieces/Text';
import { may, useMe } from '../sign-in/me';

type Kept = Shape<'TagsResponse'>;

/** The structure's own, for whoever works there; nothing for anybody else. */
export function useOwnTags() {
  const me = useMe();
  return api.useQuery(
    'get',
    '/v1/structures/{id}/tags',
    { params: { path: { id: me.structure.id } } },
    { enabled: may(me, 'session.record') },
  ).data;
}

/** By which labels the structure finds its own sessions again. */
export function Tags({ of }: { of: Shape<'StructureDetailResponse'> }) {
  const me = useMe();
  const [writing, setWriting] = useState(false);
  const kept = useOwnTags();
  const writes = may(me, 'structure.reception');
  if (of.id !== me.structure.id || !kept || (kept.tags.length === 0 && !writes)) return null;
  return (
    <section className="sheet" aria-labelledby="etiquettes">
      <div className="head">
        <h2 id="etiquettes">Étiquettes</h2>
        {writes && (
          <Button quiet dense onClick={() => setWriting(true)}>
            Choisir…
          </Button>
        )}
      </div>
      <p className={kept.tags.length > 0 ? undefined : 'soft'}>
        {kept.tags.map(({ name }) => name).join(', ') ||
          'Aucune. Elles servent à retrouver vos accompagnements, dans « Mes activités ».'}
      </p>
      {writing && <WriteTags of={kept} onClose={() => setWriting(false)} />}
    </section>
  );
}

function WriteTags({ of, onClose }: { of: Kept; onClose: () => void }) {
  const { value, change, met, header } = useStored<{ tags: { id?: string; name: string }[] }>(
    { tags: of.tags },
    of.version,
  );
  const act = useReplacing('/v1/structures/{id}/tags', 'Étiquettes enregistrées', onClose);
  const rows = [...value.tags, { name: '' }];
  const rename = (at: number, name: string) =>
    change({
      tags: rows.map((tag, n) => (n === at ? { ...tag, name } : tag)).filter(({ id, name: its }) => id || its),
    });
  return (
    <Ask
      {...act}
      error={overtaken(act.error) ? undefined : act.error}
      title="Vos étiquettes"
      verb="Enregistrer"
      onClose={onClose}
      onSend={() =>
        act.send({
          params: { path: { id: of.id }, header },
          body: { tags: value.tags.filter(({ name }) => name.trim() !== '') },
        })
      }
    >
      <Met met={met} error={act.error} />
      <p>Seule votre structure les lit. N’y parlez de personne. Une étiquette vidée disparaît partout.</p>
      {rows.slice(0, 30).map(({ name }, at) => (
        <Text
          key={at}
          label={at < value.tags.length ? `Étiquette ${at + 1}` : 'Une de plus'}
          maxLength={40}
          value={name}
          onChange={(text) => rename(at, text)}
          wrong={about(act.error, `tags/${at}/name`)}
        />
      ))}
    </Ask>
  );
}

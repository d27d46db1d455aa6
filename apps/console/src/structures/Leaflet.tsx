import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useDraftedReplacing } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Met } from '../pieces/Met';
import { overtaken, useStoredDraft } from '../pieces/stored';
import { LongText } from '../pieces/Text';
import { may, useMe } from '../sign-in/me';
import { FoundAgain } from '../pieces/FoundAgain';

type Detail = Shape<'StructureDetailResponse'>;

/** For residents: what it is for, what to bring, how to come. */
export function Leaflet({ of }: { of: Detail }) {
  const me = useMe();
  const [writing, setWriting] = useState(false);
  const writes = of.id === me.structure.id && may(me, 'structure.reception');
  if (!of.leaflet && !writes) return null;
  return (
    <section className="sheet" aria-labelledby="pour-les-personnes">
      <div className="head">
        <h2 id="pour-les-personnes">Pour les personnes</h2>
        {writes && (
          <Button quiet dense onClick={() => setWriting(true)}>
            Écrire…
          </Button>
        )}
      </div>
      {of.leaflet ? (
        <Facts
          of={[
            ['À quoi elle sert', of.leaflet.purpose],
            ['Quoi apporter', of.leaflet.bring],
            ['Comment venir', of.leaflet.coming],
          ]}
        />
      ) : (
        <p className="soft">Rien n’est encore écrit. Ces mots sont lus par les personnes qu’on vous envoie.</p>
      )}
      {writing && <WriteLeaflet of={of} onClose={() => setWriting(false)} />}
    </section>
  );
}

function WriteLeaflet({ of, onClose }: { of: Detail; onClose: () => void }) {
  const draft = useStoredDraft(`leaflet ${of.id}`, { purpose: '', bring: '', coming: '', ...of.leaflet }, of.version);
  const { value, change, met, header } = draft;
  const act = useDraftedReplacing(draft, '/v1/structures/{id}/leaflet', 'C’est écrit', onClose);
  const field = (member: keyof typeof value, label: string, hint: string) => (
    <LongText
      label={label}
      hint={hint}
      maxLength={2000}
      value={value[member]}
      onChange={(text) => change({ [member]: text })}
      wrong={about(act.error, member)}
    />
  );
  const { purpose, bring, coming } = value;
  return (
    <Ask
      {...act}
      error={overtaken(act.error) ? undefined : act.error}
      title="Pour les personnes"
      verb="Enregistrer"
      onClose={onClose}
      onSend={() =>
        act.send({
          params: { path: { id: of.id }, header },
          body: { ...(purpose && { purpose }), ...(bring && { bring }), ...(coming && { coming }) },
        })
      }
    >
      <FoundAgain found={draft.found} />
      <Met met={met} error={act.error} />
      <p>Tout le monde peut le lire. N’y parlez de personne.</p>
      {field('purpose', 'À quoi elle sert', 'Par exemple : apprendre à se servir de son ordinateur.')}
      {field('bring', 'Quoi apporter', 'Par exemple : une pièce d’identité, votre téléphone.')}
      {field('coming', 'Comment venir', 'Par exemple : ligne 3, arrêt Mairie. Sans rendez-vous le mardi.')}
    </Ask>
  );
}

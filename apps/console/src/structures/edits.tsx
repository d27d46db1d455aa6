import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useAct, useReplacing } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Met } from '../pieces/Met';
import { overtaken, useStored } from '../pieces/stored';
import { Communes, Services, StructureForm, type Written } from './StructureForm';

type Detail = Shape<'StructureDetailResponse'>;

interface Props {
  of: Detail;
  onClose: () => void;
}

const communesOf = ({ communes, communeNames }: Detail): Written['communes'] =>
  communes.map((code, index) => ({ code, name: communeNames?.[index] ?? code }));

/** What was mistyped: only what changes is sent. */
export function CorrectStructure({ of, onClose }: Props) {
  const [before] = useState<Written>({
    name: of.name,
    siret: of.siret ?? '',
    typology: of.typology,
    services: of.services,
    communes: communesOf(of),
  });
  const [value, setValue] = useState(before);
  const act = useAct('/v1/structures/{id}/corrections', 'La fiche est corrigée', onClose);
  const changed = (member: keyof Written) => value[member] !== before[member];
  const body = {
    ...(changed('name') && { name: value.name }),
    ...(changed('siret') && { siret: value.siret || null }),
    ...(changed('typology') && { typology: value.typology }),
    ...(changed('services') && { services: value.services }),
    ...(changed('communes') && { communes: value.communes.map(({ code }) => code) }),
  };
  return (
    <StructureForm
      {...act}
      value={value}
      change={(part) => setValue({ ...value, ...part })}
      verb="Corriger la fiche"
      onClose={onClose}
      onSend={() => {
        if (Object.keys(body).length === 0) return onClose();
        act.send({ params: { path: { id: of.id } }, body });
      }}
    />
  );
}

/** What it offers, said by its managers. */
export function EditOffer({ of, onClose }: Props) {
  const { value, change, met, header } = useStored(
    { services: of.services, communes: communesOf(of), acceptsReferrals: of.acceptsReferrals },
    of.version,
  );
  const act = useReplacing('/v1/structures/{id}/offer', 'L’offre est à jour', onClose);
  const wrong = (member: string) => about(act.error, member);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        act.send({
          params: { path: { id: of.id }, header },
          body: { ...value, communes: value.communes.map(({ code }) => code) },
        });
      }}
    >
      <Met met={met} error={act.error} />
      {act.error != null && !overtaken(act.error) && <Failure error={act.error} />}
      <label className="choice">
        <input
          type="checkbox"
          checked={value.acceptsReferrals}
          onChange={({ currentTarget }) => change({ acceptsReferrals: currentTarget.checked })}
        />
        Les autres structures peuvent orienter des personnes vers nous
      </label>
      <Services value={value.services} onChange={(services) => change({ services })} wrong={wrong('services')} />
      <Communes value={value.communes} onChange={(communes) => change({ communes })} wrong={wrong('communes')} />
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          Enregistrer
        </Button>
        <Button onClick={onClose}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

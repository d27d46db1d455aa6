import { useState } from 'preact/compat';
import { useLocation } from 'wouter';
import { api, type Shape } from '../api/client';
import { about } from '../api/refusal';
import { ChooseCommune } from '../network/ChooseCommune';
import { useDraftedAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Met } from '../pieces/Met';
import { Page } from '../pieces/Page';
import { overtaken, useStoredDraft } from '../pieces/stored';
import { Text } from '../pieces/Text';
import { Openings, type Opening } from './Openings';
import { FoundAgain } from '../pieces/FoundAgain';

type Place = Shape<'PlaceShown'>;

/** A place that is added, or one that is corrected. */
export default function EditPlace({ params }: { params: Record<string, string> }) {
  const id = params['id'];
  const found = api.useQuery(
    'get',
    '/v1/places/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== undefined },
  );
  if (id === undefined)
    return (
      <Page title="Ajouter un lieu d’accueil" tab="Ajouter un lieu">
        <Form />
      </Page>
    );
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={one.name} tab="Lieu d’accueil">
          <Form of={one} />
        </Page>
      )}
    </Answer>
  );
}

function Form({ of }: { of?: Place }) {
  const [, go] = useLocation();
  const back = () => go('/places');
  const draft = useStoredDraft(
    of ? `place ${of.id}` : 'place',
    {
      name: of?.name ?? '',
      street: of?.street ?? '',
      complement: of?.complement ?? '',
      postalCode: of?.postalCode ?? '',
      phone: of?.phone ?? '',
      openingsNote: of?.openingsNote ?? '',
      commune: of && { code: of.commune, name: of.communeName ?? of.commune },
      openings: of?.openings ?? ([] as Opening[]),
    },
    of?.version ?? 0,
  );
  const { value, change, met, header } = draft;
  const { commune, openings, ...texts } = value;
  const [asked, setAsked] = useState(false);
  const add = useDraftedAct(draft, '/v1/places', 'Le lieu est ajouté', back);
  const correct = useDraftedAct(draft, '/v1/places/{id}/corrections', 'Le lieu est corrigé', back);
  const act = of ? correct : add;
  const wrong = (member: string) => about(act.error, member);
  const field = (member: keyof typeof texts, label: string, more: { hint?: string; required?: boolean } = {}) => (
    <Text
      {...more}
      label={label}
      value={texts[member]}
      onChange={(text) => change({ [member]: text })}
      wrong={wrong(member)}
    />
  );
  function send() {
    setAsked(true);
    if (!commune) return;
    const { name, street, postalCode, ...rest } = texts;
    const said = { name, street, postalCode, commune: commune.code, communeName: commune.name, openings };
    if (of)
      correct.send({
        params: { path: { id: of.id }, header },
        body: {
          ...said,
          complement: rest.complement || null,
          phone: rest.phone || null,
          openingsNote: rest.openingsNote || null,
        },
      });
    else
      add.send({
        body: {
          ...said,
          ...(rest.complement && { complement: rest.complement }),
          ...(rest.phone && { phone: rest.phone }),
          ...(rest.openingsNote && { openingsNote: rest.openingsNote }),
        },
      });
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FoundAgain found={draft.found} />
      <Met met={met} error={act.error} />
      {act.error != null && !overtaken(act.error) && <Failure error={act.error} />}
      {field('name', 'Nom', { required: true, hint: 'Comme les gens l’appellent.' })}
      {field('street', 'Numéro et rue', { required: true })}
      {field('complement', 'Bâtiment, étage, entrée')}
      <div className="side-by-side">
        {field('postalCode', 'Code postal', { required: true })}
        <ChooseCommune
          label="Commune"
          chosen={commune}
          onChoose={(chosen) => change({ commune: chosen })}
          wrong={asked && !commune ? 'Choisissez la commune.' : wrong('commune')}
        />
      </div>
      {field('phone', 'Téléphone', { hint: 'Tout le monde peut le lire.' })}
      <Openings value={openings} onChange={(times) => change({ openings: times })} wrong={wrong('openings')} />
      {field('openingsNote', 'Ce que ces heures ne disent pas', { hint: 'Par exemple : fermé en août.' })}
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          {of ? 'Corriger le lieu' : 'Ajouter le lieu'}
        </Button>
        <Button onClick={back}>Revenir sans rien faire</Button>
      </div>
    </form>
  );
}

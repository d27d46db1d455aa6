import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { may, useMe } from '../sign-in/me';
import { Capacity } from './Capacity';
import { Contacts } from './Contacts';
import { Decide, Decisions, Rename } from './decisions';
import { CorrectStructure, EditOffer } from './edits';
import { Leaflet } from './Leaflet';
import { People } from './People';
import { Reception } from './Reception';
import { Tags } from './Tags';

type Detail = Shape<'StructureDetailResponse'>;
type Act = 'decide' | 'rename' | 'correct' | 'offer';

/** One structure: what it offers, where and when it receives, who answers, and what whoever is asked may change. */
export default function StructurePage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/structures/{id}', { params: { path: { id } } });
  const [act, setAct] = useState<Act>();
  const close = () => setAct(undefined);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={one.name} tab="Structure">
          {act === 'correct' ? (
            <CorrectStructure of={one} onClose={close} />
          ) : act === 'offer' ? (
            <EditOffer of={one} onClose={close} />
          ) : (
            <div className="stack">
              <Acts of={one} onAct={setAct} />
              <div className="columns wide-first">
                <div className="stack">
                  <About of={one} />
                  <Reception of={one} />
                  <Leaflet of={one} />
                </div>
                <div className="stack">
                  <Contacts of={one} />
                  <Tags of={one} />
                  <People of={one} />
                  <Decisions of={one} />
                </div>
              </div>
            </div>
          )}
          {act === 'decide' && <Decide of={one} onClose={close} />}
          {act === 'rename' && <Rename of={one} onClose={close} />}
        </Page>
      )}
    </Answer>
  );
}

function Acts({ of, onAct }: { of: Detail; onAct: (act: Act) => void }) {
  const me = useMe();
  const own = of.id === me.structure.id;
  return (
    <div className="stack">
      {own && may(me, 'structure.offer') && <Capacity of={of} />}
      <div className="acts">
        {own && may(me, 'structure.reception') && (
          <Button onClick={() => onAct('offer')}>Changer ce qu’elle propose</Button>
        )}
        {own && may(me, 'place.manage') && (
          <Link className={buttonClass({})} href="/places">
            Lieux d’accueil
          </Link>
        )}
        {may(me, 'structure.decide') && <Button onClick={() => onAct('decide')}>Décision de l’État…</Button>}
        {may(me, 'structure.correct') && <Button onClick={() => onAct('correct')}>Corriger la fiche</Button>}
        {may(me, 'structure.decide') && <Button onClick={() => onAct('rename')}>Renommer…</Button>}
        {may(me, 'convention.read') && (own || !may(me, 'structure.offer')) && (
          <Link className={buttonClass({})} href={`/conventions?structure=${of.id}`}>
            Ses conventions
          </Link>
        )}
      </div>
    </div>
  );
}

function About({ of }: { of: Detail }) {
  const words = useWords();
  const communes = of.communeNames ?? of.communes;
  return (
    <section className="sheet">
      <Facts
        of={[
          [
            'État',
            `${words.say('structureStatuses', of.status)}${of.decidedOn ? `, depuis le ${fullDay(of.decidedOn)}` : ''}`,
          ],
          ['Accueil', of.acceptsReferrals ? words.say('capacities', of.capacity) : 'Ne reçoit pas d’orientations'],
          ['Ce qu’elle est', words.say('typologies', of.typology)],
          ['Ce qu’elle propose', of.services.map((one) => words.say('services', one)).join('\n')],
          [
            'Communes',
            communes.length > 8 ? (
              <details>
                <summary>{communes.length} communes</summary>
                {communes.join(', ')}
              </details>
            ) : (
              communes.join(', ')
            ),
          ],
          ['SIRET', of.siret],
          ['A repris', of.tookOver?.map(({ name, on }) => `${name}, le ${fullDay(on)}`).join('\n')],
          ['S’appelait', of.formerNames?.map(({ name, until }) => `${name}, jusqu’au ${fullDay(until)}`).join('\n')],
        ]}
      />
    </section>
  );
}

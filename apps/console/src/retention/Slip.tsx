import { useState, type ReactNode } from 'preact/compat';
import { Letterhead } from '../app/Network';
import { api, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { Text } from '../pieces/Text';

type Whole = Shape<'SlipShown'>;

/** One slip, as it is printed for the archives and signed here. */
export default function Slip({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/eliminations/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Bordereau d’élimination n° ${one.number}`} tab={`Bordereau n° ${one.number}`}>
          <div className="stack">
            <Acts of={one} />
            <Letterhead />
            <WhatItSays of={one} />
            <Producers of={one} />
            <Lines of={one} />
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Acts({ of }: { of: Whole }) {
  const [asked, ask] = useState<'sign' | 'withdraw'>();
  const close = () => ask(undefined);
  const underWay = of.state === 'drawn_up' || of.state === 'signed';
  return (
    <div className="acts not-printed">
      {of.state === 'drawn_up' && (
        <Button main onClick={() => ask('sign')}>
          Signer…
        </Button>
      )}
      <Button onClick={() => print()}>Imprimer</Button>
      {underWay && <Button onClick={() => ask('withdraw')}>Retirer ce bordereau…</Button>}
      {asked === 'sign' && <Sign of={of} onClose={close} />}
      {asked === 'withdraw' && <Withdraw of={of} onClose={close} />}
    </div>
  );
}

interface ActProps {
  of: Whole;
  onClose: () => void;
}

function Sign({ of, onClose }: ActProps) {
  const [visa, setVisa] = useState('');
  const act = useAct('/v1/eliminations/{id}/signature', 'Bordereau signé, l’effacement commence', onClose);
  const send = () => act.send({ params: { path: { id: of.id } }, body: { hash: of.hash, visa } });
  return (
    <Ask {...act} title="Signer ce bordereau" verb="Signer et effacer" onClose={onClose} onSend={send}>
      <p>
        <strong>{dossiers(of.total)}</strong> {of.total === 1 ? 'sera effacé' : 'seront effacés'} pour toutes les
        structures. C’est définitif. Ceux où quelque chose a été fait entre-temps seront laissés de côté. Votre nom et
        la date figureront sur le bordereau.
      </p>
      <Text
        label="Référence du visa des archives"
        hint="Celle de l’accord reçu des archives départementales, sans nom de personne."
        value={visa}
        onChange={setVisa}
      />
    </Ask>
  );
}

function Withdraw({ of, onClose }: ActProps) {
  const act = useAct('/v1/eliminations/{id}/withdrawal', 'Bordereau retiré', onClose);
  const send = () => act.send({ params: { path: { id: of.id } } });
  return (
    <Ask {...act} title="Retirer ce bordereau" verb="Retirer le bordereau" onClose={onClose} onSend={send}>
      <p>Les dossiers qui ne sont pas encore effacés restent, et pourront figurer sur un autre bordereau.</p>
    </Ask>
  );
}

const dossiers = (count: number): string => `${count} ${count === 1 ? 'dossier' : 'dossiers'}`;

const month = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const monthOf = (yearAndMonth: string): string => month.format(new Date(`${yearAndMonth}-01`));

function WhatItSays({ of }: { of: Whole }) {
  const words = useWords();
  const months =
    of.firstMonth === of.lastMonth ? monthOf(of.firstMonth) : `de ${monthOf(of.firstMonth)} à ${monthOf(of.lastMonth)}`;
  const facts: [string, ReactNode][] = [
    ['État', words.say('slipStates', of.state)],
    ['Établi', `le ${fullDay(of.drawnUpAt)}${of.drawnUpBy ? ` par ${of.drawnUpBy.name}` : ''}`],
    ['Nature', 'Dossiers de suivi d’usagers : identité, coordonnées, comptes rendus, orientations, pièces jointes'],
    [
      'Nombre',
      `${dossiers(of.total)}, dont ${of.closed} clos et ${of.open} resté${of.open === 1 ? '' : 's'} sans contact`,
    ],
    ['Dernière activité', months],
    [
      'Fondement',
      'Durée de conservation dépassée : 730 jours sans contact, puis 30 jours après l’annonce (RGPD, article 5-1 e ; code du patrimoine, articles L. 212-2 et L. 212-3)',
    ],
    ['Empreinte de la liste (SHA-256)', <code>{of.hash}</code>],
    ['Signé', of.signedAt && `le ${fullDay(of.signedAt)}${of.signedBy ? ` par ${of.signedBy.name}` : ''}`],
    ['Visa des archives', of.visa],
    ['Effacés', of.signedAt && dossiers(of.erased)],
    ['Laissés de côté', of.leftOut > 0 ? dossiers(of.leftOut) : undefined],
    ['Terminé', of.endedAt && `le ${fullDay(of.endedAt)}`],
  ];
  return (
    <section className="sheet" aria-label="Ce que dit le bordereau">
      <Facts of={facts} />
    </section>
  );
}

function Producers({ of }: { of: Whole }) {
  return (
    <section aria-label="Structures">
      <h2>Structures qui menaient ces suivis</h2>
      <ul>
        {of.producers.map(({ structure, records }) => (
          <li key={structure.id}>
            {structure.name} : {dossiers(records)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** By the end of each number: nobody is named, and the register knows them by these. */
function Lines({ of }: { of: Whole }) {
  const words = useWords();
  return (
    <section aria-label="Dossiers">
      <h2>Dossiers</h2>
      <ol>
        {of.records.map(({ caseId, state, because }) => (
          <li key={caseId}>
            <code>{caseId}</code> :{' '}
            {because
              ? words.say('leftOutReasons', because).toLowerCase()
              : words.say('slipLineStates', state).toLowerCase()}
          </li>
        ))}
      </ol>
    </section>
  );
}

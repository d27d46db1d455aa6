import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { dayIn, dayOf, fullDay, shortDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { useDraft } from '../pieces/draft';
import { Facts } from '../pieces/Facts';
import { FoundAgain } from '../pieces/FoundAgain';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { LongText, Text } from '../pieces/Text';
import { History } from '../referrals/History';
import { quoted } from '../pieces/quoted';
import { useMe } from '../sign-in/me';
import { ChooseColleague } from '../team/ChooseColleague';
import { AcceptBeside } from './AcceptBeside';
import '../style/referrals.css';

type Handover = Shape<'HandoverDto'>;

/** Who would lead, who leads, and the answer. Before it is accepted the other side reads a sheet, not the record. */
export default function HandoverPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const words = useWords();
  const found = api.useQuery('get', '/v1/handovers/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page
          title={one.resident ? nameOf(one.resident) : called(one).title}
          tab={called(one).tab}
          aside={<span className="tag">{words.say('handoverStatuses', one.status)}</span>}
        >
          <div className="stack">
            <Way of={one} />
            <div className="columns wide-first">
              <div className="stack">
                <Sheet of={one} />
                <Acts of={one} />
              </div>
              <History of={one.history} kind={one.kind} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  );
}

/** Whoever asks to contribute is handed nothing over. */
const called = ({ kind }: Handover) =>
  kind === 'beside'
    ? { title: 'Une demande à accompagner aussi', tab: 'Demande' }
    : { title: 'Une passation', tab: 'Passation' };

/** By whoever does not lead. */
const isAsked = (kind: Handover['kind']) => kind === 'pull' || kind === 'beside';

/** What has come to nothing was only proposed. */
const passing = (status: Handover['status']): string => {
  if (status === 'effective') return 'a passé la main';
  return ['proposed', 'accepted'].includes(status) ? 'passe la main' : 'proposait de passer la main';
};

function Way({
  of: { fromStructure, toStructure, kind, status, dueAt, effectiveAt, actions, toCounsellor },
}: {
  of: Handover;
}) {
  const waits = status === 'proposed' || status === 'requested';
  const asks = waits ? 'demande' : 'a demandé';
  const leads = status === 'effective' ? 'mène' : 'mènera';
  return (
    <p>
      {fromStructure ? <Structure of={fromStructure} /> : 'La structure qui mène le suivi'}
      {isAsked(kind)
        ? ` ${status === 'effective' && kind === 'pull' ? 'menait' : 'mène'} le suivi. `
        : ` ${passing(status)} à `}
      <Structure of={toStructure} />
      {kind === 'pull'
        ? ` ${asks} à le mener. `
        : kind === 'beside'
          ? ` ${asks} à accompagner aussi la personne. `
          : '. '}
      {waits && dueAt && `${actions.includes('accept') ? 'Répondez' : 'Réponse attendue'} avant le ${fullDay(dueAt)}. `}
      {effectiveAt &&
        `${status === 'effective' ? 'C’est fait depuis' : 'À partir du'} ${status === 'effective' ? 'le ' : ''}${fullDay(effectiveAt)}. `}
      {toCounsellor && `${toCounsellor.name} ${kind === 'beside' ? 's’en charge' : `${leads} le suivi`}.`}
    </p>
  );
}

function Sheet({ of }: { of: Handover }) {
  const words = useWords();
  const me = useMe();
  const { resident, note, reason, caseId, fromStructure } = of;
  const own = fromStructure?.id === me.structure.id || of.status === 'effective';
  return (
    <section className="sheet stack-tight" aria-labelledby="fiche">
      <h2 id="fiche">{isAsked(of.kind) ? 'La demande' : 'La personne'}</h2>
      <Facts
        of={[
          ['Commune', resident?.communeName],
          ['Âge', resident?.ageBracket && words.say('ageBrackets', resident.ageBracket)],
          ['Besoins', resident?.themes?.map((theme) => words.say('themes', theme)).join(', ')],
          [isAsked(of.kind) ? `${of.toStructure.name} écrit` : 'Où elle en est', note && quoted(note)],
          ['Pourquoi', reason && quoted(reason)],
        ]}
      />
      {!resident && !note && <p className="soft">Ce que vous pouvez lire s’arrête aux structures et aux dates.</p>}
      {own && caseId && (
        <p>
          <Link href={`/cases/${caseId}`}>Voir le dossier</Link>
        </p>
      )}
    </section>
  );
}

function Acts({ of }: { of: Handover }) {
  const [asking, setAsking] = useState<'decline' | 'cancel'>();
  const withdraw = useAct('/v1/handovers/{id}/withdraw', `${called(of).tab} retirée`);
  const may = (act: Handover['actions'][number]) => of.actions.includes(act);
  if (of.actions.length === 0) return null;
  return (
    <section className="sheet answers not-printed" aria-label="Ce que vous pouvez faire">
      {may('accept') && (of.kind === 'beside' ? <AcceptBeside of={of} /> : <Accept of={of} />)}
      {may('decline') && (
        <div className="answer">
          <Button onClick={() => setAsking('decline')}>Refuser…</Button>
          <p>Vous dites pourquoi. Qui mène le suivi ne change pas.</p>
        </div>
      )}
      {may('withdraw') && (
        <div className="answer">
          <Button busy={withdraw.busy} onClick={() => withdraw.send({ params: { path: { id: of.id } } })}>
            Retirer
          </Button>
          <p>L’autre structure n’a plus à répondre. Qui mène le suivi ne change pas.</p>
        </div>
      )}
      {withdraw.error != null && <Failure error={withdraw.error} />}
      {may('cancel') && (
        <div className="answer">
          <Button onClick={() => setAsking('cancel')}>Annuler…</Button>
          <p>
            Elle n’aura pas lieu le {of.effectiveAt ? shortDay(of.effectiveAt) : 'jour dit'}. L’autre structure lit
            pourquoi.
          </p>
        </div>
      )}
      {asking && <SayWhy of={of} how={asking} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

/** A day is always said: today is at once. */
function Accept({ of }: { of: Handover }) {
  const me = useMe();
  const suggested = of.effectiveAt ? dayOf(of.effectiveAt) : today();
  const [from, setFrom] = useState(suggested < today() ? today() : suggested);
  const [who, setWho] = useState(me.role === 'counsellor' ? me.user.id : '');
  const { busy, error, send } = useAct('/v1/handovers/{id}/accept', 'Passation acceptée');
  const takes = of.toStructure.id === me.structure.id;
  return (
    <>
      <div className="side-by-side">
        <Text
          label="À partir du"
          type="date"
          required
          min={today()}
          max={dayIn(90)}
          value={from}
          onChange={setFrom}
          wrong={about(error, 'effectiveAt')}
        />
        {takes && (
          <ChooseColleague
            label="Qui mènera le suivi ?"
            before={[{ code: '', label: 'À désigner plus tard' }]}
            value={who}
            onChange={setWho}
          />
        )}
      </div>
      {error != null && <Failure error={error} />}
      <div className="answer">
        <Button
          main
          busy={busy}
          onClick={() =>
            send({
              params: { path: { id: of.id } },
              body: { effectiveAt: from || today(), ...(takes && who && { counsellorId: who }) },
            })
          }
        >
          Accepter
        </Button>
        <p>
          {takes ? 'Votre structure mène' : `${of.toStructure.name} mène`} le suivi{' '}
          {from > today() ? `à partir du ${shortDay(from)}` : 'tout de suite'}.{' '}
          {takes && 'Vous lirez tout ce que les structures du suivi ont noté. '}
          L’autre structure l’apprend aussitôt.
        </p>
      </div>
    </>
  );
}

function SayWhy({ of, how, onClose }: { of: Handover; how: 'decline' | 'cancel'; onClose: () => void }) {
  const { value, change, found, drop, key } = useDraft(`handover ${how} ${of.id}`, { reason: '' });
  const close = () => void drop().then(onClose);
  const decline = useAct('/v1/handovers/{id}/decline', `${called(of).tab} refusée`, close, key);
  const cancel = useAct('/v1/handovers/{id}/cancel', 'Passation annulée', close, key);
  const act = how === 'decline' ? decline : cancel;
  const send = () => act.send({ params: { path: { id: of.id } }, body: value });
  return (
    <Ask
      {...act}
      title={`${how === 'decline' ? 'Refuser' : 'Annuler'} cette ${called(of).tab.toLowerCase()} ?`}
      verb={how === 'decline' ? 'Refuser' : 'Annuler la passation'}
      onClose={onClose}
      onSend={send}
    >
      <FoundAgain found={found} />
      <LongText
        label="Pourquoi ?"
        hint={
          of.kind === 'beside'
            ? 'La structure qui demande le lit, si elle connaissait déjà ce suivi.'
            : 'L’autre structure le lit.'
        }
        value={value.reason}
        onChange={(reason) => change({ reason })}
        wrong={about(act.error, 'reason')}
      />
    </Ask>
  );
}

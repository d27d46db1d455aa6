import { useState, type ReactNode } from 'preact/compat';
import { Link } from 'wouter';
import type { Shape } from '../api/client';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass, Knot } from '../pieces/Button';
import { ChooseColleague } from '../team/ChooseColleague';
import { useMe } from '../sign-in/me';
import { acts, type Act } from './acts';
import { Complete, Decline, GiveBack, Hold, NameContact, SayWhy, Withdraw } from './ReferralDialogs';

type Referral = Shape<'ReferralResponse'>;
type Asked = Exclude<Act, 'accept' | 'edit' | 'send'>;

/** Just what may be done now, each with what follows from it. */
export function ReferralActs({ of }: { of: Referral }) {
  const [asking, setAsking] = useState<Asked>();
  const close = () => setAsking(undefined);
  const may = (act: Act) => of.actions.includes(act);
  if (of.actions.length === 0) return null;
  const shown = (Object.keys(acts) as Asked[]).filter(may);
  return (
    <section className="sheet answers not-printed" aria-label="Ce que vous pouvez faire">
      {may('accept') && <Accept of={of} />}
      {may('edit') && (
        <Row consequence="Vous relisez tout ce qui sera lu, vous changez ce qu’il faut, puis vous envoyez.">
          <Link className={buttonClass({ main: true })} href={`/cases/${of.caseId}/refer?draft=${of.id}`}>
            <Knot /> Relire et envoyer
          </Link>
        </Row>
      )}
      {shown.map((act) => (
        <Row consequence={acts[act].consequence(of)} key={act}>
          <One act={act} of={of} ask={() => setAsking(act)} />
        </Row>
      ))}
      {asking === 'decline' && <Decline of={of} onClose={close} />}
      {asking === 'complete' && <Complete of={of} onClose={close} />}
      {asking === 'hold' && <Hold of={of} onClose={close} />}
      {asking === 'return' && <GiveBack of={of} onClose={close} />}
      {asking === 'withdraw' && <Withdraw of={of} onClose={close} />}
      {asking === 'name-contact' && <NameContact of={of} onClose={close} />}
      {(asking === 'cancel' || asking === 'void' || asking === 'request-cancellation') && (
        <SayWhy act={asking} of={of} onClose={close} />
      )}
    </section>
  );
}

const Row = ({ consequence, children }: { consequence: string; children: ReactNode }) => (
  <div className="answer">
    {children}
    <p>{consequence}</p>
  </div>
);

/** What needs no word is done at once; what does opens its question. */
function One({ act, of, ask }: { act: Asked; of: Referral; ask: () => void }) {
  const params = { path: { id: of.id } };
  const acknowledge = useAct('/v1/referrals/{id}/acknowledge', 'C’est noté : vous étudiez la demande');
  const resume = useAct('/v1/referrals/{id}/resume', 'L’accompagnement reprend');
  const agree = useAct('/v1/referrals/{id}/agree-cancellation', 'L’orientation s’arrête');
  const at = { acknowledge, resume, 'agree-cancellation': agree };
  if (!(act in at)) {
    const main = act === 'complete' && !of.actions.includes('resume');
    return (
      <Button main={main} onClick={ask}>
        {acts[act].verb}
      </Button>
    );
  }
  const { busy, error, send } = at[act as keyof typeof at];
  return (
    <div className="stack-tight">
      <Button main={act === 'resume'} busy={busy} onClick={() => send({ params })}>
        {acts[act].verb}
      </Button>
      {error != null && <Failure error={error} />}
    </div>
  );
}

/** One click for whoever takes it; a manager leaves open who will. */
function Accept({ of }: { of: Referral }) {
  const me = useMe();
  const [contact, setContact] = useState(me.role === 'counsellor' ? me.user.id : '');
  const { busy, error, send } = useAct('/v1/referrals/{id}/accept', 'Orientation acceptée');
  return (
    <>
      <div className="narrow-field">
        <ChooseColleague
          label="Qui accompagnera la personne ?"
          value={contact}
          onChange={setContact}
          before={[{ code: '', label: 'À désigner plus tard' }]}
        />
      </div>
      {error != null && <Failure error={error} />}
      <Row
        consequence={`Vous lirez son nom, comment la joindre et ce que les structures du suivi ont noté. ${of.fromStructure.name} l’apprend aussitôt.`}
      >
        <Button
          main
          busy={busy}
          onClick={() =>
            send({ params: { path: { id: of.id } }, body: { ...(contact && { contactUserId: contact }) } })
          }
        >
          Accepter
        </Button>
      </Row>
    </>
  );
}

import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { fullDay, shortDay } from '../api/dates';
import { useWords } from '../api/words';
import { ReferralFiles } from '../attachments/ReferralFiles';
import { Answer } from '../pieces/Answer';
import { buttonClass } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { Phone } from '../pieces/Phone';
import { may, useMe } from '../sign-in/me';
import { History } from './History';
import { ReferralActs } from './ReferralActs';
import { quoted } from '../pieces/quoted';
import { StateBadge } from './StateBadge';
import { WayDrawn } from './WayDrawn';
import { silenceOf, triedAgain, waits } from './states';
import '../style/referrals.css';

type Referral = Shape<'ReferralResponse'>;

/** Who sends whom, for what, how far it is, and just what may be done. Until it is accepted, a first name. */
export default function ReferralPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/referrals/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page
          title={[nameOf(one.resident), one.resident.communeName].filter(Boolean).join(', ')}
          tab="Orientation"
          aside={<State of={one} />}
        >
          <div className="stack">
            <Way of={one} />
            <Warnings of={one} />
            <div className="columns wide-first">
              <div className="stack">
                <Asked of={one} />
                {one.needs && <ReferralFiles of={one} />}
                <ReferralActs of={one} />
                <Again of={one} />
              </div>
              <History of={one.history ?? []} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  );
}

const State = ({ of }: { of: Referral }) => (
  <p className="acts">
    <StateBadge state={of.status} />
    {of.urgency === 'urgent' && <span className="tag heed">Urgent</span>}
    {silenceOf(of) && <span className="soft">{silenceOf(of)}</span>}
  </p>
);

/** From whom to whom, and by when. */
function Way({ of }: { of: Referral }) {
  const me = useMe();
  const { fromStructure, toStructure, sentAt, dueAt, endedAt, onHoldUntil, contactPerson, status } = of;
  const received = toStructure?.id === me.structure.id;
  return (
    <p>
      <Structure of={fromStructure} />
      {sentAt ? ' demande à ' : ' prépare une demande à '}
      {toStructure ? <Structure of={toStructure} /> : 'une structure à choisir'}
      {sentAt && `, le ${fullDay(sentAt)}`}.{' '}
      {waits(of) && dueAt && (
        <>
          {received ? 'Répondez avant le ' : 'Réponse attendue avant le '}
          {shortDay(dueAt)}, ensuite l’orientation s’arrête d’elle-même.
        </>
      )}
      {status === 'held' && 'Elle part quand l’État a validé la structure. Jusque-là, personne n’en lit rien.'}
      {status === 'on_hold' && onHoldUntil && `En pause jusqu’au ${fullDay(onHoldUntil)}.`}
      {contactPerson && ` ${contactPerson.name} accompagne la personne.`}
      {endedAt && ` Finie le ${fullDay(endedAt)}.`}
    </p>
  );
}

function Warnings({ of: { warnings, cancellationRequestedAt, actions, unreadable } }: { of: Referral }) {
  const said = [
    ...(warnings ?? []).map(({ detail }) => detail),
    ...(cancellationRequestedAt
      ? [
          actions.includes('agree-cancellation')
            ? `L’annulation vous est demandée depuis le ${fullDay(cancellationRequestedAt)}.`
            : `L’annulation est demandée depuis le ${fullDay(cancellationRequestedAt)}.`,
        ]
      : []),
    ...(unreadable ? ['Une partie ne peut pas être lue. Ce qui se lit est montré.'] : []),
  ];
  if (said.length === 0) return null;
  return (
    <div className="notice">
      {said.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </div>
  );
}

function Asked({ of }: { of: Referral }) {
  const words = useWords();
  const { needs, message, contact, resident, outcome, betterStructure, previousReferralId, parentReferralId } = of;
  return (
    <section className="sheet stack-tight" aria-labelledby="demande">
      <h2 id="demande">La demande</h2>
      <WayDrawn of={of} />
      <Facts
        of={[
          ['Besoins', needs?.map((need) => words.say('themes', need)).join(', ')],
          ['Message', message && quoted(message)],
          ['Âge', resident.ageBracket && words.say('ageBrackets', resident.ageBracket)],
          ['La joindre', contact && <Contact of={of} />],
          ['Résultat', outcome && words.say('referralOutcomes', outcome)],
          ['Plutôt vers', betterStructure && <Structure of={betterStructure} />],
        ]}
      />
      {!needs && (
        <p className="soft">Votre rôle voit les états, les dates et les structures, pas ce qui est demandé.</p>
      )}
      <p className="acts">
        {resident.lastName && <Link href={`/cases/${of.caseId}`}>Voir le dossier</Link>}
        {previousReferralId && <Link href={`/referrals/${previousReferralId}`}>L’orientation d’avant</Link>}
        {parentReferralId && <Link href={`/referrals/${parentReferralId}`}>L’orientation qu’elle prolonge</Link>}
      </p>
    </section>
  );
}

/** How the person wishes to be reached; with what, once it is accepted. */
function Contact({ of: { contact, resident, actions } }: { of: Referral }) {
  const words = useWords();
  const how = words.say('contactPreferences', contact);
  if (contact === 'phone' && resident.phone)
    return (
      <>
        {how}
        {' : '}
        <Phone of={resident.phone} />
      </>
    );
  if (contact === 'email' && resident.email)
    return (
      <>
        {how}
        {' : '}
        <a href={`mailto:${resident.email}`}>{resident.email}</a>
      </>
    );
  const later = { phone: 'Le numéro', email: 'L’adresse' }[contact as string];
  return (
    <>
      {how}
      {later && actions.includes('accept') && (
        <span className="soft small">. {later} s’affiche quand vous acceptez.</span>
      )}
    </>
  );
}

/** What ended without help goes on elsewhere: with the same words, for another structure. */
function Again({ of }: { of: Referral }) {
  const me = useMe();
  const own = of.fromStructure.id === me.structure.id;
  if (!own || !triedAgain.includes(of.status) || !of.resident.lastName || !may(me, 'referral.create')) return null;
  return (
    <section className="sheet answers" aria-label="Et maintenant">
      <div className="answer">
        <Link className={buttonClass({ main: true })} href={`/cases/${of.caseId}/refer?previous=${of.id}`}>
          Choisir une autre structure
        </Link>
        <p>Le besoin et le message sont repris, vous les relisez avant d’envoyer.</p>
      </div>
    </section>
  );
}

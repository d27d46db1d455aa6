import { useState } from 'preact/compat';
import { type Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Dialog } from '../pieces/Dialog';
import { Text } from '../pieces/Text';

type Outside = Shape<'OutsideShown'>;
const pathOf = ({ caseId, id }: Outside) => ({ path: { id: caseId, xid: id } });

/** The link with which the organisation answers by itself: how it stands. */
export function LinkStanding({ of: { answerLink, answer, declineReason } }: { of: Outside }) {
  const words = useWords();
  const parts = [
    answer && words.say('outsideAnswers', answer),
    declineReason && words.say('declineReasons', declineReason).toLowerCase(),
    answerLink &&
      (answerLink.ended
        ? `lien fermé : ${words.say('answerLinkEnds', answerLink.ended).toLowerCase()}`
        : `lien ouvert jusqu’au ${shortDay(answerLink.until)}`),
  ].filter(Boolean);
  return parts.length > 0 && <p className="small">{parts.join(', ')}</p>;
}

/** Asks for the address, then shows the code: this once. */
export function LinkActs({ of }: { of: Outside }) {
  const [asking, setAsking] = useState(false);
  const [code, setCode] = useState<string>();
  const revoke = useAct('/v1/cases/{id}/outside-referrals/{xid}/answer-link/revoke', 'Le lien ne s’ouvre plus');
  const isOpen = of.answerLink && !of.answerLink.ended;
  return (
    <>
      <Button dense onClick={() => setAsking(true)}>
        {isOpen ? 'Envoyer un nouveau lien…' : 'Faire répondre par un lien…'}
      </Button>
      {isOpen && (
        <Button quiet dense busy={revoke.busy} onClick={() => revoke.send({ params: pathOf(of) })}>
          Retirer le lien
        </Button>
      )}
      {asking && (
        <MakeLink
          of={of}
          onClose={() => setAsking(false)}
          onMade={(made) => {
            setAsking(false);
            setCode(made);
          }}
        />
      )}
      {code && (
        <Dialog title="Le code à donner par téléphone" onClose={() => setCode(undefined)}>
          <p>
            <strong>{code}</strong>
          </p>
          <p>Il ne sera plus affiché. Notez-le ou donnez-le maintenant, jamais par courriel.</p>
          <Button main onClick={() => setCode(undefined)}>
            C’est noté
          </Button>
        </Dialog>
      )}
    </>
  );
}

function MakeLink({ of, onClose, onMade }: { of: Outside; onClose: () => void; onMade: (code: string) => void }) {
  const [email, setEmail] = useState('');
  const make = useAct('/v1/cases/{id}/outside-referrals/{xid}/answer-link', 'Le lien part par courriel', ({ code }) =>
    onMade(code),
  );
  return (
    <Ask
      title="Faire répondre par un lien"
      verb="Envoyer le lien"
      busy={make.busy}
      error={make.error}
      onClose={onClose}
      onSend={() => make.send({ params: pathOf(of), body: { email } })}
    >
      <p>
        L’organisme lit la fiche et répond sans compte, pendant huit jours. Le courriel ne dit rien de la personne : la
        fiche s’ouvre avec un code, que vous donnez par téléphone.
      </p>
      <Text
        label="Adresse de la personne qui répond"
        type="email"
        required
        value={email}
        onChange={setEmail}
        wrong={about(make.error, 'email')}
      />
    </Ask>
  );
}

import { useState } from 'preact/compat';
import { useCommand, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { wordsFrom } from '../api/words';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Text } from '../pieces/Text';
import { Door } from '../sign-in/Door';
import { Slip } from './OutsideSheet';
import '../style/referrals.css';

type Opened = Shape<'OutsideSheetOpened'>;
type Given = Omit<Shape<'AnswerOutsideBody'>, 'token' | 'code'>;

/** Where the link for answering arrives: an organisation without an account reads the sheet, with the code it was told, and answers. */
export default function AnswerOutside({ token }: { token: string }) {
  const [code, setCode] = useState('');
  const sheet = useCommand('/v1/outside-answers/sheet');
  if (sheet.data) return <Answering of={sheet.data} token={token} code={code} />;
  const wrong = about(sheet.error, 'code');
  return (
    <Door title="Une demande pour vous">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!sheet.isPending) sheet.mutate({ body: { token, code } });
        }}
      >
        {sheet.error != null && wrong === undefined && <Failure error={sheet.error} />}
        {wrong && (
          <p className="only-heard" role="alert">
            {wrong}
          </p>
        )}
        <Text
          label="Le code que l’on vous a donné par téléphone"
          hint="Huit chiffres. Après quelques codes faux, le lien ne s’ouvre plus."
          wrong={wrong}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="off"
          required
          maxLength={20}
        />
        <Button main type="submit" busy={sheet.isPending}>
          Lire la demande
        </Button>
      </form>
    </Door>
  );
}

function Answering({ of, token, code }: { of: Opened; token: string; code: string }) {
  const words = wordsFrom(of.words);
  const answer = useCommand('/v1/outside-answers');
  const [given, setGiven] = useState<Partial<Given>>({ on: today() });
  const [tried, setTried] = useState(false);
  if (answer.isSuccess)
    return (
      <Door title="Merci">
        <p role="status">
          Votre réponse est transmise : {words.say('outsideAnswers', answer.data.answer).toLowerCase()}.
          {answer.data.answer !== 'reported' && answer.data.answer !== 'declined'
            ? ' Le même lien sert à dire ensuite ce qu’il en est.'
            : ' Le lien ne s’ouvre plus.'}
        </p>
      </Door>
    );
  const { answer: chosen, reason, outcome, on } = given;
  const missing = tried ? 'Choisissez une réponse.' : undefined;
  const send = () => {
    setTried(true);
    if (!chosen || (chosen === 'declined' && !reason) || (chosen === 'reported' && !outcome)) return;
    const more = chosen === 'declined' ? { reason } : chosen === 'reported' ? { outcome, on } : {};
    answer.mutate({ body: { token, code, answer: chosen, ...more } });
  };
  return (
    <Door title="Une demande pour vous">
      <article className="sheet stack paper">
        <Slip of={of} words={words} />
      </article>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!answer.isPending) send();
        }}
      >
        {answer.error != null && <Failure error={answer.error} />}
        <OneOf
          legend="Votre réponse"
          hint={`Le lien sert jusqu’au ${fullDay(of.until)}.`}
          choices={of.answers.map((one) => ({ code: one, label: words.say('outsideAnswers', one) }))}
          value={chosen}
          onChange={(one) => setGiven({ ...given, answer: one })}
          wrong={chosen ? undefined : missing}
        />
        {chosen === 'declined' && (
          <OneOf
            legend="Pour quelle raison ?"
            choices={
              // What it would be could be written nowhere.
              words.all('declineReasons').filter(({ code }) => code !== 'other') as Choice<
                NonNullable<Given['reason']>
              >[]
            }
            value={reason}
            onChange={(one) => setGiven({ ...given, reason: one })}
            wrong={reason ? undefined : missing}
          />
        )}
        {chosen === 'reported' && (
          <>
            <OneOf
              legend="Qu’en est-il ?"
              choices={words.all('outsideOutcomes') as Choice<NonNullable<Given['outcome']>>[]}
              value={outcome}
              onChange={(one) => setGiven({ ...given, outcome: one })}
              wrong={outcome ? undefined : missing}
            />
            <Text
              label="Quel jour ?"
              type="date"
              required
              max={today()}
              value={on ?? ''}
              onChange={(day) => setGiven({ ...given, on: day })}
              wrong={about(answer.error, 'on')}
            />
          </>
        )}
        <Button main type="submit" busy={answer.isPending}>
          Envoyer la réponse
        </Button>
      </form>
    </Door>
  );
}

import type { Shape } from '../api/client';
import { shortDay } from '../api/dates';
import { useWords, type Words } from '../api/words';
import { happeningOf } from '../cases/thread/entries';
import { quoted } from '../pieces/quoted';

type Step = Shape<'ReferralHistoryEntry'>;

const vocabularies: Record<string, string> = {
  ReferralDeclined: 'declineReasons',
  ReferralWithdrawn: 'withdrawReasons',
  ReferralPutOnHold: 'holdReasons',
  ReferralReturned: 'returnReasons',
  ReferralCompleted: 'referralOutcomes',
};

/** Why one was cancelled: the contract has no list of them. A reason without a word is left out: the step itself is told. */
const cancelled: Record<string, string> = {
  agreed: 'Les deux structures étaient d’accord',
  forced: 'Décidé par la coordination',
  filled_elsewhere: 'Une autre structure aide déjà la personne',
  objection: 'La personne s’y oppose',
  case_closed: 'Le suivi est clos',
  structure_closed: 'La structure a fermé',
  structure_not_validated: 'La structure n’a pas été validée par l’État',
  sender_not_validated: 'La structure qui oriente n’a pas été validée par l’État',
};

export function reasonOf({ type, reason }: Pick<Step, 'type' | 'reason'>, words: Words): string | undefined {
  if (reason === undefined) return undefined;
  const vocabulary = vocabularies[type];
  return vocabulary ? words.say(vocabulary, reason) : cancelled[reason];
}

/**
 * What happened, oldest first, each with who did it and in their words.
 * @param kind of a handover
 */
export function History({ of, kind }: { of: readonly Step[]; kind?: string }) {
  const words = useWords();
  return (
    <section className="sheet" aria-labelledby="historique">
      <h2 id="historique">Ce qui s’est passé</h2>
      <ol className="told">
        {of.map(({ at, type, structure, actor, reason, comment }, index) => {
          const why = reasonOf({ type, reason }, words);
          // Once it is accepted, a reminder asks for a beginning.
          const begin =
            type === 'ReferralReminded' && of.slice(0, index).some((step) => step.type === 'ReferralAccepted');
          return (
            <li key={`${at} ${type} ${index}`}>
              <p>
                <strong>
                  {begin ? 'Rappel : l’accompagnement est attendu' : happeningOf({ type, data: { kind } })}
                </strong>
                {why && ` : ${why.toLowerCase()}`}
              </p>
              {comment && <p className="said">{quoted(comment)}</p>}
              <p className="small soft">
                <time dateTime={at}>{shortDay(at)}</time>
                {structure && `, ${[actor?.name, structure.name].filter(Boolean).join(', ')}`}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

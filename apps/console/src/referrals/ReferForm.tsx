import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import type { Partner } from '../network/ChoosePartner';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf, type Choice } from '../pieces/Choices';
import { toFirstWrong } from '../pieces/Field';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { Informed, type How } from '../pieces/Informed';
import { LongText } from '../pieces/Text';
import { themesFor, type Theme } from '../sessions/themes';
import { Directory } from './Directory';
import { useSending, type Written } from './sending';
import { Slip } from './Slip';

type Case = Shape<'CaseShown'>;
type Referral = Shape<'ReferralResponse'>;
type Contact = Written['contact'];

interface Props {
  of: Case;
  /** A draft that was kept: it is changed and sent. */
  draft?: Referral;
  /** One that ended: it is tried again elsewhere. */
  previous?: Referral;
  onDone: (answer: { id?: string }) => void;
}

/** Need, message, structure, informed, send: five things in sight; what the other will read stands below, before anything leaves. */
export function ReferForm({ of, draft: kept, previous, onDone }: Props) {
  const words = useWords();
  const from = kept ?? previous;
  const draft = useDraft<Written>(`referral ${kept?.id ?? `${of.id} ${previous?.id ?? ''}`}`, {
    needs: from?.needs ?? [],
    message: from?.message ?? '',
    contact: from?.contact ?? usualContact(of),
    urgent: from?.urgency === 'urgent',
    onward: from?.onwardAllowed ?? false,
    to: (kept?.toStructure ?? previous?.betterStructure) ? [(kept?.toStructure ?? previous?.betterStructure)!] : [],
    on: today(),
  });
  const { value, change } = draft;
  const [tried, setTried] = useState(false);
  const { busy, error, keep, send } = useSending(
    of,
    kept,
    previous,
    (answer) => void draft.drop().then(() => onDone(answer)),
    draft.key,
  );
  const missing = missingOf(value);
  const wrong = (member: keyof ReturnType<typeof missingOf>, pointer: string) =>
    (tried ? missing[member] : undefined) ?? about(error, pointer);
  const { near, others } = themesFor(words, of.themes);
  const needs = (chosen: Theme[]) => change({ needs: chosen });
  const readers = value.to.length > 1 ? `les ${value.to.length} structures` : (value.to[0]?.name ?? 'la structure');
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(missing).length === 0) send(value);
        else toFirstWrong(event.currentTarget);
      }}
    >
      <FoundAgain found={draft.found} />
      <div className="columns halves">
        <div className="sheet form">
          <AnyOf
            legend="Pour quoi ?"
            choices={near}
            value={value.needs}
            onChange={needs}
            wrong={wrong('needs', 'needs')}
          />
          <details open={others.some(({ code }) => value.needs.includes(code)) || undefined}>
            <summary>Autres besoins</summary>
            <AnyOf legend="Autres besoins" choices={others} value={value.needs} onChange={needs} />
          </details>
          <LongText
            label="Message à la structure"
            hint="Ce qu’il faut savoir pour répondre. Elle le lit avant d’accepter."
            value={value.message}
            onChange={(message) => change({ message })}
            wrong={about(error, 'message')}
          />
          <Informed
            legend="La personne est au courant et d’accord. Comment l’avez-vous informée ?"
            how={value.how}
            on={value.on}
            onChange={change}
            wrong={wrong('how', 'informed')}
          />
          <OneOf
            legend="Comment la joindre ?"
            choices={contactsOf(of, words.all('contactPreferences') as Choice<Contact>[])}
            value={value.contact}
            onChange={(contact) => change({ contact })}
            wrong={about(error, 'contact')}
          />
          <AnyOf
            legend="En plus, si besoin"
            choices={[
              { code: 'urgent', label: 'C’est urgent', hint: 'la réponse est attendue plus tôt' },
              { code: 'onward', label: 'Elle peut orienter à son tour' },
            ]}
            value={(['urgent', 'onward'] as const).filter((one) => value[one])}
            onChange={(chosen) => change({ urgent: chosen.includes('urgent'), onward: chosen.includes('onward') })}
          />
        </div>
        <Directory
          of={of}
          chosen={value.to}
          single={kept !== undefined}
          onChange={(to) => change({ to })}
          wrong={wrong('to', 'toStructureId')}
        />
      </div>
      <Slip of={of} said={value} title={`Ce que ${readers} ${value.to.length > 1 ? 'liront' : 'lira'}, mot pour mot`}>
        {error != null && <Failure error={error} />}
        {tried && Object.keys(missing).length > 0 && (
          <p className="notice" role="alert">
            {Object.values(missing).join(' ')}
          </p>
        )}
        <div className="acts">
          <Button main type="submit" busy={busy}>
            {value.to.length > 1 ? `Envoyer aux ${value.to.length} structures` : 'Envoyer'}
          </Button>
          <Button busy={busy} onClick={() => keep(value)}>
            Garder en brouillon
          </Button>
          <p className="soft small">{whatFollows(value.to)}</p>
        </div>
      </Slip>
    </form>
  );
}

const whatFollows = (to: readonly Partner[]): string =>
  to.length > 1
    ? 'La première qui accepte aide la personne. Les autres l’apprennent aussitôt et n’ont plus rien à faire. Aucune ne sait qui d’autre est sollicité.'
    : 'Rien ne part avant ce bouton. Vous continuez à suivre la personne et la réponse vous est annoncée.';

const usualContact = ({ resident }: Case): Contact =>
  resident.phone ? 'phone' : resident.email ? 'email' : 'via_referrer';

/** Somebody without a telephone cannot be called, and it is said before it is refused. */
const contactsOf = ({ resident }: Case, all: readonly Choice<Contact>[]): Choice<Contact>[] =>
  all.filter(({ code }) => !(code === 'phone' && !resident.phone) && !(code === 'email' && !resident.email));

const missingOf = ({ needs, to, how }: { needs: readonly string[]; to: readonly Partner[]; how?: How }) => ({
  ...(needs.length === 0 && { needs: 'Cochez au moins un besoin.' }),
  ...(to.length === 0 && { to: 'Choisissez une structure.' }),
  ...(how === undefined && { how: 'Dites comment la personne a été informée.' }),
});

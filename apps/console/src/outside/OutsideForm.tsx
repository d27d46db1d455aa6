import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf, type Choice } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { Facts } from '../pieces/Facts';
import { toFirstWrong } from '../pieces/Field';
import { Informed, type How } from '../pieces/Informed';
import { Select } from '../pieces/Select';
import { LongText, Text } from '../pieces/Text';
import { quoted } from '../pieces/quoted';
import { themesFor, type Theme } from '../sessions/themes';
import { useMe } from '../sign-in/me';

type Body = Shape<'SendOutsideBody'>;

interface Written {
  recipient: Body['recipient'] | '';
  name: string;
  place: string;
  needs: Theme[];
  message: string;
  means: Body['means'];
  how?: How;
  on: string;
}

interface Props {
  of: Shape<'CaseShown'>;
  onDone: (answer: { id: string }) => void;
}

/** Nobody there answers here: the person takes a sheet along, and it stands below before it is made. */
export function OutsideForm({ of, onDone }: Props) {
  const me = useMe();
  const words = useWords();
  const draft = useDraft<Written>(`outside ${of.id}`, {
    recipient: '',
    name: '',
    place: '',
    needs: [],
    message: '',
    means: 'printed',
    on: today(),
  });
  const { value, change } = draft;
  const [tried, setTried] = useState(false);
  const { busy, error, send } = useDraftedAct(
    draft,
    '/v1/cases/{id}/outside-referrals',
    'C’est noté dans le suivi',
    (answer) => onDone(answer),
  );
  const { near, others } = themesFor(words, of.themes);
  const refused = (member: string) => about(error, member);
  const missing = {
    recipient: value.recipient === '' ? 'Choisissez un organisme.' : undefined,
    name: value.recipient === 'unlisted' && !value.name.trim() ? 'Écrivez son nom.' : undefined,
    needs: value.needs.length === 0 ? 'Cochez au moins un besoin.' : undefined,
    how: value.how === undefined ? 'Dites comment la personne a été informée.' : undefined,
  };
  const wrong = (member: keyof typeof missing, pointer: string = member) =>
    (tried ? missing[member] : undefined) ?? refused(pointer);
  const { firstName, communeName, ageBracket } = of.resident;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.values(missing).some(Boolean)) {
          toFirstWrong(event.currentTarget);
          return;
        }
        send({ params: { path: { id: of.id } }, body: bodyOf(value) });
      }}
    >
      <FoundAgain found={draft.found} />
      <div className="columns halves">
        <div className="sheet form">
          <Select
            label="Vers qui ?"
            value={value.recipient}
            onChange={(recipient) => change({ recipient: recipient as Written['recipient'] })}
            choices={[{ code: '', label: 'Choisir un organisme' }, ...words.all('outsideRecipients')]}
            wrong={wrong('recipient')}
          />
          <div className="side-by-side">
            <Text
              label="Son nom"
              hint={value.recipient === 'unlisted' ? 'Pour la fiche.' : 'Si vous voulez le préciser.'}
              value={value.name}
              onChange={(name) => change({ name })}
              wrong={wrong('name')}
            />
            <Text
              label="Où"
              hint="Une ville, une adresse."
              value={value.place}
              onChange={(place) => change({ place })}
              wrong={refused('place')}
            />
          </div>
          <AnyOf
            legend="Pour quoi ?"
            choices={near}
            value={value.needs}
            onChange={(needs) => change({ needs })}
            wrong={wrong('needs')}
          />
          <details open={others.some(({ code }) => value.needs.includes(code)) || undefined}>
            <summary>Autres besoins</summary>
            <AnyOf
              legend="Autres besoins"
              choices={others}
              value={value.needs}
              onChange={(needs) => change({ needs })}
            />
          </details>
        </div>
        <div className="sheet form">
          <LongText
            label="Message sur la fiche"
            hint="Ce que l’organisme doit savoir. La personne le lit aussi."
            value={value.message}
            onChange={(message) => change({ message })}
            wrong={refused('message')}
          />
          <OneOf
            legend="Comment la fiche arrive-t-elle ?"
            choices={words.all('outsideMeans') as Choice<Body['means']>[]}
            value={value.means}
            onChange={(means) => change({ means })}
            wrong={refused('means')}
          />
          <Informed
            legend="La personne est au courant et d’accord. Comment l’avez-vous informée ?"
            how={value.how}
            on={value.on}
            onChange={change}
            wrong={wrong('how', 'informed')}
          />
        </div>
      </div>
      <section className="slip stack" aria-labelledby="ce-que-dit-la-fiche">
        <h2 id="ce-que-dit-la-fiche">Ce que dira la fiche, mot pour mot</h2>
        <Facts
          of={[
            ['Pour', nameOfRecipient(value, words.say('outsideRecipients', value.recipient))],
            ['Prénom', firstName],
            ['Commune', communeName],
            ['Âge', ageBracket && words.say('ageBrackets', ageBracket)],
            ['Besoins', value.needs.map((need) => words.say('themes', need)).join(', ')],
            ['Message', value.message.trim() && quoted(value.message)],
            ['De la part de', `${me.user.name}, ${me.structure.name}, avec l’adresse où elle reçoit`],
          ]}
        />
        {error != null && <Failure error={error} />}
        {tried && Object.values(missing).some(Boolean) && (
          <p className="notice" role="alert">
            {Object.values(missing).filter(Boolean).join(' ')}
          </p>
        )}
        <div className="acts">
          <Button main type="submit" busy={busy}>
            Noter et faire la fiche
          </Button>
          <p className="soft small">
            L’organisme n’a pas accès au suivi et ne répond pas ici. Vous direz ce qu’il en est quand vous le saurez.
          </p>
        </div>
      </section>
    </form>
  );
}

export const nameOfRecipient = ({ name, place }: { name?: string; place?: string }, kind: string): string =>
  [name?.trim() || kind, place?.trim()].filter(Boolean).join(', ');

const bodyOf = ({ recipient, name, place, needs, message, means, how, on }: Written): Body => ({
  recipient: recipient as Body['recipient'],
  ...(name.trim() && { name }),
  ...(place.trim() && { place }),
  needs,
  ...(message.trim() && { message }),
  means,
  informed: { on, how: how! },
});

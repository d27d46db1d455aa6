import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { useCommand, type Shape } from '../api/client';
import { dayOf, shortDay } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Page } from '../pieces/Page';
import { Text } from '../pieces/Text';
import { JournalTabs } from './JournalTabs';

type Reason = Shape<'FindingBody'>['reasonCode'];

/** The case of somebody who asks about it: who searched and why stays in the journal, whom they searched does not. */
export default function FindCase() {
  const words = useWords();
  const find = useCommand('/v1/audit/cases/search');
  const [who, setWho] = useState({ name: '', phone: '', email: '', birthYear: '' });
  const [reasonCode, setReason] = useState<Reason>();
  const [asked, setAsked] = useState(false);
  const wrong = (member: string) => about(find.error, member);
  const { name, phone, email, birthYear } = who;
  return (
    <Page title="Journal" tab="Journal">
      <div className="stack">
        <JournalTabs here="/journal/find" />
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(true);
            if (!reasonCode) return;
            find.mutate({
              body: {
                reasonCode,
                ...(name && { name }),
                ...(phone && { phone }),
                ...(email && { email }),
                ...(birthYear && { birthYear: Number(birthYear) }),
              },
            });
          }}
        >
          <p>
            Le journal garde que vous avez cherché, quand et pourquoi. Il ne garde pas qui vous avez cherché. Soixante
            recherches par jour.
          </p>
          {find.error != null && <Failure error={find.error} />}
          <div className="side-by-side">
            <Text
              label="Nom et prénom"
              hint="En entier."
              autoComplete="off"
              value={name}
              onChange={(text) => setWho({ ...who, name: text })}
              wrong={wrong('name')}
            />
            <Text
              label="Année de naissance"
              inputMode="numeric"
              autoComplete="off"
              value={birthYear}
              onChange={(text) => setWho({ ...who, birthYear: text })}
              wrong={wrong('birthYear')}
            />
          </div>
          <div className="side-by-side">
            <Text
              label="Téléphone"
              type="tel"
              autoComplete="off"
              value={phone}
              onChange={(text) => setWho({ ...who, phone: text })}
              wrong={wrong('phone')}
            />
            <Text
              label="Adresse électronique"
              type="email"
              autoComplete="off"
              value={email}
              onChange={(text) => setWho({ ...who, email: text })}
              wrong={wrong('email')}
            />
          </div>
          <OneOf
            legend="Pourquoi ?"
            choices={(words.all('readingReasons') as Choice<Reason>[]).filter(
              ({ code }) => (code as string) !== 'other',
            )}
            value={reasonCode}
            onChange={setReason}
            wrong={asked && !reasonCode ? 'Choisissez une raison.' : wrong('reasonCode')}
          />
          <div className="acts">
            <Button main type="submit" busy={find.isPending}>
              Trouver le dossier
            </Button>
          </div>
        </form>
        {find.data && <Found of={find.data} />}
      </div>
    </Page>
  );
}

function Found({ of: { items, more } }: { of: Shape<'FoundCases'> }) {
  const words = useWords();
  return (
    <section className="sheet" aria-labelledby="trouves" aria-live="polite">
      <div className="head">
        <h2 id="trouves">
          {items.length === 0 ? 'Aucun dossier' : `${items.length} dossier${items.length > 1 ? 's' : ''}`}
        </h2>
      </div>
      {more && <p>Il y en a d’autres : dites-en plus, une année de naissance par exemple.</p>}
      <ul className="rows">
        {items.map((one) => (
          <li key={one.id}>
            <div>
              <p>
                {one.communeName ?? one.commune}{' '}
                <span className="tag">{words.say('shownCaseStatuses', one.status)}</span>
              </p>
              <p className="small soft">
                {one.lead && `${one.lead.name}, `}ouvert le {shortDay(dayOf(one.openedAt))}, dernière nouvelle le{' '}
                {shortDay(dayOf(one.lastActivityAt))}
              </p>
            </div>
            <Link className={buttonClass({ dense: true })} href={`/journal/cases/${one.id}`}>
              Voir<span className="only-heard"> ce dossier de {one.communeName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

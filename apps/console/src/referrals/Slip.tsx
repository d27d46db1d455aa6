import type { ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { Facts } from '../pieces/Facts';
import { quoted } from '../pieces/quoted';
import { useMe } from '../sign-in/me';

interface Said {
  needs: readonly string[];
  message: string;
  contact: Shape<'CreateReferralBody'>['contact'];
  urgent: boolean;
}

/** What whoever is asked will read, word for word, and what stays closed: the same rules as `candidate` of docs/who-sees-what.md. */
export function Slip({
  of,
  said,
  title,
  children,
}: {
  of: Shape<'CaseShown'>;
  said: Said;
  title: string;
  children: ReactNode;
}) {
  const me = useMe();
  const words = useWords();
  const { firstName, communeName, ageBracket } = of.resident;
  return (
    <section className="slip stack" aria-labelledby="ce-qui-sera-lu">
      <h2 id="ce-qui-sera-lu">{title}</h2>
      <div className="columns wide-first">
        <Facts
          of={[
            ['Prénom', firstName],
            ['Commune', communeName],
            ['Âge', ageBracket && words.say('ageBrackets', ageBracket)],
            [
              'Besoins',
              said.needs.map((need) => words.say('themes', need)).join(', ') || (
                <span className="soft">à cocher plus haut</span>
              ),
            ],
            ['Message', said.message.trim() ? quoted(said.message) : <span className="soft">aucun</span>],
            ['La joindre', words.say('contactPreferences', said.contact)],
            ['Urgence', said.urgent && words.say('urgencies', 'urgent')],
            ['De la part de', `${me.user.name}, ${me.structure.name}`],
          ]}
        />
        <div className="stack-tight small">
          <p>
            <strong>Seulement si elle accepte :</strong> le nom de famille, le téléphone, l’e-mail, l’année de
            naissance, la situation, et ce que les structures du suivi ont noté.
          </p>
          <p>
            <strong>Jamais :</strong> la note de votre structure.
          </p>
        </div>
      </div>
      {children}
    </section>
  );
}

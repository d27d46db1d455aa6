import type { ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { Facts } from '../pieces/Facts';
import { quoted } from '../pieces/quoted';
import { useMe } from '../sign-in/me';

interface Props {
  of: Shape<'CaseShown'>;
  note: string;
  title: string;
  children: ReactNode;
}

/** The sheet that a structure reads which is proposed the lead, and what opens once it has accepted. */
export function HandoverSlip({ of: { resident, themes }, note, title, children }: Props) {
  const me = useMe();
  const words = useWords();
  return (
    <section className="slip stack" aria-labelledby="ce-qui-sera-lu">
      <h2 id="ce-qui-sera-lu">{title}</h2>
      <div className="columns wide-first">
        <Facts
          of={[
            ['Prénom', resident.firstName],
            ['Commune', resident.communeName],
            ['Âge', resident.ageBracket && words.say('ageBrackets', resident.ageBracket)],
            ['Besoins', themes.map((theme) => words.say('themes', theme)).join(', ')],
            ['Où elle en est', note.trim() ? quoted(note) : <span className="soft">à écrire plus haut</span>],
            ['De la part de', `${me.user.name}, ${me.structure.name}`],
          ]}
        />
        <div className="stack-tight small">
          <p>
            <strong>Quand elle mène le suivi :</strong> le nom, comment joindre la personne et tout ce que les
            structures du suivi ont noté. Vous gardez la lecture de ce qui s’est passé jusque-là.
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

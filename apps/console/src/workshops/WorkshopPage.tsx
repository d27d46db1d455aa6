import { useState, type ReactNode } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { duration, lately, titleDay } from '../api/dates';
import { useWords, type Words } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { quoted } from '../pieces/quoted';
import { nameOf, Resident } from '../pieces/Person';
import { CancelWorkshop } from './CancelWorkshop';
import { CorrectWorkshop } from './CorrectWorkshop';
import { howMany } from './Workshops';

type Workshop = Shape<'WorkshopShown'>;

export default function WorkshopPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/workshops/{id}', { params: { path: { id } } });
  const [act, setAct] = useState<'correct' | 'cancel'>();
  const close = () => setAct(undefined);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={one.title || 'Atelier'} tab="Atelier">
          <div className="stack">
            {act === 'correct' ? (
              <CorrectWorkshop of={one} onClose={close} />
            ) : (
              <Shown of={one} onCorrect={() => setAct('correct')} onCancel={() => setAct('cancel')} />
            )}
          </div>
          {act === 'cancel' && <CancelWorkshop of={one} onClose={close} />}
        </Page>
      )}
    </Answer>
  );
}

interface Acts {
  of: Workshop;
  onCorrect: () => void;
  onCancel: () => void;
}

function Shown({ of, onCorrect, onCancel }: Acts) {
  const words = useWords();
  const others = othersOf(of, words);
  return (
    <>
      {of.cancelled && (
        <p className="notice">
          {words.say('workshopErrors', of.cancelled.reason)}, dit {of.cancelled.actor?.name} {lately(of.cancelled.at)}.{' '}
          {of.cancelled.comment && quoted(of.cancelled.comment)} Il ne compte nulle part.
        </p>
      )}
      {of.actions && of.actions.length > 0 && (
        <div className="acts">
          {of.actions.includes('corrections') && <Button onClick={onCorrect}>Corriger</Button>}
          {of.actions.includes('cancel') && <Button onClick={onCancel}>Saisi par erreur…</Button>}
        </div>
      )}
      <div className="columns halves">
        <section className="sheet">
          <Facts
            of={[
              ...valuesOf(of, words),
              ['Enregistré par', of.actor && `${of.actor.name}, ${lately(of.recordedAt)}`],
              ['Corrigé', of.correctedAt && lately(of.correctedAt)],
            ]}
          />
        </section>
        <section className="sheet" aria-labelledby="venus">
          <div className="head">
            <h2 id="venus">{howMany(of)}</h2>
          </div>
          <ul className="rows">
            {of.participants.map(({ caseId, resident }) => (
              <li key={caseId}>
                {resident ? (
                  <Resident resident={resident} caseId={caseId} />
                ) : (
                  <span className="soft">une personne que votre structure ne suit plus</span>
                )}
              </li>
            ))}
            {of.anonymous.total > 0 && (
              <li>
                <p>
                  {of.anonymous.total} sans dossier {others !== '' && <span className="soft">({others})</span>}
                </p>
              </li>
            )}
          </ul>
        </section>
      </div>
      {of.versions && of.versions.length > 0 && (
        <section className="sheet stack" aria-labelledby="avant">
          <h2 id="avant">Ce qui était écrit avant</h2>
          {[...of.versions].reverse().map((version) => (
            <details key={version.at}>
              <summary>
                Écrit {lately(version.at)}, par {version.actor?.name}
              </summary>
              <Facts
                of={[
                  ['Titre', version.title],
                  ...valuesOf(version, words),
                  ['Venus', version.participants.map(({ resident }) => nameOf(resident)).join(', ')],
                  ['Sans dossier', version.anonymous.total],
                  ['Pourquoi', version.reason],
                ]}
              />
            </details>
          ))}
        </section>
      )}
    </>
  );
}

const valuesOf = (
  of: Pick<Workshop, 'date' | 'minutes' | 'place' | 'themes'> &
    Partial<Pick<Workshop, 'placeName' | 'communeName' | 'level'>>,
  words: Words,
): [string, ReactNode][] => [
  ['Jour', titleDay(of.date)],
  ['Durée', duration(of.minutes)],
  ['Où', [of.placeName ?? words.say('places', of.place), of.communeName].filter(Boolean).join(', ')],
  ['Thèmes', of.themes.map((theme) => words.say('themes', theme)).join(', ')],
  ['Niveau', of.level && words.say('workshopLevels', of.level)],
];

/** `60 - 69 ans : 2, retraité : 1` */
function othersOf({ anonymous }: Workshop, words: Words): string {
  const said = (counts: object | undefined, vocabulary: string) =>
    Object.entries((counts ?? {}) as Record<string, number>).map(
      ([code, count]) => `${words.say(vocabulary, code).toLowerCase()} : ${count}`,
    );
  return [
    ...said(anonymous.byAge, 'ageBrackets'),
    ...said(anonymous.byGender, 'genders'),
    ...said(anonymous.byStatus, 'residentStatuses'),
  ].join(', ');
}

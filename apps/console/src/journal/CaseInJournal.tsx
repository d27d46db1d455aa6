import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { dayOf, lately, titleDay } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { Answer, Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Page } from '../pieces/Page';
import { quoted } from '../pieces/quoted';
import { nameOf } from '../pieces/Person';
import { written } from '../pieces/Phone';
import { LongText } from '../pieces/Text';
import { useReading } from './reading';
import { actionName } from './actions';

type Reason = Shape<'ReadingBody'>['reasonCode'];

/** One record, for whoever checks: whether it is what was written, and, with a reason, what is in it. */
export default function CaseInJournal({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  return (
    <Page title="Un dossier, pour contrôle" tab="Dossier, pour contrôle">
      <div className="stack">
        <p className="acts">
          <Link className={buttonClass({ dense: true })} href={`/journal?case=${id}`}>
            Qui y a fait et lu quoi
          </Link>
        </p>
        <Verification caseId={id} />
        <Reading caseId={id} />
      </div>
    </Page>
  );
}

function Verification({ caseId }: { caseId: string }) {
  const [asked, setAsked] = useState(false);
  const found = api.useQuery(
    'get',
    '/v1/audit/cases/{id}/verification',
    { params: { path: { id: caseId } } },
    { enabled: asked },
  );
  return (
    <section className="sheet stack" aria-labelledby="verification">
      <h2 id="verification">Rien n’a-t-il été altéré ?</h2>
      {!asked ? (
        <p>
          <Button onClick={() => setAsked(true)}>Vérifier ce dossier</Button>
        </p>
      ) : (
        <Answer of={found}>
          {(result) => (
            <div role="status">
              <p>
                {result.chain === 'ok' ? (
                  <span className="tag done">Intact</span>
                ) : (
                  <span className="tag heed">Altéré à partir du fait n° {result.brokenAt}</span>
                )}{' '}
                {result.events} faits, chacun lié au précédent.
              </p>
              <p>
                {result.continuity === 'ok'
                  ? 'À chaque instant, quelqu’un menait le suivi : aucun trou.'
                  : `Il y a ${result.gaps.length} trou${result.gaps.length > 1 ? 's' : ''} dans la suite.`}
              </p>
              {result.differs.length > 0 && (
                <p>
                  <span className="tag heed">Ce qui s’affiche n’est pas ce qui a été écrit</span> Prévenez la personne
                  qui tient l’installation : <code>npm run verify</code> dit où.
                </p>
              )}
              {result.merged.map((one) => (
                <p key={one.id}>
                  Un autre dossier y est réuni :{' '}
                  {one.chain === 'ok' && one.link === 'ok' ? 'intact lui aussi.' : 'celui-là est altéré.'}
                </p>
              ))}
            </div>
          )}
        </Answer>
      )}
    </section>
  );
}

function Reading({ caseId }: { caseId: string }) {
  const words = useWords();
  const [reasonCode, setReason] = useState<Reason>();
  const [comment, setComment] = useState('');
  const [asked, setAsked] = useState(false);
  const reading = useReading(caseId);
  const wrong = (member: string) => about(reading.error, member);
  if (reading.resident)
    return (
      <section className="sheet" aria-labelledby="contenu-lu">
        <div className="head">
          <h2 id="contenu-lu">{nameOf(reading.resident)}</h2>
        </div>
        <p className="soft">
          {[
            reading.resident.birthYear,
            reading.resident.communeName,
            reading.resident.phone && written(reading.resident.phone),
            reading.resident.email,
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
        <ul className="rows">
          {reading.items.map((entry) => (
            <li key={entry.id}>
              <div>
                <p>
                  <strong>{actionName(entry.type)}</strong>{' '}
                  {entry.cancelled && <span className="tag">Saisi par erreur</span>}
                </p>
                <p className="small soft">
                  {titleDay(dayOf(entry.at))}, {[entry.actor?.name, entry.structure?.name].filter(Boolean).join(', ')},
                  noté {lately(entry.recordedAt)}
                </p>
                {entry.text && <p className="said">{quoted(entry.text)}</p>}
              </div>
            </li>
          ))}
        </ul>
        {reading.more && (
          <Button busy={reading.busy} onClick={reading.next}>
            Lire la suite
          </Button>
        )}
      </section>
    );
  return (
    <section className="sheet" aria-labelledby="lire">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (reasonCode) reading.begin({ reasonCode, ...(comment && { comment }) });
        }}
      >
        <h2 id="lire">Lire ce qui est écrit</h2>
        <p>
          Le journal dira : votre nom, l’heure, votre raison. La personne suivie peut le savoir. Les notes des
          structures ne se lisent jamais.
        </p>
        {reading.error != null && <Failure error={reading.error} />}
        <OneOf
          legend="Pourquoi ?"
          choices={words.all('readingReasons') as Choice<Reason>[]}
          value={reasonCode}
          onChange={setReason}
          wrong={asked && !reasonCode ? 'Choisissez une raison.' : wrong('reasonCode')}
        />
        <LongText
          label="En quelques mots"
          hint={reasonCode === 'other' ? 'Nécessaire pour « Autre ».' : 'Si c’est utile.'}
          maxLength={1000}
          value={comment}
          onChange={setComment}
          wrong={wrong('comment')}
        />
        <div className="acts">
          <Button main type="submit" busy={reading.busy}>
            Lire, avec cette raison
          </Button>
        </div>
      </form>
    </section>
  );
}

import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { titleDay } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import { Facts } from '../pieces/Facts';
import { Page } from '../pieces/Page';
import { valuesOf } from '../sessions/SessionPage';
import { whereOf } from '../sessions/Where';
import { AnonymousForm, type Anonymous } from './AnonymousForm';

type Shown = Shape<'AnonymousSessionShown'>;

export default function AnonymousSession({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/anonymous-sessions/{id}', { params: { path: { id } } });
  const [act, setAct] = useState<'correct' | 'cancel'>();
  const words = useWords();
  const close = () => setAct(undefined);
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Sans nom, ${titleDay(one.date).toLowerCase()}`} tab="Accompagnement sans nom">
          <div className="stack">
            {act === 'correct' ? (
              <Correct of={one} onClose={close} />
            ) : (
              <>
                {one.status === 'entered_in_error' && (
                  <p className="notice">Saisi par erreur : il ne compte nulle part.</p>
                )}
                {one.status === 'recorded' && (
                  <div className="acts">
                    <Button onClick={() => setAct('correct')}>Corriger</Button>
                    <Button onClick={() => setAct('cancel')}>Saisi par erreur…</Button>
                  </div>
                )}
                <section className="sheet">
                  <Facts
                    of={[
                      ...valuesOf(one, words),
                      ['Âge', one.ageBracket && words.say('ageBrackets', one.ageBracket)],
                      ['Genre', one.gender && words.say('genders', one.gender)],
                      ['Situation', one.residentStatus && words.say('residentStatuses', one.residentStatus)],
                      ['Enregistré par', one.actor?.name],
                    ]}
                  />
                </section>
              </>
            )}
            {act === 'cancel' && <Cancel of={one} onClose={close} />}
          </div>
        </Page>
      )}
    </Answer>
  );
}

function Correct({ of, onClose }: { of: Shown; onClose: () => void }) {
  const before: Anonymous = {
    date: of.date,
    minutes: String(of.minutes),
    where: of.placeId ?? of.place,
    themes: of.themes,
    equipment: of.equipment,
    autonomy: of.autonomy,
    ageBracket: of.ageBracket,
    gender: of.gender,
    residentStatus: of.residentStatus,
  };
  const [value, setValue] = useState(before);
  const act = useAct('/v1/anonymous-sessions/{id}/corrections', 'Accompagnement corrigé', onClose);
  const { where, minutes, ...said } = value;
  return (
    <AnonymousForm
      {...act}
      value={value}
      change={(part) => setValue({ ...value, ...part })}
      placeName={of.placeName}
      verb="Enregistrer la correction"
      onClose={onClose}
      onSend={() =>
        act.send({
          params: { path: { id: of.id } },
          body: {
            ...said,
            minutes: Number(minutes),
            ...(where !== before.where && { placeId: null, ...whereOf(where) }),
          },
        })
      }
    />
  );
}

type Reason = Shape<'CancelAnonymousSessionBody'>['reason'];

function Cancel({ of, onClose }: { of: Shown; onClose: () => void }) {
  const words = useWords();
  const [reason, setReason] = useState<Reason>();
  const [asked, setAsked] = useState(false);
  const act = useAct('/v1/anonymous-sessions/{id}/cancel', 'Marqué comme saisi par erreur', onClose);
  return (
    <Ask
      {...act}
      title="Cet accompagnement a été saisi par erreur ?"
      verb="Marquer comme erreur"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        if (reason) act.send({ params: { path: { id: of.id } }, body: { reason } });
      }}
    >
      <OneOf
        legend="Pourquoi ?"
        hint="Il ne compte plus nulle part. Cela ne se défait pas."
        choices={words.all('anonymousSessionErrors') as Choice<Reason>[]}
        value={reason}
        onChange={setReason}
        wrong={asked && !reason ? 'Choisissez une raison.' : undefined}
      />
    </Ask>
  );
}

import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { Link } from 'wouter';
import { fullDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useAct, useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { OneOf, type Choice } from '../pieces/Choices';
import { LongText, Text } from '../pieces/Text';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

type Detail = Shape<'StructureDetailResponse'>;
type Status = Shape<'StructureDecisionRequest'>['status'];

interface Props {
  of: Detail;
  onClose: () => void;
}

/** Newest first. Nothing is ever taken away. */
export function Decisions({ of }: { of: Detail }) {
  const words = useWords();
  if (of.decisions.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="decisions">
      <div className="head">
        <h2 id="decisions">Décisions de l’État</h2>
      </div>
      <ul className="rows">
        {[...of.decisions].reverse().map(({ id, status, decidedOn, reference, reason, successor }) => (
          <li key={id}>
            <div>
              <p>
                {words.say('structureStatuses', status)}
                {reference && `, ${reference}`}
              </p>
              {successor && (
                <p className="small">
                  Reprise par <Link href={`/structures/${successor.id}`}>{successor.name}</Link>
                </p>
              )}
              {reason && <p className="small soft">{reason}</p>}
            </div>
            <span className="small soft">{fullDay(decidedOn)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What each decision does, before it is recorded. */
const followed: Partial<Record<Status, string>> = {
  active: 'Ce qui l’attendait part aussitôt : orientations envoyées et reçues.',
  suspended: 'Elle enregistre encore ce qu’elle fait. Elle n’envoie et n’accepte plus rien de nouveau.',
  refused: 'Plus personne ne se connecte pour elle.',
  closed: 'Plus personne ne se connecte pour elle. Ses suivis viennent dans un départ à régler.',
};

interface Deciding {
  status?: Status;
  decidedOn: string;
  reference: string;
  reason: string;
  successor?: Partner | undefined;
}

export function Decide({ of, onClose }: Props) {
  const words = useWords();
  const draft = useDraft<Deciding>(`decision ${of.id}`, { decidedOn: today(), reference: '', reason: '' });
  const [asked, setAsked] = useState(false);
  const act = useDraftedAct(draft, '/v1/structures/{id}/decisions', 'Décision enregistrée', onClose);
  const wrong = (member: string) => about(act.error, member);
  const { status, decidedOn, reference, reason, successor } = draft.value;
  return (
    <Ask
      {...act}
      title="Qu’a décidé l’État ?"
      verb="Enregistrer la décision"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        if (status)
          act.send({
            params: { path: { id: of.id } },
            body: {
              status,
              decidedOn,
              ...(reference && { reference }),
              ...(reason && { reason }),
              ...(status === 'closed' && successor && { successorId: successor.id }),
            },
          });
      }}
    >
      <FoundAgain found={draft.found} />
      <OneOf
        legend="Décision"
        hint={status && followed[status]}
        choices={(words.all('structureStatuses') as Choice<Status>[]).filter(
          ({ code }) => code !== 'declared' && code !== of.status,
        )}
        value={status}
        onChange={(chosen) => draft.change({ status: chosen })}
        wrong={asked && !status ? 'Choisissez la décision.' : wrong('status')}
      />
      {status === 'closed' && (
        <>
          <ChoosePartner
            label="Reprise par une autre structure"
            chosen={successor}
            onChoose={(partner) => draft.change({ successor: partner })}
            wrong={wrong('successorId')}
          />
          <p className="small soft">
            {successor
              ? `Ses équipes travaillent aussitôt pour ${successor.name}, à qui ses suivis sont proposés. Ce qui a été fait reste sous le nom de ${of.name}.`
              : 'Seulement si ses équipes et ses suivis vont à une autre structure.'}
          </p>
        </>
      )}
      <Text
        label="Prise le"
        type="date"
        required
        max={today()}
        value={decidedOn}
        onChange={(day) => draft.change({ decidedOn: day })}
        wrong={wrong('decidedOn')}
      />
      <Text
        label="Référence"
        hint="Le numéro de la lettre, de l’arrêté ou de la convention."
        maxLength={200}
        value={reference}
        onChange={(text) => draft.change({ reference: text })}
        wrong={wrong('reference')}
      />
      <LongText
        label="Motif"
        maxLength={2000}
        value={reason}
        onChange={(text) => draft.change({ reason: text })}
        wrong={wrong('reason')}
      />
    </Ask>
  );
}

export function Rename({ of, onClose }: Props) {
  const [name, setName] = useState(of.name);
  const act = useAct('/v1/structures/{id}/rename', 'La structure a un nouveau nom', onClose);
  return (
    <Ask
      {...act}
      title="Comment s’appelle-t-elle désormais ?"
      verb="Renommer"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.id } }, body: { name } })}
    >
      <p>Ce qui a été fait avant reste sous le nom d’alors. Une faute de frappe se corrige, elle ne se renomme pas.</p>
      <Text label="Nom" required maxLength={200} value={name} onChange={setName} wrong={about(act.error, 'name')} />
    </Ask>
  );
}

import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useAct, useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { AnyOf, type Choice } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { ChooseColleague } from '../team/ChooseColleague';
import { LongText, Text } from '../pieces/Text';
import { AskWhy, useWhy, Why } from '../pieces/Why';
import type { Theme } from '../sessions/themes';

interface Props {
  of: Shape<'ReferralResponse'>;
  onClose: () => void;
}

const pathOf = ({ of }: Props) => ({ path: { id: of.id } });
const readBy = (name: string): string => `${name} le lit.`;

export function Decline(props: Props) {
  const { of, onClose } = props;
  const [better, setBetter] = useState<Partner>();
  const why = useWhy<Shape<'DeclineReferralBody'>['reason']>(`referral declined ${of.id}`);
  const { send, ...act } = useDraftedAct(why, '/v1/referrals/{id}/decline', 'Orientation refusée', onClose);
  return (
    <AskWhy<Shape<'DeclineReferralBody'>['reason']>
      {...act}
      why={why}
      title="Refuser cette orientation ?"
      verb="Refuser"
      vocabulary="declineReasons"
      readers={readBy(of.fromStructure.name)}
      onClose={onClose}
      onSend={(reason, comment) =>
        send({ params: pathOf(props), body: { reason, ...comment, ...(better && { betterStructureId: better.id }) } })
      }
    >
      <details>
        <summary>Conseiller une autre structure</summary>
        <ChoosePartner label="Qui pourrait aider ?" chosen={better} onChoose={setBetter} />
      </details>
    </AskWhy>
  );
}

export function Complete(props: Props) {
  const { of, onClose } = props;
  const words = useWords();
  const why = useWhy<Shape<'CompleteReferralBody'>['outcome']>(`referral completed ${of.id}`);
  const [remaining, setRemaining] = useState<Theme[]>([]);
  const act = useDraftedAct(why, '/v1/referrals/{id}/complete', 'Orientation terminée', onClose);
  const partly = why.said.code === 'helped_partially';
  const send = () => {
    const said = why.ready();
    if (!said) return;
    const { code: outcome, comment } = said;
    act.send({
      params: pathOf(props),
      body: {
        outcome,
        ...(comment && { comment }),
        ...(partly && remaining.length > 0 && { remainingNeeds: remaining }),
      },
    });
  };
  return (
    <Ask {...act} title="Qu’en est-il ?" verb="Terminer" onClose={onClose} onSend={send}>
      <Why
        legend="L’aide que vous avez apportée"
        vocabulary="referralOutcomes"
        why={why}
        readers={readBy(of.fromStructure.name)}
        error={act.error}
      />
      {partly && (
        <AnyOf
          legend="Que reste-t-il à faire ?"
          hint={`Un brouillon d’orientation est préparé pour ${of.fromStructure.name}.`}
          choices={(words.all('themes') as Choice<Theme>[]).filter(({ code }) => of.needs?.includes(code))}
          value={remaining}
          onChange={setRemaining}
        />
      )}
    </Ask>
  );
}

export function Hold(props: Props) {
  const { of, onClose } = props;
  const [until, setUntil] = useState('');
  const why = useWhy<Shape<'HoldReferralBody'>['reason']>(`referral on hold ${of.id}`);
  const { send, ...act } = useDraftedAct(why, '/v1/referrals/{id}/hold', 'Orientation en pause', onClose);
  return (
    <AskWhy<Shape<'HoldReferralBody'>['reason']>
      {...act}
      why={why}
      title="Mettre en pause"
      verb="Mettre en pause"
      above={
        <Text
          label="Jusqu’au"
          type="date"
          required
          min={today()}
          value={until}
          onChange={setUntil}
          wrong={about(act.error, 'until')}
        />
      }
      vocabulary="holdReasons"
      readers={readBy(of.fromStructure.name)}
      onClose={onClose}
      onSend={(reason, comment) => until && send({ params: pathOf(props), body: { reason, until, ...comment } })}
    />
  );
}

export function GiveBack(props: Props) {
  const { of, onClose } = props;
  const why = useWhy<Shape<'ReturnReferralBody'>['reason']>(`referral returned ${of.id}`);
  const { send, ...act } = useDraftedAct(why, '/v1/referrals/{id}/return', 'Orientation rendue', onClose);
  return (
    <AskWhy<Shape<'ReturnReferralBody'>['reason']>
      {...act}
      why={why}
      title="Rendre cette orientation ?"
      verb="Rendre"
      vocabulary="returnReasons"
      readers={readBy(of.fromStructure.name)}
      onClose={onClose}
      onSend={(reason, comment) => send({ params: pathOf(props), body: { reason, ...comment } })}
    />
  );
}

export function Withdraw(props: Props) {
  const { of, onClose } = props;
  const why = useWhy<Shape<'WithdrawReferralBody'>['reason']>(`referral withdrawn ${of.id}`);
  const { send, ...act } = useDraftedAct(why, '/v1/referrals/{id}/withdraw', 'Orientation retirée', onClose);
  return (
    <AskWhy<Shape<'WithdrawReferralBody'>['reason']>
      {...act}
      why={why}
      title="Retirer cette orientation ?"
      verb="Retirer"
      vocabulary="withdrawReasons"
      readers={
        of.status === 'draft'
          ? 'Reste dans le suivi.'
          : 'Reste dans le suivi. La structure sollicitée ne lit plus rien.'
      }
      onClose={onClose}
      onSend={(reason, comment) => send({ params: pathOf(props), body: { reason, ...comment } })}
    />
  );
}

export function NameContact(props: Props) {
  const { onClose } = props;
  const [contact, setContact] = useState('');
  const act = useAct('/v1/referrals/{id}/name-contact', 'C’est confié', onClose);
  const send = () => contact && act.send({ params: pathOf(props), body: { contactUserId: contact } });
  return (
    <Ask {...act} title="Qui accompagne la personne ?" verb="Désigner" onClose={onClose} onSend={send}>
      <ChooseColleague
        label="Dans votre structure"
        value={contact}
        onChange={setContact}
        before={[{ code: '', label: 'Choisir quelqu’un' }]}
        wrong={about(act.error, 'contactUserId')}
      />
    </Ask>
  );
}

const questions = {
  cancel: {
    title: 'Annuler cette orientation ?',
    verb: 'Annuler l’orientation',
    readers: 'Les deux structures le lisent.',
  },
  void: { title: 'Elle a été saisie par erreur ?', verb: 'La marquer', readers: 'Les deux structures le lisent.' },
  'request-cancellation': {
    title: 'Demander l’arrêt ?',
    verb: 'Demander l’arrêt',
    readers: 'La structure qui aide le lit.',
  },
};

/** An act whose reason is in somebody's own words. */
export function SayWhy({ act: kind, ...props }: Props & { act: keyof typeof questions }) {
  const { onClose } = props;
  const { value, change, found, drop, key } = useDraft(`referral ${kind} ${props.of.id}`, { reason: '' });
  const close = () => void drop().then(onClose);
  const cancel = useAct('/v1/referrals/{id}/cancel', 'Orientation annulée', close, key);
  const voided = useAct('/v1/referrals/{id}/void', 'Orientation marquée', close, key);
  const request = useAct('/v1/referrals/{id}/request-cancellation', 'Annulation demandée', close, key);
  const act = { cancel, void: voided, 'request-cancellation': request }[kind];
  const { title, verb, readers } = questions[kind];
  const send = () => act.send({ params: pathOf(props), body: value });
  return (
    <Ask {...act} title={title} verb={verb} onClose={onClose} onSend={send}>
      <FoundAgain found={found} />
      <LongText
        label="Pourquoi ?"
        hint={readers}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        wrong={about(act.error, 'reason')}
      />
    </Ask>
  );
}

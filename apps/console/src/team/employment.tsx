import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useAct, useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { LongText, Text } from '../pieces/Text';
import { bodyOf, EmploymentFields, useNewWork } from './EmploymentFields';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

interface Props {
  of: Shape<'AccountResponse'>;
  onClose: () => void;
}

export function StartEmployment({ of, onClose }: Props) {
  const draft = useDraft(`employment ${of.id}`, useNewWork());
  const { value: work, change } = draft;
  const [asked, setAsked] = useState(false);
  const act = useDraftedAct(draft, '/v1/users/{id}/employments', 'L’emploi est enregistré', onClose);
  return (
    <Ask
      {...act}
      title={`Donner un emploi à ${of.name}`}
      verb="Enregistrer"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        const body = bodyOf(work);
        if (body) act.send({ params: { path: { id: of.id } }, body });
      }}
    >
      <FoundAgain found={draft.found} />
      <EmploymentFields value={work} onChange={change} error={act.error} asked={asked} />
    </Ask>
  );
}

export function EndEmployment({ of, employment, onClose }: Props & { employment: string }) {
  const draft = useDraft(`employment ended ${employment}`, { until: today(), reason: '' });
  const { until, reason } = draft.value;
  const act = useDraftedAct(draft, '/v1/users/{id}/employments/{eid}/end', 'La fin est enregistrée', onClose);
  const wrong = (member: string) => about(act.error, member);
  return (
    <Ask
      {...act}
      title={`Mettre fin à l’emploi de ${of.name} ?`}
      verb="Mettre fin"
      onClose={onClose}
      onSend={() =>
        act.send({
          params: { path: { id: of.id, eid: employment } },
          body: { ...(until > today() && { until }), ...(reason && { reason }) },
        })
      }
    >
      <FoundAgain found={draft.found} />
      <p>
        {until > today()
          ? 'Jusqu’à ce jour compris, rien ne change.'
          : 'Ses droits prennent fin tout de suite, partout où il ou elle est connecté.'}{' '}
        Les suivis qu’elle ou il mène se confient d’abord à quelqu’un d’autre.
      </p>
      <Text
        label="Dernier jour"
        type="date"
        required
        min={today()}
        value={until}
        onChange={(day) => draft.change({ until: day })}
        wrong={wrong('until')}
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

export function CorrectName({ of, onClose }: Props) {
  const [name, setName] = useState(of.name);
  const act = useAct('/v1/users/{id}/corrections', 'Le nom est corrigé', onClose);
  return (
    <Ask
      {...act}
      title={`Corriger le nom de ${of.name}`}
      verb="Corriger"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.id } }, body: { name } })}
    >
      <Text
        label="Nom"
        hint="Tel que tout le monde le lit. La personne est prévenue."
        required
        value={name}
        onChange={setName}
        wrong={about(act.error, 'name')}
      />
    </Ask>
  );
}

export function SignOutEverywhere({ of, onClose }: Props) {
  const act = useAct('/v1/users/{id}/sign-ins/end', `${of.name} n’est plus connecté nulle part`, onClose);
  return (
    <Ask
      {...act}
      title={`Déconnecter ${of.name} partout ?`}
      verb="Déconnecter partout"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.id } } })}
    >
      <p>Pour un appareil volé ou un mot de passe trouvé. Ce que cette personne peut faire ne change pas.</p>
    </Ask>
  );
}

export function ResetSecondFactor({ of, onClose }: Props) {
  const [reason, setReason] = useState('');
  const act = useAct(
    '/v1/users/{id}/second-factor/reset',
    `${of.name} se connecte avec son seul mot de passe`,
    onClose,
  );
  return (
    <Ask
      {...act}
      title={`Retirer la deuxième étape de ${of.name} ?`}
      verb="Retirer"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.id } }, body: { reason } })}
    >
      <p>
        Pour qui n’a plus ni son téléphone ni ses codes de secours. Assurez-vous d’abord que c’est bien cette personne
        qui le demande. Elle est prévenue, et le journal le garde.
      </p>
      <LongText label="Motif" maxLength={2000} value={reason} onChange={setReason} wrong={about(act.error, 'reason')} />
    </Ask>
  );
}

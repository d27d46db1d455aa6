import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { LongText, Text } from '../pieces/Text';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

/** What the State has signed: it pays for so many posts, for two years unless it says otherwise. */
export function SignConvention({ onClose }: { onClose: () => void }) {
  const [asked, setAsked] = useState(false);
  const draft = useDraft('convention', {
    partner: undefined as Partner | undefined,
    reference: '',
    from: today(),
    until: '',
    envelope: '1',
    posts: '1',
    amount: '',
  });
  const { value, change: set } = draft;
  const { partner } = value;
  const act = useDraftedAct(draft, '/v1/structures/{id}/conventions', 'Convention enregistrée', onClose);
  const send = () => {
    setAsked(true);
    if (!partner) return;
    act.send({
      params: { path: { id: partner.id } },
      body: {
        reference: value.reference,
        from: value.from,
        envelope: Number(value.envelope),
        posts: Number(value.posts),
        ...(value.until && { until: value.until }),
        ...(value.amount && { amount: Number(value.amount) }),
      },
    });
  };
  return (
    <Ask {...act} title="Enregistrer une convention" verb="Enregistrer" onClose={onClose} onSend={send}>
      <FoundAgain found={draft.found} />
      <ChoosePartner label="Avec quelle structure ?" chosen={partner} onChoose={(chosen) => set({ partner: chosen })} />
      {asked && !partner && <p className="wrong">Choisissez la structure.</p>}
      <Text
        label="Numéro donné par l’État"
        required
        maxLength={100}
        value={value.reference}
        onChange={(reference) => set({ reference })}
        wrong={about(act.error, 'reference')}
      />
      <div className="side-by-side">
        <Text
          label="Du"
          type="date"
          required
          value={value.from}
          onChange={(from) => set({ from })}
          wrong={about(act.error, 'from')}
        />
        <Text
          label="Au"
          hint="Deux ans si rien n’est dit."
          type="date"
          value={value.until}
          onChange={(until) => set({ until })}
          wrong={about(act.error, 'until')}
        />
      </div>
      <div className="side-by-side">
        <Text
          label="Postes"
          type="number"
          min={1}
          max={100}
          required
          value={value.posts}
          onChange={(posts) => set({ posts })}
          wrong={about(act.error, 'posts')}
        />
        <Text
          label="Enveloppe"
          hint="1 pour la première."
          type="number"
          min={1}
          max={99}
          required
          value={value.envelope}
          onChange={(envelope) => set({ envelope })}
          wrong={about(act.error, 'envelope')}
        />
        <Text
          label="Euros"
          hint="25 000 par an et par poste si rien n’est dit."
          type="number"
          min={0}
          value={value.amount}
          onChange={(amount) => set({ amount })}
          wrong={about(act.error, 'amount')}
        />
      </div>
    </Ask>
  );
}

export function EndConvention({ of, onClose }: { of: Shape<'ConventionResponse'>; onClose: () => void }) {
  const draft = useDraft(`convention ended ${of.id}`, { on: of.status === 'to_come' ? of.from : today(), reason: '' });
  const { value, change } = draft;
  const act = useDraftedAct(draft, '/v1/conventions/{id}/end', 'La fin est enregistrée', onClose);
  return (
    <Ask
      {...act}
      title={`Mettre fin à la convention ${of.reference} ?`}
      verb="Mettre fin"
      onClose={onClose}
      onSend={() => act.send({ params: { path: { id: of.id } }, body: value })}
    >
      <FoundAgain found={draft.found} />
      <p>Rien n’en change plus ensuite. Les postes restent comme ils sont jusqu’à ce jour.</p>
      <Text
        label="Dernier jour"
        type="date"
        required
        value={value.on}
        onChange={(on) => change({ on })}
        wrong={about(act.error, 'on')}
      />
      <LongText
        label="Pourquoi"
        maxLength={2000}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        wrong={about(act.error, 'reason')}
      />
    </Ask>
  );
}

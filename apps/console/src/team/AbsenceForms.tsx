import { useState, type ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { today } from '../api/dates';
import { about } from '../api/refusal';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Text } from '../pieces/Text';
import { useMe } from '../sign-in/me';
import { ChooseColleague } from './ChooseColleague';

interface Said {
  readonly from: string;
  readonly until: string;
  readonly deputyId: string;
}

export function SayAbsence({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const [userId, setUserId] = useState('');
  const act = useAct('/v1/structures/{id}/absences', 'L’absence est notée', onClose);
  return (
    <AbsenceForm
      {...act}
      title="Noter une absence"
      verb="Noter l’absence"
      initial={{ from: today(), until: today(), deputyId: '' }}
      onClose={onClose}
      onSend={(said) =>
        act.send({ params: { path: { id: me.structure.id } }, body: { ...said, ...(userId && { userId }) } })
      }
    >
      <p>Ce qui arrive à la personne absente arrive aussi à son collègue. Il ne lit rien de plus pour autant.</p>
      {me.role === 'manager' && (
        <ChooseColleague
          label="Qui est absent ?"
          value={userId}
          onChange={setUserId}
          before={[{ code: '', label: 'Moi' }]}
          wrong={about(act.error, 'userId')}
        />
      )}
    </AbsenceForm>
  );
}

export function ChangeAbsence({ of, onClose }: { of: Shape<'AbsenceResponse'>; onClose: () => void }) {
  const me = useMe();
  const act = useAct('/v1/structures/{id}/absences/{bid}/corrections', 'L’absence est changée', onClose);
  return (
    <AbsenceForm
      {...act}
      title={`Changer l’absence de ${of.person?.name ?? 'cette personne'}`}
      verb="Enregistrer"
      initial={{ from: of.from, until: of.until, deputyId: of.deputy?.id ?? '' }}
      onClose={onClose}
      onSend={(said) => act.send({ params: { path: { id: me.structure.id, bid: of.id } }, body: changedIn(said, of) })}
    >
      <p>Le collègue qui prend le relais est prévenu de ce qui change.</p>
    </AbsenceForm>
  );
}

/** What stays is not asked about again: a first day may lie long ago. */
const changedIn = ({ from, until, deputyId }: Said, of: Shape<'AbsenceResponse'>): Partial<Said> => ({
  ...(from !== of.from && { from }),
  ...(until !== of.until && { until }),
  ...(deputyId !== of.deputy?.id && { deputyId }),
});

interface Props {
  title: string;
  verb: string;
  busy: boolean;
  error: unknown;
  initial: Said;
  onClose: () => void;
  onSend: (said: Said) => void;
  children: ReactNode;
}

/** From when to when, and who takes over. */
function AbsenceForm({ initial, onSend, children, ...ask }: Props) {
  const [said, setSaid] = useState(initial);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<Said>) => setSaid({ ...said, ...part });
  return (
    <Ask
      {...ask}
      onSend={() => {
        setTried(true);
        if (said.deputyId) onSend(said);
      }}
    >
      {children}
      <div className="side-by-side">
        <Text
          label="Premier jour"
          type="date"
          required
          value={said.from}
          onChange={(from) => set({ from })}
          wrong={about(ask.error, 'from')}
        />
        <Text
          label="Dernier jour"
          type="date"
          required
          min={said.from}
          value={said.until}
          onChange={(until) => set({ until })}
          wrong={about(ask.error, 'until')}
        />
      </div>
      <ChooseColleague
        label="Qui prend le relais ?"
        value={said.deputyId}
        onChange={(deputyId) => set({ deputyId })}
        before={[{ code: '', label: 'À choisir' }]}
        wrong={tried && !said.deputyId ? 'Choisissez un collègue.' : about(ask.error, 'deputyId')}
      />
    </Ask>
  );
}

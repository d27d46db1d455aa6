import type { Shape } from '../api/client';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { ChoosePartner, type Partner } from '../network/ChoosePartner';
import { OneOf, type Choice } from '../pieces/Choices';
import { Text } from '../pieces/Text';
import { may, useMe } from '../sign-in/me';

export type Role = Shape<'StartEmploymentRequest'>['role'];

export interface Work {
  structure: Partner | undefined;
  role: Role | undefined;
  from: string;
  until: string;
}

/** One's own structure for whoever has one; for a role of the network, any. */
export function useNewWork(): Work {
  const me = useMe();
  const own = may(me, 'session.read');
  return { structure: own ? me.structure : undefined, role: own ? 'counsellor' : undefined, from: '', until: '' };
}

/** Of a body; undefined while something is missing. */
export const bodyOf = ({ structure, role, from, until }: Work) =>
  structure && role ? { structureId: structure.id, role, ...(from && { from }), ...(until && { until }) } : undefined;

interface Props {
  value: Work;
  onChange: (work: Work) => void;
  error: unknown;
  /** The act was tried: what is missing is said. */
  asked: boolean;
}

export function EmploymentFields({ value, onChange, error, asked }: Props) {
  const me = useMe();
  const words = useWords();
  const wrong = (member: string) => about(error, member);
  const own = may(me, 'session.read');
  const roles = (words.all('roles') as Choice<Role>[]).filter(({ code }) =>
    own ? ['counsellor', 'manager'].includes(code) : me.role === 'administrator' || code === 'manager',
  );
  return (
    <>
      {!own && (
        <ChoosePartner
          label="Pour quelle structure ?"
          chosen={value.structure}
          onChoose={(structure) => onChange({ ...value, structure })}
        />
      )}
      {asked && !value.structure && <p className="wrong">Choisissez la structure.</p>}
      <OneOf
        legend="Rôle"
        choices={roles}
        value={value.role}
        onChange={(role) => onChange({ ...value, role })}
        wrong={asked && !value.role ? 'Choisissez un rôle.' : wrong('role')}
      />
      <div className="side-by-side">
        <Text
          label="Premier jour"
          hint="Aujourd’hui si rien n’est dit."
          type="date"
          value={value.from}
          onChange={(from) => onChange({ ...value, from })}
          wrong={wrong('from')}
        />
        <Text
          label="Dernier jour"
          hint="S’il est connu."
          type="date"
          value={value.until}
          onChange={(until) => onChange({ ...value, until })}
          wrong={wrong('until')}
        />
      </div>
    </>
  );
}

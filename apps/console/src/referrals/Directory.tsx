import { useDeferredValue, useId, useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { Wrong } from '../pieces/Field';
import { Mark } from '../pieces/Mark';
import { useMe } from '../sign-in/me';
import type { Partner } from '../network/ChoosePartner';
import { Reception } from './Reception';
import { standingOf, type Standing } from './standing';

type Structure = Shape<'StructureResponse'>;

interface Props {
  of: Shape<'CaseShown'>;
  chosen: readonly Partner[];
  onChange: (chosen: Partner[]) => void;
  /** A draft that exists is for one structure. */
  single?: boolean;
  /** Whether each can be asked for this. */
  standing?: typeof standingOf;
  wrong?: string;
}

/** The structures of the network beside the form: near ones first, and of each what somebody at the desk would ask. */
export function Directory({ of, chosen, onChange, single, standing = standingOf, wrong }: Props) {
  const id = useId();
  const me = useMe();
  const words = useWords();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { commune } = of.resident;
  const found = api.useQuery(
    'get',
    '/v1/structures',
    { params: { query: { limit: 50, ...(commune && { near: commune }), ...(q && { q }) } } },
    { placeholderData: (before) => before },
  );
  return (
    <section className="sheet directory" aria-labelledby={`${id}-title`}>
      <div className="head">
        <h2 id={`${id}-title`}>Vers qui ?</h2>
        {commune && <p className="small soft">la plus proche d’abord</p>}
      </div>
      <input
        type="search"
        autoComplete="off"
        aria-label="Chercher une structure par le début de son nom"
        placeholder="Le début de son nom"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        // It searches while one types; Enter would send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {wrong && <Wrong id={`${id}-wrong`}>{wrong}</Wrong>}
      <Answer of={found}>
        {({ items }) => {
          const others = items.filter((one) => one.id !== me.structure.id);
          const open = others.filter((one) => !('off' in standing(one, of, words)));
          const off = others.filter((one) => !open.includes(one));
          return (
            <>
              <p className="only-heard" role="status">
                {open.length} structures peuvent être sollicitées
              </p>
              <ul className="directory-rows" aria-label="Structures qui peuvent être sollicitées">
                {open.map((one) => (
                  <Row
                    group={id}
                    key={one.id}
                    structure={one}
                    standing={standing(one, of, words)}
                    single={single}
                    wrongId={wrong ? `${id}-wrong` : undefined}
                    checked={chosen.some((partner) => partner.id === one.id)}
                    onChange={(checked) => {
                      const rest = single ? [] : chosen.filter((partner) => partner.id !== one.id);
                      onChange(checked ? [...rest, { id: one.id, name: one.name }] : rest);
                    }}
                  />
                ))}
              </ul>
              {open.length === 0 && <p className="soft">Aucune structure de ce nom ne peut être sollicitée.</p>}
              {off.length > 0 && (
                <NotNow of={off.map((one) => [one, standing(one, of, words)])} open={open.length === 0} />
              )}
            </>
          );
        }}
      </Answer>
    </section>
  );
}

interface RowProps {
  structure: Structure;
  standing: Standing;
  checked: boolean;
  onChange: (checked: boolean) => void;
  single: boolean | undefined;
  /** Of the group, so that arrow keys lead from one to the next. */
  group: string;
  wrongId: string | undefined;
}

function Row({ structure, standing, checked, onChange, single, group, wrongId }: RowProps) {
  const words = useWords();
  const notes = 'notes' in standing ? standing.notes : [];
  return (
    <li>
      <label className="directory-row">
        <input
          type={single ? 'radio' : 'checkbox'}
          name={group}
          checked={checked}
          aria-describedby={wrongId}
          aria-invalid={wrongId ? true : undefined}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        <span>
          <span className="name">
            <Mark structureId={structure.id} />
            {structure.name}
          </span>{' '}
          <Capacity of={structure} />
          <span className="small soft">
            {[structure.nearness && `${words.say('nearnesses', structure.nearness)}.`, ...notes]
              .filter(Boolean)
              .join(' ')}
          </span>
        </span>
      </label>
      <Reception structureId={structure.id} name={structure.name} open={checked} />
    </li>
  );
}

const Capacity = ({ of: { capacity } }: { of: Structure }) => {
  const words = useWords();
  const looks = { open: 'tag done', waiting_list: 'tag', full: 'tag heed' };
  return <span className={looks[capacity]}>{words.say('capacities', capacity)}</span>;
};

/** Why somebody who expects a structure here does not find it. */
function NotNow({ of, open }: { of: (readonly [Structure, Standing])[]; open: boolean }) {
  return (
    <details open={open}>
      <summary>
        {of.length === 1
          ? '1 structure ne peut pas être sollicitée'
          : `${of.length} structures ne peuvent pas être sollicitées`}
      </summary>
      <ul className="rows">
        {of.map(([one, standing]) => (
          <li key={one.id}>
            <p>
              <Mark structureId={one.id} />
              {one.name}. <span className="soft">{'off' in standing && standing.off}</span>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { fullDay, today } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { may, useMe } from '../sign-in/me';

type Convention = Shape<'ConventionResponse'>;
type Post = Shape<'PostResponse'>;
type Act = 'occupy' | 'vacate' | 'return';

/** Each post: who holds it, until when it may be filled, and what can be said of it. */
export function Posts({ of }: { of: Convention }) {
  const me = useMe();
  const words = useWords();
  const [act, setAct] = useState<{ post: Post; act: Act }>();
  const records = may(me, 'post.record') && of.status === 'running';
  const button = (post: Post, what: Act, label: string) => (
    <Button quiet dense onClick={() => setAct({ post, act: what })}>
      {label}
      <span className="only-heard"> poste {of.posts.indexOf(post) + 1}</span>
    </Button>
  );
  const vacant = of.posts.filter(({ status }) => status === 'vacant').length;
  return (
    <details open={of.posts.length <= 3}>
      <summary>
        {of.posts.length} {of.posts.length > 1 ? 'postes' : 'poste'}
        {vacant > 0 && `, dont ${vacant} à pourvoir`}
      </summary>
      <ul aria-label={`Postes de la convention ${of.reference}`}>
        {of.posts.map((post, index) => (
          <li className="acts" key={post.id}>
            <span>
              Poste {index + 1} : {post.holder?.name ?? words.say('subsidisedPostStatuses', post.status).toLowerCase()}
              {post.status === 'occupied' && post.holderStillThere === false && ' (n’y travaille plus)'}
              <span className="soft"> depuis le {fullDay(post.from)}</span>
              {post.fillBy && <span className="soft">, à pourvoir avant le {fullDay(post.fillBy)}</span>}
            </span>
            {records && post.status === 'vacant' && button(post, 'occupy', 'Dire qui l’occupe…')}
            {records && post.status === 'occupied' && button(post, 'vacate', 'Il est vacant…')}
            {records && post.status !== 'returned' && button(post, 'return', 'Rendu à l’État…')}
          </li>
        ))}
      </ul>
      {act?.act === 'occupy' && <Occupy of={of} post={act.post} onClose={() => setAct(undefined)} />}
      {act?.act === 'vacate' && <Vacate of={of} post={act.post} onClose={() => setAct(undefined)} />}
      {act?.act === 'return' && <Return of={of} post={act.post} onClose={() => setAct(undefined)} />}
    </details>
  );
}

interface Props {
  of: Convention;
  post: Post;
  onClose: () => void;
}

const at = ({ of, post }: Props) => ({ params: { path: { id: of.id, pid: post.id } } });

function Occupy(props: Props) {
  const { of, onClose } = props;
  const [value, setValue] = useState({ userId: '', from: today() });
  const people = api.useQuery('get', '/v1/structures/{id}/people', {
    params: { path: { id: of.structure?.id ?? '' }, query: { role: ['counsellor', 'coordinator'], limit: 100 } },
  });
  const act = useAct('/v1/conventions/{id}/posts/{pid}/occupy', 'Le poste est occupé', onClose);
  return (
    <Ask
      {...act}
      title="Qui occupe ce poste ?"
      verb="Enregistrer"
      onClose={onClose}
      onSend={() => act.send({ ...at(props), body: value })}
    >
      <Select
        label="Qui"
        required
        value={value.userId}
        onChange={(userId) => setValue({ ...value, userId })}
        choices={[
          { code: '', label: 'Choisissez' },
          ...(people.data?.items ?? []).map(({ id, name }) => ({ code: id, label: name })),
        ]}
        wrong={about(act.error, 'userId')}
      />
      <Text
        label="Depuis le"
        type="date"
        required
        max={today()}
        value={value.from}
        onChange={(from) => setValue({ ...value, from })}
        wrong={about(act.error, 'from')}
      />
    </Ask>
  );
}

function Vacate(props: Props) {
  const [on, setOn] = useState(today());
  const act = useAct('/v1/conventions/{id}/posts/{pid}/vacate', 'Le poste est vacant', props.onClose);
  return (
    <Ask
      {...act}
      title="Ce poste est vacant ?"
      verb="Dire qu’il est vacant"
      onClose={props.onClose}
      onSend={() => act.send({ ...at(props), body: { on } })}
    >
      <p>De ce jour, il y a six mois pour trouver quelqu’un, ou jusqu’à la fin de la convention.</p>
      <Text
        label="Depuis le"
        type="date"
        required
        max={today()}
        value={on}
        onChange={setOn}
        wrong={about(act.error, 'on')}
      />
    </Ask>
  );
}

function Return(props: Props) {
  const [on, setOn] = useState(today());
  const act = useAct('/v1/conventions/{id}/posts/{pid}/return', 'Le poste est rendu', props.onClose);
  return (
    <Ask
      {...act}
      title="Ce poste est rendu à l’État ?"
      verb="Dire qu’il est rendu"
      onClose={props.onClose}
      onSend={() => act.send({ ...at(props), body: { on } })}
    >
      <p>Il reste à l’État. Cela ne se défait pas.</p>
      <Text label="Le" type="date" required max={today()} value={on} onChange={setOn} wrong={about(act.error, 'on')} />
    </Ask>
  );
}

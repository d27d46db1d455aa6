import { api, type Shape } from '../api/client';
import { lately } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';

type SignIn = Shape<'SessionResponse'>;

/** Everywhere one is signed in: a lost telephone is put out from here. */
export function SignIns() {
  const list = api.useQuery('get', '/v1/me/sign-ins');
  const endOthers = useAct('/v1/me/sign-ins/end-others', 'Vous n’êtes plus connecté qu’ici');
  return (
    <section className="sheet" aria-labelledby="connexions">
      <div className="head">
        <h2 id="connexions">Où vous êtes connecté</h2>
        {(list.data?.items.length ?? 0) > 2 && (
          <Button quiet dense busy={endOthers.busy} onClick={() => endOthers.send({})}>
            Déconnecter partout ailleurs
          </Button>
        )}
      </div>
      <Answer of={list}>
        {({ items }) => (
          <>
            <ul className="rows">
              {items.map((one) => (
                <SignInRow one={one} key={one.id} />
              ))}
            </ul>
            {endOthers.error != null && <Failure error={endOthers.error} />}
            {items.length === 1 && <p className="soft">Vous n’êtes connecté nulle part ailleurs.</p>}
          </>
        )}
      </Answer>
    </section>
  );
}

function SignInRow({ one }: { one: SignIn }) {
  const words = useWords();
  const end = useAct('/v1/me/sign-ins/{id}/end', 'Cette connexion est terminée');
  return (
    <li>
      <div>
        <p>
          Depuis {lately(one.openedAt)} {one.current && <span className="tag">cet appareil</span>}
        </p>
        <p className="small soft">
          {one.structure.name}, {words.say('roles', one.role)}
          {!one.current && ` · utilisée pour la dernière fois ${lately(one.activeAt)}`}
        </p>
        {end.error != null && <Failure error={end.error} />}
      </div>
      {!one.current && (
        <Button dense busy={end.busy} onClick={() => end.send({ params: { path: { id: one.id } } })}>
          Déconnecter<span className="only-heard"> la connexion de {lately(one.openedAt)}</span>
        </Button>
      )}
    </li>
  );
}

import { useDeferredValue, useState } from 'preact/compat';
import { Link } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { Text } from '../pieces/Text';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';
import { CorrectName, EndEmployment, ResetSecondFactor, SignOutEverywhere, StartEmployment } from './employment';

type Account = Shape<'AccountResponse'>;
type Role = Shape<'MeResponse'>['role'];

const isStaff = (role: Role): boolean => role === 'counsellor' || role === 'manager';

/** Accounts by name, role and state: a manager's own structure's, the network's for those who have a role in it. */
export function Accounts() {
  const words = useWords();
  const { of, change } = useFilters();
  const [q, setQ] = useState('');
  const asked = useDeferredValue(q.trim());
  const [role, status] = [of<Role>('role'), of<Account['status']>('status')];
  const structureId = of('structure');
  const list = api.useInfiniteQuery(
    'get',
    '/v1/users',
    {
      params: {
        query: {
          limit: 30,
          ...(asked && { q: asked }),
          ...(role && { role: [role] }),
          ...(status && { status: [status] }),
          ...(structureId && { structureId }),
        },
      },
    },
    pages,
  );
  const structure = api.useQuery(
    'get',
    '/v1/structures/{id}',
    { params: { path: { id: structureId ?? '' } } },
    { enabled: structureId !== undefined },
  );
  return (
    <div className="stack">
      {structureId && (
        <p className="acts">
          Seulement : <strong>{structure.data?.name}</strong>
          <Button quiet dense onClick={() => change('structure')('')}>
            Tout montrer
          </Button>
        </p>
      )}
      <div className="side-by-side">
        <Text
          label="Nom ou adresse"
          type="search"
          autoComplete="off"
          placeholder="Les premières lettres"
          value={q}
          onChange={setQ}
        />
        <Select
          label="Rôle"
          value={role ?? ''}
          onChange={change('role')}
          choices={[{ code: '', label: 'Tous' }, ...words.all('roles')]}
        />
        <Select
          label="Compte"
          value={status ?? ''}
          onChange={change('status')}
          choices={[{ code: '', label: 'Tous' }, ...words.all('accountStates')]}
        />
      </div>
      <PagedRows of={list} label="Comptes" empty={<p>Personne ne répond à ces choix.</p>}>
        {(one) => <AccountRow one={one} />}
      </PagedRows>
    </div>
  );
}

function AccountRow({ one }: { one: Account }) {
  const me = useMe();
  const words = useWords();
  const [act, setAct] = useState<'start' | 'name' | 'sign-out' | 'second-factor' | { employment: string }>();
  const invite = useAct('/v1/users/{id}/invitations', 'Un nouveau lien est parti');
  const close = () => setAct(undefined);
  const follows = one.employments.some(({ ended, role }) => !ended && isStaff(role));
  // Roles of the network are the administrators' to give and to end.
  const ends = (role: Role) => me.role === 'administrator' || (me.role === 'manager' && isStaff(role));
  const working = one.employments.filter(({ ended }) => !ended);
  const mayName = me.role === 'administrator' || (me.role === 'manager' && working.every(({ role }) => isStaff(role)));
  return (
    <>
      <div>
        <p>
          <span className="name">{one.name}</span>{' '}
          {one.status !== 'active' && <span className="tag">{words.say('accountStates', one.status)}</span>}
        </p>
        <p className="small soft">{one.email}</p>
        <ul>
          {one.employments.map((work) => (
            <li className="small acts" key={work.id}>
              <span>
                {work.structure?.name} : {words.say('roles', work.role)}
                {work.placedAt && `, auprès de ${work.placedAt.name}`}, depuis le {fullDay(work.from)}
                {work.until && `, jusqu’au ${fullDay(work.until)}`}
              </span>
              {!work.ended && one.id !== me.user.id && ends(work.role) && (
                <Button quiet dense onClick={() => setAct({ employment: work.id })}>
                  Mettre fin…<span className="only-heard"> à l’emploi de {one.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
        {invite.error != null && <Failure error={invite.error} />}
      </div>
      <div className="acts">
        {may(me, 'session.read') && follows && (
          <Link className={buttonClass({ dense: true })} href={`/cases?counsellor=${one.id}`}>
            Ses dossiers<span className="only-heard"> : {one.name}</span>
          </Link>
        )}
        {one.status === 'invited' && (
          <Button dense busy={invite.busy} onClick={() => invite.send({ params: { path: { id: one.id } } })}>
            Renvoyer l’invitation<span className="only-heard"> à {one.name}</span>
          </Button>
        )}
        {one.id !== me.user.id && mayName && (
          <Button quiet dense onClick={() => setAct('name')}>
            Corriger le nom…<span className="only-heard"> de {one.name}</span>
          </Button>
        )}
        {me.role !== 'coordinator' && (
          <Button quiet dense onClick={() => setAct('start')}>
            Donner un emploi…<span className="only-heard"> à {one.name}</span>
          </Button>
        )}
        {may(me, 'people.sign-out') && (
          <Button quiet dense onClick={() => setAct('sign-out')}>
            Déconnecter partout…<span className="only-heard"> {one.name}</span>
          </Button>
        )}
        {one.id !== me.user.id && may(me, 'people.second-factor') && (
          <Button quiet dense onClick={() => setAct('second-factor')}>
            Retirer la deuxième étape…<span className="only-heard"> de {one.name}</span>
          </Button>
        )}
      </div>
      {act === 'start' && <StartEmployment of={one} onClose={close} />}
      {act === 'name' && <CorrectName of={one} onClose={close} />}
      {act === 'sign-out' && <SignOutEverywhere of={one} onClose={close} />}
      {act === 'second-factor' && <ResetSecondFactor of={one} onClose={close} />}
      {typeof act === 'object' && <EndEmployment of={one} employment={act.employment} onClose={close} />}
    </>
  );
}

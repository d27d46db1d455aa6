import { useState } from 'preact/compat';
import { Link } from 'wouter';
import { api } from '../api/client';
import { useFound } from '../cases/FindResident';
import { buttonClass } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { Text } from '../pieces/Text';
import { may, useMe } from '../sign-in/me';

/** With whom? The appointments of today and the last ones seen stand there; anybody else by the beginnings of the name. */
export default function ChooseResident() {
  const me = useMe();
  const [name, setName] = useState('');
  const found = useFound(name);
  const day = api.useQuery('get', '/v1/today');
  const recent = api.useQuery('get', '/v1/cases', {
    params: { query: { status: ['open'], sort: 'newest_activity', limit: 8 } },
  });
  const typed = name.trim().length >= 2;
  const planned = (day.data?.appointments ?? []).filter(({ status }) => status === 'planned');
  // Whoever comes today stands above; whom the structure follows no more has no name left here.
  const others = (recent.data?.items ?? []).filter(
    ({ id, resident }) =>
      (resident.firstName !== undefined || resident.lastName !== undefined) &&
      !planned.some(({ caseId }) => caseId === id),
  );
  const rows = typed ? (found.data?.items ?? []) : others;
  const nobody = typed ? found.data?.items.length === 0 : rows.length + planned.length === 0;
  return (
    <Page title="Un accompagnement, avec qui ?" tab="Enregistrer un accompagnement">
      <div className="stack">
        <Text
          label="Nom ou prénom"
          type="search"
          autoComplete="off"
          value={name}
          onChange={setName}
          hint="Les premières lettres suffisent."
        />
        <section className="sheet" aria-live="polite" aria-label="Personnes">
          <ul className="rows">
            {!typed &&
              planned.map(({ id, caseId, resident }) => (
                <li key={id}>
                  <Link className="name" href={`/cases/${caseId}/session?appointment=${id}`}>
                    {nameOf(resident)}
                  </Link>
                  <span className="tag">rendez-vous d’aujourd’hui</span>
                </li>
              ))}
            {rows.map(({ id, resident }) => (
              <li key={id}>
                <Link className="name" href={`/cases/${id}/session`}>
                  {nameOf(resident)}
                </Link>
                <span className="soft">{resident.communeName}</span>
              </li>
            ))}
          </ul>
          {nobody && recent.data && (
            <p>{typed ? 'Personne de ce nom dans vos dossiers.' : 'Cherchez la personne par son nom.'}</p>
          )}
        </section>
        <p className="acts">
          {may(me, 'case.open') && (
            <Link className={buttonClass({})} href="/cases/new">
              Ouvrir un dossier
            </Link>
          )}
          <Link className={buttonClass({})} href="/anonymous-session">
            La personne ne donne pas son nom
          </Link>
        </p>
      </div>
    </Page>
  );
}

import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { Answer } from '../pieces/Answer';
import { buttonClass, Knot } from '../pieces/Button';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { Phone } from '../pieces/Phone';
import { CaseAside } from './CaseAside';
import { ErasureAnnounced } from './ErasureAnnounced';
import { OtherActs } from './OtherActs';
import { Strip } from './thread/Strip';
import { Thread, useThread } from './thread/Thread';

type Case = Shape<'CaseShown'>;

/** One resident: who, who leads since when, what can be done, and the thread. */
export default function CasePage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={nameOf(one.resident)} tab="Dossier">
          <div className="stack">
            <Who of={one} />
            <Lead of={one} />
            <ErasureAnnounced of={one} />
            <Acts of={one} />
            {one.participation === 'auditor' ? (
              <p className="notice">
                Ce qui est écrit se lit avec une raison, notée dans le journal.{' '}
                <Link href={`/journal/cases/${one.id}`}>Lire avec une raison</Link>
              </p>
            ) : (
              <>
                <Glance of={one} />
                <div className="columns wide-first">
                  <Thread caseId={one.id} structures={structuresOf(one)} />
                  <CaseAside of={one} />
                </div>
              </>
            )}
          </div>
        </Page>
      )}
    </Answer>
  );
}

/** Drawn from what the list has read; nothing is asked for twice. */
function Glance({ of }: { of: Case }) {
  const { data } = useThread(of.id);
  const coming = api.useQuery(
    'get',
    '/v1/cases/{id}/appointments',
    { params: { path: { id: of.id } } },
    { enabled: of.participation !== 'coordinator' },
  );
  if (!data) return null;
  const planned = (coming.data?.items ?? []).filter(({ status }) => status === 'planned').map(({ at }) => at);
  return <Strip of={of} entries={data.pages.flatMap(({ items }) => items)} coming={planned} />;
}

const structuresOf = ({ leads, referrals }: Case): Map<string, string> =>
  new Map(
    [...leads.map(({ structure }) => structure), ...referrals.flatMap(({ toStructure }) => toStructure ?? [])].map(
      ({ id, name }) => [id, name],
    ),
  );

function Who({ of: { resident, status, closedAt, themes } }: { of: Case }) {
  const words = useWords();
  const age = resident.birthYear === undefined ? undefined : new Date().getFullYear() - resident.birthYear;
  const facts = [
    age === undefined ? words.say('ageBrackets', resident.ageBracket) : `${age} ans`,
    resident.birthName && `nom de naissance : ${resident.birthName}`,
    resident.communeName,
    resident.status &&
      resident.status !== 'non_communique' &&
      words.say('residentStatuses', resident.status).toLowerCase(),
    resident.languageName && `parle ${resident.languageName}`,
    resident.interpreter && 'avec interprète',
  ].filter(Boolean);
  return (
    <div>
      <p>
        {facts.join(' • ')}
        {resident.phone && (
          <>
            {' • '}
            <Phone of={resident.phone} />
          </>
        )}
        {resident.email && (
          <>
            {' • '}
            <a href={`mailto:${resident.email}`}>{resident.email}</a>
          </>
        )}
      </p>
      {resident.representative && (
        <p>
          {words.say('representations', resident.representative.right)} : {resident.representative.name}{' '}
          {resident.representative.phone && <Phone of={resident.representative.phone} />}
        </p>
      )}
      <p className="soft">{themes.map((theme) => words.say('themes', theme)).join(', ')}</p>
      {status === 'closed' && <p className="tag">{closedAt ? `Suivi clos le ${fullDay(closedAt)}` : 'Suivi clos'}</p>}
    </div>
  );
}

function Lead({ of: { lead, leads, openHandover } }: { of: Case }) {
  const before = leads.filter(({ until }) => until !== undefined).at(-1);
  if (!lead)
    return before ? (
      <p className="soft">
        Suivi en dernier par {[before.counsellor?.name, before.structure.name].filter(Boolean).join(', ')}.
      </p>
    ) : null;
  return (
    <p>
      <Structure of={lead.structure} />
      {lead.counsellor ? `, ${lead.counsellor.name},` : ', où personne n’est encore désigné,'} mène le suivi depuis le{' '}
      {fullDay(lead.since)}.
      {before && (
        <span className="soft">
          {' '}
          Avant : {[before.counsellor?.name, before.structure.name].filter(Boolean).join(', ')}.
        </span>
      )}
      {openHandover && (
        <>
          {' '}
          <Link href={`/handovers/${openHandover.id}`}>
            {openHandover.kind === 'beside'
              ? `${openHandover.toStructure.name} demande à accompagner aussi la personne`
              : `Une passation vers ${openHandover.toStructure.name} est en cours`}
          </Link>
        </>
      )}
    </p>
  );
}

/** Whoever leads proposes it, whoever watches decides, and everybody else asks for it. */
const handsOver = ({ participation }: Case): string => {
  if (participation === 'lead') return 'Passer la main';
  return participation === 'coordinator' || participation === 'auditor'
    ? 'Décider qui mène le suivi'
    : 'Demander à mener le suivi';
};

/** Only what may be done: the words come with the case. */
function Acts({ of }: { of: Case }) {
  const may = (action: Case['actions'][number]) => of.actions.includes(action);
  const at = `/cases/${of.id}`;
  return (
    <div className="acts not-printed">
      {may('sessions') && (
        <Link className={buttonClass({ main: true })} href={`${at}/session`}>
          <Knot /> Enregistrer un accompagnement
        </Link>
      )}
      {may('referrals') && (
        <Link className={buttonClass({})} href={`${at}/refer`}>
          Orienter
        </Link>
      )}
      {may('appointments') && (
        <Link className={buttonClass({})} href={`${at}/appointment`}>
          Prendre rendez-vous
        </Link>
      )}
      {may('handovers') && (
        <Link className={buttonClass({})} href={`${at}/handover`}>
          {handsOver(of)}
        </Link>
      )}
      {of.participation !== 'auditor' && of.participation !== 'coordinator' && (
        <Link className={buttonClass({})} href={`${at}/sheet`}>
          Imprimer sa fiche
        </Link>
      )}
      <OtherActs of={of} />
    </div>
  );
}

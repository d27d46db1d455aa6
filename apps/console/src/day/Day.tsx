import { Link } from 'wouter';
import { api, type Shape } from '../api/client';
import { dayOf, lately, shortDay, titleDay } from '../api/dates';
import { Answer, Failure } from '../pieces/Answer';
import { Button, buttonClass } from '../pieces/Button';
import { Empty } from '../pieces/Empty';
import { Page } from '../pieces/Page';
import { Resident } from '../pieces/Person';
import { Due } from '../pieces/When';
import { may, useMe } from '../sign-in/me';
import { DayThread } from './DayThread';
import { useRead, useReadAll } from './reading';
import { placeOf, wayOut } from './tasks';

/** What presses first, with names; what is new; the day as a thread. */
export default function Day() {
  const me = useMe();
  const day = api.useQuery('get', '/v1/today');
  const staff = may(me, 'session.record');
  return (
    <Answer of={day}>
      {(found) => (
        <Page title={titleDay(found.date)} tab="Ma journée" aside={<Sum of={found} />}>
          <div className={staff ? 'columns wide-first' : 'stack'}>
            <div className="stack">
              <ToDo tasks={found.tasks} total={found.badges.tasks} />
              <NewOnes day={found} />
              {found.quietCases.length > 0 && <Quiet cases={found.quietCases} />}
            </div>
            {staff && <DayThread appointments={found.appointments} />}
          </div>
        </Page>
      )}
    </Answer>
  );
}

type News = Shape<'NotificationDto'>;

const counted = ({ count, more }: Shape<'CountResponse'>): string => (more ? `plus de ${count}` : String(count));

function Sum({ of: { badges } }: { of: Shape<'TodayResponse'> }) {
  const { tasks, late } = badges;
  if (tasks.count === 0) return <p className="soft">Rien n’attend.</p>;
  return (
    <p className="soft">
      {counted(tasks)} {tasks.count > 1 ? 'choses' : 'chose'} à faire
      {late.count > 0 && `, dont ${counted(late)} en retard`}
    </p>
  );
}

function ToDo({ tasks, total }: { tasks: Shape<'TaskDto'>[]; total: Shape<'CountResponse'> }) {
  return (
    <section className="sheet" aria-labelledby="a-faire">
      <div className="head">
        <h2 id="a-faire">À faire</h2>
        {total.count > tasks.length && <Link href="/tasks">Tout voir</Link>}
      </div>
      {tasks.length === 0 ? (
        <Empty>
          <p>Rien à faire pour l’instant. Une réponse à donner, un brouillon à relire ou un rappel viendra ici.</p>
        </Empty>
      ) : (
        <ul className="rows">
          {tasks.map((task) => (
            <TaskRow task={task} key={`${task.kind} ${task.id}`} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** A first name alone is told to whom the follow-up is not open yet: its page would be none. */
const readable = ({ resident, caseId }: Pick<Shape<'TaskDto'>, 'resident' | 'caseId'>): string | undefined =>
  resident?.firstName !== undefined && resident.lastName === undefined ? undefined : caseId;

const TaskRow = ({ task }: { task: Shape<'TaskDto'> }) => (
  <li>
    <TaskDetail task={task} />
  </li>
);

/** @param named when it may be somebody else's */
export function TaskDetail({ task, named }: { task: Shape<'TaskDto'>; named?: boolean }) {
  return (
    <>
      <div>
        <p>
          {task.caseId !== undefined && (
            <>
              <Resident resident={task.resident} caseId={readable(task)} />{' '}
            </>
          )}
          <Due at={task.dueAt} late={task.late} /> {task.urgent && <span className="tag heed">Urgent</span>}
        </p>
        <p>
          {task.title}
          {task.betterStructure && `. Structure conseillée : ${task.betterStructure.name}`}
        </p>
        {named && <p className="small soft">{task.assignee?.name ?? 'Personne n’est encore désigné'}</p>}
      </div>
      <Link className={buttonClass({ dense: true })} href={placeOf(task)}>
        {wayOut(task)}
        <span className="only-heard"> : {task.title}</span>
      </Link>
    </>
  );
}

function NewOnes({ day: { news, asOf, badges } }: { day: Shape<'TodayResponse'> }) {
  const [read, readAll] = [useRead(), useReadAll()];
  const error = read.error ?? readAll.error;
  return (
    <section className="sheet" aria-labelledby="nouveau">
      <div className="head">
        <h2 id="nouveau">Ce qui est nouveau</h2>
        {news.length > 0 && (
          <Button quiet dense onClick={() => readAll.send(asOf ?? '')}>
            Tout marquer comme lu
          </Button>
        )}
      </div>
      {error != null && <Failure error={error} />}
      {news.length === 0 ? (
        <p className="soft">Rien de nouveau depuis votre dernière visite.</p>
      ) : (
        <ul className="rows">
          {news.map((one) => (
            <li key={one.id}>
              <NewsRow one={one} onRead={read.send} />
            </li>
          ))}
        </ul>
      )}
      {badges.unread.count > news.length && <Link href="/notifications">Tout voir</Link>}
    </section>
  );
}

/** Whoever opens what it is about has read it. */
export function NewsRow({ one, onRead }: { one: News; onRead: (one: News) => void }) {
  const isNew = one.readAt === undefined;
  return (
    <>
      <p>
        {one.caseId !== undefined && (
          <>
            <Resident resident={one.resident} caseId={readable(one)} />
            {' : '}
          </>
        )}
        <Link href={placeOf(one)} onClick={() => isNew && onRead(one)}>
          {one.title}
        </Link>
        {one.count !== undefined && one.count > 1 && ` (${one.count} fois)`}{' '}
        <time className="soft small" dateTime={one.at}>
          {lately(one.at)}
        </time>
      </p>
      {isNew && (
        <Button quiet dense onClick={() => onRead(one)}>
          C’est lu<span className="only-heard"> : {one.title}</span>
        </Button>
      )}
    </>
  );
}

function Quiet({ cases }: { cases: Shape<'CaseSummary'>[] }) {
  return (
    <section className="sheet" aria-labelledby="silence">
      <div className="head">
        <h2 id="silence">Sans nouvelles depuis longtemps</h2>
      </div>
      <ul className="rows">
        {cases.map(({ id, resident, lastActivityAt }) => (
          <li key={id}>
            <Resident resident={resident} caseId={id} />
            <span className="soft">rien depuis le {shortDay(dayOf(lastActivityAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

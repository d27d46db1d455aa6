import { api, pages } from '../api/client';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { Select } from '../pieces/Select';
import { together, withCount } from '../pieces/counts';
import { useFilters } from '../pieces/filters';
import { may, useMe } from '../sign-in/me';
import { TaskDetail } from './Day';

function useCounted(mine: boolean, enabled: boolean) {
  const { data } = api.useQuery('get', '/v1/tasks/counts', { params: { query: { mine } } }, { enabled });
  return data && together(data.counts);
}

/** Everything that is to be done, the urgent first, then what is due first. */
export default function Tasks() {
  const me = useMe();
  const { of, change } = useFilters();
  const whose = of<'mine' | 'structure'>('whose') ?? 'mine';
  const list = api.useInfiniteQuery(
    'get',
    '/v1/tasks',
    { params: { query: { limit: 30, ...(whose === 'mine' && { mine: true }) } } },
    pages,
  );
  const staff = may(me, 'session.record');
  const [own, all] = [useCounted(true, staff), useCounted(false, staff)];
  return (
    <Page title="À faire" tab="À faire">
      <div className="stack">
        {staff && (
          <div className="side-by-side">
            <Select
              label="Pour"
              value={whose}
              onChange={change('whose')}
              choices={[
                { code: 'mine', label: withCount('Moi', own) },
                { code: 'structure', label: withCount('Toute la structure', all) },
              ]}
            />
          </div>
        )}
        <PagedRows
          of={list}
          label="À faire"
          empty={
            <p>Rien à faire pour l’instant. Une réponse à donner, un brouillon à relire ou un rappel viendra ici.</p>
          }
        >
          {(task) => <TaskDetail task={task} named={whose === 'structure'} />}
        </PagedRows>
      </div>
    </Page>
  );
}

import { useState } from 'preact/compat';
import { api, type Shape } from '../api/client';
import { shortDay, today } from '../api/dates';
import { useWords } from '../api/words';
import { useAct, useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { LongText } from '../pieces/Text';
import { quoted } from '../pieces/quoted';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

type Point = Shape<'ProgressPoint'>;

const height: Record<Point['autonomy'], number> = {
  entierement_accompagne: 28,
  partiellement_autonome: 16,
  autonome: 4,
};

/** Goals and what was learnt: a small drawing per theme, and the same in a table. */
export function Progress({ caseId, actions }: { caseId: string; actions: Shape<'CaseShown'>['actions'] }) {
  const words = useWords();
  const { data } = api.useQuery('get', '/v1/cases/{id}/progress', { params: { path: { id: caseId } } });
  if (!data || (data.themes.length === 0 && Object.values(data.goals).every((goals) => goals.length === 0)))
    return null;
  const goals = [...data.goals.open, ...data.goals.reached];
  return (
    <section className="sheet" aria-labelledby="progres">
      <h2 id="progres">Ce que la personne apprend</h2>
      {goals.length > 0 && (
        <ul className="stack">
          {goals.map((goal) => (
            <li key={goal.id}>
              <Goal goal={goal} may={actions.includes('goals')} />
            </li>
          ))}
        </ul>
      )}
      {data.themes.length > 0 && (
        <table className="small">
          <caption className="only-heard">Progrès par thème</caption>
          <thead>
            <tr>
              <th scope="col">Thème</th>
              <th scope="col">La dernière fois</th>
            </tr>
          </thead>
          <tbody>
            {data.themes.map(({ theme, points }) => (
              <tr key={theme}>
                <th scope="row">{words.say('themes', theme)}</th>
                <td>
                  {words.say('autonomies', points.at(-1)?.autonomy)}
                  <span className="soft small"> {points.at(-1) && shortDay(points.at(-1)!.date)}</span>
                  {points.length > 1 && <Curve points={points} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The last eight times, oldest left; higher is more on one's own. How it was the last time stands above in words. */
function Curve({ points }: { points: readonly Point[] }) {
  const shown = points.slice(-8);
  const at = shown.map(({ autonomy }, index) => [6 + index * 12, height[autonomy]] as const);
  return (
    <svg className="curve" width="100" height="34" viewBox="0 0 100 34" aria-hidden="true">
      <polyline points={at.join(' ')} fill="none" stroke="var(--thread)" strokeWidth="1.5" />
      {at.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="3.5" fill="var(--dye-0)" />
      ))}
    </svg>
  );
}

function Goal({ goal, may }: { goal: Shape<'GoalShown'>; may: boolean }) {
  const [ending, setEnding] = useState<'reach' | 'abandon'>();
  return (
    <>
      <p>
        <strong>{goal.text}</strong> {goal.status === 'reached' && <span className="tag done">Atteint</span>}
      </p>
      <ul className="small">
        {goal.steps.map((step) => (
          <Step key={step.id} of={goal} step={step} may={may} />
        ))}
      </ul>
      {may && goal.status === 'open' && (
        <p className="acts">
          <Button quiet dense onClick={() => setEnding('reach')}>
            Atteint…
          </Button>
          <Button quiet dense onClick={() => setEnding('abandon')}>
            Y renoncer…
          </Button>
        </p>
      )}
      {ending && <EndGoal goal={goal} how={ending} onClose={() => setEnding(undefined)} />}
    </>
  );
}

function Step({ of, step, may }: { of: Shape<'GoalShown'>; step: Shape<'GoalStep'>; may: boolean }) {
  const { id, text, reachedOn } = step;
  const act = useAct('/v1/cases/{id}/goals/{gid}/step', 'Étape atteinte');
  const send = () => act.send({ params: { path: { id: of.caseId, gid: of.id } }, body: { stepId: id, on: today() } });
  return (
    <li className="acts">
      <span>
        {reachedOn ? '✓ ' : '○ '}
        {text}
        {reachedOn && <span className="soft"> {shortDay(reachedOn)}</span>}
      </span>
      {may && !reachedOn && of.status === 'open' && (
        <Button quiet dense busy={act.busy} onClick={send}>
          C’est fait<span className="only-heard"> : {text}</span>
        </Button>
      )}
      {act.error != null && <Failure error={act.error} />}
    </li>
  );
}

function EndGoal({ goal, how, onClose }: { goal: Shape<'GoalShown'>; how: 'reach' | 'abandon'; onClose: () => void }) {
  const draft = useDraft(`goal ended ${goal.id} ${how}`, { comment: '' });
  const { comment } = draft.value;
  const reach = useDraftedAct(draft, '/v1/cases/{id}/goals/{gid}/reach', 'Objectif atteint', onClose);
  const abandon = useDraftedAct(draft, '/v1/cases/{id}/goals/{gid}/abandon', 'Objectif abandonné', onClose);
  const act = how === 'reach' ? reach : abandon;
  const send = () =>
    act.send({
      params: { path: { id: goal.caseId, gid: goal.id } },
      body: { on: today(), ...(comment && { comment }) },
    });
  return (
    <Ask
      {...act}
      title={how === 'reach' ? 'L’objectif est atteint' : 'Renoncer à cet objectif'}
      verb={how === 'reach' ? 'Noter qu’il est atteint' : 'Y renoncer'}
      onClose={onClose}
      onSend={send}
    >
      <FoundAgain found={draft.found} />
      <p>{quoted(goal.text)}</p>
      <LongText label="Un mot, si vous voulez" value={comment} onChange={(text) => draft.change({ comment: text })} />
    </Ask>
  );
}

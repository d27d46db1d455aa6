import { useLocation } from 'wouter';
import { api, type Shape } from '../api/client';
import { Refusal } from '../api/refusal';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Answer, Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { Page } from '../pieces/Page';
import { nameOf } from '../pieces/Person';
import { themesFor } from '../sessions/themes';
import { AlreadyFollowed } from './AlreadyFollowed';
import { residentBody, ResidentFields, writtenOf, type Written } from './ResidentFields';

/** What was written down wrong, or has changed since. What stood before stays in the thread. */
export default function Corrections({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const found = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  return (
    <Answer of={found}>
      {(one) => (
        <Page title={`Corriger : ${nameOf(one.resident)}`} tab="Corriger un dossier">
          <Correct of={one} />
        </Page>
      )}
    </Answer>
  );
}

function Correct({ of }: { of: Shape<'CaseShown'> }) {
  const words = useWords();
  const [, go] = useLocation();
  // As it stood when the form was opened: what a colleague corrects meanwhile is theirs, and is not sent back.
  const stored = { resident: writtenOf(of.resident), themes: of.themes };
  const draft = useDraft(`correction ${of.id}`, { before: stored, ...stored });
  const { before, resident: value, themes } = draft.value;
  const back = () => void draft.drop().then(() => go(`/cases/${of.id}`));
  const act = useAct('/v1/cases/{id}/corrections', 'Dossier corrigé', back, draft.key);
  const refusal = act.error instanceof Refusal ? act.error : undefined;
  const { near, others } = themesFor(words, before.themes);

  const needs = (chosen: typeof themes) => draft.change({ themes: chosen });

  function send(confirmNotDuplicate?: true): void {
    const resident = changesBetween(before.resident, value);
    const sameThemes = [...themes].sort().join() === [...before.themes].sort().join();
    act.send({
      params: { path: { id: of.id } },
      body: {
        ...(Object.keys(resident).length > 0 && { resident }),
        ...(!sameThemes && { themes }),
        ...(confirmNotDuplicate && { confirmNotDuplicate }),
      },
    });
  }

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FoundAgain found={draft.found} />
      {refusal?.code === 'possible-duplicate' ? (
        <AlreadyFollowed
          otherwise="Ce n’est pas elle : corriger"
          problem={refusal.problem}
          onOpen={() => send(true)}
          busy={act.busy}
        />
      ) : (
        act.error != null && <Failure error={act.error} />
      )}
      <ResidentFields
        value={value}
        change={(part) => draft.change({ resident: { ...value, ...part } })}
        wrong={(member) => refusal?.about(`resident/${member}`)}
      />
      <AnyOf legend="De quoi a-t-elle besoin ?" choices={near} value={themes} onChange={needs} />
      <details>
        <summary>Autres thèmes</summary>
        <AnyOf legend="Autres thèmes" choices={others} value={themes} onChange={needs} />
      </details>
      <div className="acts">
        <Button main type="submit" busy={act.busy}>
          Corriger
        </Button>
        <Button onClick={back}>Ne rien changer</Button>
      </div>
    </form>
  );
}

/** Only what changed; what was emptied is taken away. */
function changesBetween(before: Written, after: Written): Shape<'ResidentChangesBody'> {
  const [was, is] = [residentBody(before), residentBody(after)] as Record<string, unknown>[];
  const names = new Set([...Object.keys(was!), ...Object.keys(is!)]);
  return Object.fromEntries(
    [...names].filter((name) => was![name] !== is![name]).map((name) => [name, is![name] ?? null]),
  );
}

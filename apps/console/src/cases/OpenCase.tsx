import { useState } from 'preact/compat';
import { useLocation } from 'wouter';
import { today } from '../api/dates';
import { Refusal } from '../api/refusal';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { OneOf, type Choice } from '../pieces/Choices';
import type { How } from '../pieces/Informed';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { Page } from '../pieces/Page';
import { LongText } from '../pieces/Text';
import { ThemeBoxes } from '../sessions/ThemeBoxes';
import type { Theme } from '../sessions/themes';
import { AlreadyFollowed } from './AlreadyFollowed';
import { nothingWritten, residentBody, ResidentFields, type Written } from './ResidentFields';

interface Opening extends Written {
  themes: Theme[];
  summary: string;
  how?: How;
}

/** A follow-up begins: who, about what, and that the person was told. Somebody who seems to be followed already is asked about, humanely. */
export default function OpenCase() {
  const [, go] = useLocation();
  const draft = useDraft<Opening>(`case`, { ...nothingWritten, themes: [], summary: '' });
  const { value, change } = draft;
  const open = useDraftedAct(draft, '/v1/cases', 'Le dossier est ouvert', ({ id }) => go(`/cases/${id}`));
  const [untold, setUntold] = useState(false);
  const refusal = open.error instanceof Refusal ? open.error : undefined;
  const wrong = (member: string) => refusal?.about(`resident/${member}`);

  function send(confirmNotDuplicate?: true): void {
    if (value.how === undefined) return setUntold(true);
    setUntold(false);
    const { themes, summary, how, ...resident } = value;
    open.send({
      body: {
        resident: residentBody(resident),
        themes,
        informed: { on: today(), how },
        ...(summary && { summary }),
        ...(confirmNotDuplicate && { confirmNotDuplicate }),
      },
    });
  }

  return (
    <Page title="Ouvrir un dossier" tab="Ouvrir un dossier">
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
            otherwise="Ce n’est pas elle : ouvrir un dossier"
            problem={refusal.problem}
            onOpen={() => send(true)}
            busy={open.busy}
          />
        ) : (
          open.error != null && <Failure error={open.error} />
        )}
        {refusal?.status === 429 && (
          <p>
            <Button busy={open.busy} onClick={() => send(true)}>
              Ouvrir le dossier sans cette vérification
            </Button>
          </p>
        )}
        <ResidentFields value={value} change={change} wrong={wrong} />
        <ThemeBoxes
          legend="De quoi a-t-elle besoin ?"
          value={value.themes}
          onChange={(themes) => change({ themes })}
          wrong={refusal?.about('themes') && 'Choisissez au moins un thème.'}
        />
        <LongText
          label="Ce qu’elle demande, en quelques mots"
          hint="Toutes les structures qui la suivront le liront."
          value={value.summary}
          onChange={(summary) => change({ summary })}
          wrong={refusal?.about('summary')}
        />
        <Told value={value.how} onChange={(how) => change({ how })} wrong={untold} />
        <div className="acts">
          <Button main type="submit" busy={open.busy}>
            Ouvrir le dossier
          </Button>
          <Button onClick={() => void draft.drop().then(() => go('/cases'))}>Ne pas l’ouvrir</Button>
        </div>
      </form>
    </Page>
  );
}

/** Never chosen beforehand: it must be true. */
function Told({ value, onChange, wrong }: { value: How | undefined; onChange: (how: How) => void; wrong: boolean }) {
  const words = useWords();
  return (
    <OneOf
      legend="La personne sait ce qui est gardé, et qui le lit. Comment l’a-t-elle appris ?"
      hint="Dites-lui : les structures qui l’aident partagent ce suivi. Elle peut s’opposer à l’une d’elles, et demander à tout moment qui l’a lu."
      choices={words.all('informedHows') as Choice<How>[]}
      value={value}
      onChange={onChange}
      wrong={wrong ? 'Informez la personne, puis dites ici comment.' : undefined}
    />
  );
}

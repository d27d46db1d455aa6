import { useEffect, useState } from 'preact/compat';
import { Button } from '../pieces/Button';
import { Door } from './Door';
import type { Me } from './me';

/**
 * One cookie serves all windows of a browser: whoever signs in in one of them would act from the others, too. Each window says who sits there, by id, and
 * the others hear it. True for good once this window is no longer its person's.
 */
export function useTakenOver(me: Me | undefined): boolean {
  const here = me && `${me.user.id} ${me.structure.id}`;
  const [own, setOwn] = useState(here);
  const [heard, setHeard] = useState<string>();
  // Between two people stands the door; without it somebody else has come in elsewhere.
  if (here === undefined ? own !== undefined : own === undefined) {
    setOwn(here);
    setHeard(undefined);
  }
  useEffect(() => {
    if (here === undefined) return;
    const windows = new BroadcastChannel('who-is-here');
    windows.onmessage = ({ data }: MessageEvent<string>) => setHeard(data);
    windows.postMessage(here);
    return () => windows.close();
  }, [here]);
  return own !== undefined && (here !== own || (heard !== undefined && heard !== own));
}

export const TakenOver = () => (
  <Door title="Quelqu’un d’autre s’est connecté">
    <p className="notice" role="alert">
      Dans une autre fenêtre de ce navigateur, quelqu’un d’autre, ou une autre structure, est maintenant connecté. Ici,
      plus rien ne se fait : ce serait en son nom. Ce que vous écriviez dans un formulaire est gardé sur cet appareil ;
      vous le retrouverez en vous connectant de nouveau.
    </p>
    <p>
      <Button main onClick={() => location.reload()}>
        Continuer avec la personne connectée
      </Button>
    </p>
  </Door>
);

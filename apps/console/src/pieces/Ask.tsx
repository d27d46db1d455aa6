import type { ReactNode } from 'preact/compat';
import { Failure } from './Answer';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface Props {
  /** A question, or what is about to be done. */
  title: string;
  /** What the button does. */
  verb: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSend: () => void;
  children?: ReactNode;
}

/** An act that needs a word first: the question, its answer, the verb that does it, and the way out. */
export function Ask({ title, verb, busy, error, onClose, onSend, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSend();
        }}
      >
        {error != null && <Failure error={error} />}
        {children}
        <div className="acts">
          <Button main type="submit" busy={busy}>
            {verb}
          </Button>
          <Button onClick={onClose}>Revenir sans rien faire</Button>
        </div>
      </form>
    </Dialog>
  );
}

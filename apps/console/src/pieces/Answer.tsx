import { useContext, type ReactNode } from 'preact/compat';
import { Refusal, sentenceOf } from '../api/refusal';
import { Button } from './Button';
import { InPage, Page } from './Page';

interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What was asked for, once it is there; until then that it comes, or why it does not. */
export function Answer<Data>({ of, children }: { of: Asked<Data>; children: (data: Data) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error == null)
    return (
      <p className="soft" role="status">
        Un instant…
      </p>
    );
  const failure = <Failure error={of.error} again={() => void of.refetch()} />;
  return <Whole>{failure}</Whole>;
}

/** What is all there is to see has a title of its own. */
function Whole({ children }: { children: ReactNode }) {
  if (useContext(InPage)) return children;
  return (
    <Page title="Cette page ne peut pas être montrée" tab="Page indisponible">
      {children}
    </Page>
  );
}

/** Why something did not come. What is not there, or not for this person, cannot be had by asking again. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const final = error instanceof Refusal && error.status < 500 && error.status !== 429;
  return (
    <div className="notice" role="alert">
      <p>{sentenceOf(error)}</p>
      {again && !final && (
        <p>
          <Button dense onClick={again}>
            Réessayer
          </Button>
        </p>
      )}
    </div>
  );
}

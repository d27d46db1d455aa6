import { useCommand, type PostPath } from '../api/client';
import { useActKey } from './draft';
import { useToasts } from './toasts';

type Command<P extends PostPath> = ReturnType<typeof useCommand<P>>;
type Sent<P extends PostPath> = Parameters<Command<P>['mutateAsync']>[0];
type Answer<P extends PostPath> = NonNullable<Command<P>['data']>;

/**
 * One act of one form: done once however often its button is pressed or its answer is lost, said when it is done, and its refusal kept to be shown.
 * @param said when it is done, for instance `Note enregistrée`
 * @param after what then happens on the page; it is given the answer
 */
export function useAct<P extends PostPath>(path: P, said: string, after?: (answer: Answer<P>) => void) {
  const key = useActKey();
  const { done } = useToasts();
  const command = useCommand(path);
  const mutate = command.mutateAsync as (sent: Sent<P>) => Promise<Answer<P>>;
  return {
    busy: command.isPending,
    error: command.error as unknown,
    send: (what: Sent<P>): void => {
      if (command.isPending) return;
      mutate({ ...what, headers: { 'Idempotency-Key': key } } as Sent<P>).then(
        (answer) => {
          done(said);
          after?.(answer);
        },
        // Shown beside the form, from `error`.
        () => undefined,
      );
    },
  };
}

import { useState, type ReactNode } from 'preact/compat';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { Ask } from './Ask';
import { useDraft } from './draft';
import { FoundAgain } from './FoundAgain';
import { OneOf, type Choice } from './Choices';
import { LongText } from './Text';

export interface Said<Code extends string> {
  readonly code?: Code;
  readonly comment: string;
}

/**
 * A reason from a list and more words beside it. `tried` once somebody wanted to send without one.
 * @param what is done to which thing: what is written is kept under it until it is recorded
 */
export function useWhy<Code extends string>(what: string) {
  const { value: said, change: setSaid, found, drop, key } = useDraft<Said<Code>>(what, { comment: '' });
  const [tried, setTried] = useState(false);
  return {
    said,
    setSaid,
    found,
    drop,
    key,
    tried,
    /** What is sent, once there is a reason; until then it is asked for. */
    ready: (): { code: Code; comment?: string } | undefined => {
      setTried(true);
      const { code, comment } = said;
      return code === undefined ? undefined : { code, ...(comment.trim() && { comment }) };
    },
  };
}

interface Props<Code extends string> {
  legend: string;
  vocabulary: string;
  why: ReturnType<typeof useWhy<Code>>;
  /** Who reads what is written beside it. */
  readers: string;
  error: unknown;
}

export function Why<Code extends string>({ legend, vocabulary, why, readers, error }: Props<Code>) {
  const words = useWords();
  const { said, setSaid, tried, found } = why;
  const refused = about(error, 'comment');
  return (
    <>
      <FoundAgain found={found} />
      <OneOf
        legend={legend}
        choices={words.all(vocabulary) as Choice<Code>[]}
        value={said.code}
        onChange={(code) => setSaid({ code })}
        wrong={tried && said.code === undefined ? 'Choisissez une réponse.' : undefined}
      />
      <LongText
        label={said.code === 'other' ? 'Dites pourquoi' : 'Un mot de plus, si vous voulez'}
        hint={readers}
        value={said.comment}
        onChange={(comment) => setSaid({ comment })}
        wrong={refused}
      />
    </>
  );
}

interface AskWhyProps<Code extends string> {
  why: ReturnType<typeof useWhy<Code>>;
  title: string;
  verb: string;
  /** Of the boxes. */
  legend?: string;
  vocabulary: string;
  readers: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  /** Called with a reason, never without one. */
  onSend: (code: Code, comment: { comment?: string }) => void;
  /** What is said before the reason, or asked: then it is told whether somebody wanted to send. */
  above?: ReactNode | ((tried: boolean) => ReactNode);
  /** What is asked after it. */
  children?: ReactNode;
}

/** An act that only needs to be told why. */
export function AskWhy<Code extends string>({
  why,
  legend = 'Pourquoi ?',
  vocabulary,
  readers,
  onSend,
  above,
  children,
  ...ask
}: AskWhyProps<Code>) {
  const send = () => {
    const said = why.ready();
    if (!said) return;
    const { code, ...comment } = said;
    onSend(code, comment);
  };
  return (
    <Ask {...ask} onSend={send}>
      {typeof above === 'function' ? above(why.tried) : above}
      <Why legend={legend} vocabulary={vocabulary} why={why} readers={readers} error={ask.error} />
      {children}
    </Ask>
  );
}

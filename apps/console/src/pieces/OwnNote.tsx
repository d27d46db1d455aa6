import { useMe } from '../sign-in/me';
import { LongText } from './Text';

interface Props {
  value: string;
  onChange: (text: string) => void;
  wrong?: string;
}

/** What no other structure reads. */
export function OwnNote(props: Props) {
  const { structure } = useMe();
  return (
    <LongText
      {...props}
      label="Note de votre structure"
      hint={`Seule votre structure la lit : ${structure.name}.`}
      maxLength={4000}
    />
  );
}

/** Folded: whoever looks over the shoulder does not read it by chance. */
export const OwnNoteShown = ({ text }: { text: string }) => (
  <details>
    <summary>Montrer la note</summary>
    <p className="said">{text}</p>
  </details>
);

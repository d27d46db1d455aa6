import { Button } from '../pieces/Button';

interface Props {
  codes: readonly string[];
  onKept: () => void;
}

/** Shown once: who loses the telephone comes in with one of them. */
export function RecoveryCodes({ codes, onKept }: Props) {
  return (
    <div className="stack" role="status">
      <p>
        <strong>Notez ces dix codes de secours</strong>, ou imprimez-les, et gardez-les loin de votre téléphone. Chacun
        vous laisse entrer une fois sans lui. Ils ne seront plus montrés.
      </p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="acts">
        <Button main onClick={onKept}>
          Je les ai notés
        </Button>
        <Button onClick={() => window.print()}>Imprimer</Button>
      </div>
    </div>
  );
}

import { Button } from '../pieces/Button';
import { SetUpSecondFactor } from '../account/SetUpSecondFactor';
import { Door } from './Door';
import { useSignOut } from './sign-out';

interface Props {
  onCodes: () => void;
  onDone: () => void;
}

/** Somebody whose role asks for a second step and who has none: nothing else is answered before. */
export default function SecondFactorDoor(props: Props) {
  const signOut = useSignOut();
  return (
    <Door title="Une deuxième étape est demandée">
      <p>Votre rôle donne à voir beaucoup : il demande une deuxième étape à la connexion.</p>
      <SetUpSecondFactor {...props} />
      <p>
        <Button quiet dense onClick={() => void signOut()}>
          Se déconnecter
        </Button>
      </p>
    </Door>
  );
}

import { Link } from 'wouter';
import { useCommand } from '../api/client';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { Door } from './Door';

/** Where the link to a new address arrives. A button, not the opening itself: mail programs open links to look at them. */
export default function ConfirmEmail({ token }: { token: string }) {
  const confirm = useCommand('/v1/auth/email-changes/accept');
  return (
    <Door title="Confirmer votre adresse">
      {confirm.isSuccess ? (
        <p role="status">L’adresse est confirmée. Elle sert désormais à vous connecter.</p>
      ) : (
        <>
          {confirm.error != null && <Failure error={confirm.error} />}
          <Button main busy={confirm.isPending} onClick={() => confirm.mutate({ body: { token } })}>
            Confirmer cette adresse
          </Button>
        </>
      )}
      <p>
        <Link href="/">Se connecter</Link>
      </p>
    </Door>
  );
}

import { useState } from 'preact/compat';
import { Button } from '../pieces/Button';
import { Page } from '../pieces/Page';
import { may, useMe } from '../sign-in/me';
import { Absences } from './Absences';
import { Accounts } from './Accounts';
import { Colleagues } from './Colleagues';
import { Invite } from './Invite';

/** Who works where: one's own structure, or, for the roles of the network, every account. */
export default function Team() {
  const me = useMe();
  const [inviting, setInviting] = useState(false);
  const manages = may(me, 'people.manage');
  return (
    <Page
      title="Équipe"
      tab="Équipe"
      aside={
        manages && (
          <Button main onClick={() => setInviting(true)}>
            Inviter quelqu’un
          </Button>
        )
      }
    >
      <div className="stack">
        {may(me, 'structure.absence') && <Absences />}
        {manages ? <Accounts /> : <Colleagues />}
      </div>
      {inviting && <Invite onClose={() => setInviting(false)} />}
    </Page>
  );
}

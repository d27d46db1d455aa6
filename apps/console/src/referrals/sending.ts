import { useCommand, type Shape } from '../api/client';
import type { Partner } from '../network/ChoosePartner';
import { useAct } from '../pieces/act';
import type { How } from '../pieces/Informed';
import type { Theme } from '../sessions/themes';
import { useMe } from '../sign-in/me';

type Body = Shape<'CreateReferralBody'>;
type Referral = Shape<'ReferralResponse'>;
type Case = Shape<'CaseShown'>;

export interface Written {
  needs: Theme[];
  message: string;
  contact: Body['contact'];
  urgent: boolean;
  onward: boolean;
  to: Partner[];
  how?: How;
  on: string;
}

/** How a referral leaves this desk: a new one at once, one that was kept as a draft after its changes. */
export function useSending(
  of: Case,
  kept: Referral | undefined,
  previous: Referral | undefined,
  after: (answer: { id?: string }) => void,
  keptKey: string,
) {
  const me = useMe();
  // Several at once have no page of their own.
  const done = (answer: object) => after('id' in answer && typeof answer.id === 'string' ? { id: answer.id } : {});
  const draft = useAct('/v1/cases/{id}/referrals', 'Brouillon gardé', done);
  const fresh = useAct('/v1/cases/{id}/referrals', 'Orientation envoyée', done, keptKey);
  const change = useAct('/v1/referrals/{id}/edit', 'Brouillon gardé', done);
  const edit = useCommand('/v1/referrals/{id}/edit');
  const leave = useAct('/v1/referrals/{id}/send', 'Orientation envoyée', done);
  const path = { path: { id: kept?.id ?? of.id } };
  const parent = parentOf(of, me.structure.id);
  const bodyOf = (value: Written, send: boolean): Body => ({
    ...saidIn(value),
    ...(value.message.trim() && { message: value.message }),
    ...(value.to.length === 1 && { toStructureId: value.to[0]!.id }),
    ...(value.to.length > 1 && { toStructureIds: value.to.map(({ id }) => id) }),
    ...(value.how && { informed: { on: value.on, how: value.how } }),
    ...(parent && { parentReferralId: parent }),
    ...(previous && { previousReferralId: previous.id }),
    send,
  });
  const editedBy = (value: Written): Shape<'EditReferralBody'> => ({
    ...saidIn(value),
    message: value.message.trim() ? value.message : null,
    toStructureId: value.to[0]?.id ?? null,
    ...(value.how && { informed: { on: value.on, how: value.how } }),
  });
  return {
    busy: [draft, fresh, change, leave].some((act) => act.busy) || edit.isPending,
    error: draft.error ?? fresh.error ?? change.error ?? edit.error ?? leave.error,
    keep: (value: Written) =>
      kept
        ? change.send({ params: path, body: editedBy(value) })
        : draft.send({ params: path, body: bodyOf(value, false) }),
    send: (value: Written) => {
      if (!kept) return fresh.send({ params: path, body: bodyOf(value, true) });
      // What it says is changed first; the same change twice is one.
      edit.mutate({ params: path, body: editedBy(value) }, { onSuccess: () => leave.send({ params: path, body: {} }) });
    },
  };
}

const saidIn = ({ needs, contact, urgent, onward }: Written) => ({
  needs,
  contact,
  urgency: urgent ? ('urgent' as const) : ('normal' as const),
  onwardAllowed: onward,
});

/** Whoever does not lead continues the referral that it received itself. */
const parentOf = ({ participation, referrals }: Case, own: string): string | undefined =>
  participation === 'contributor'
    ? referrals.find(
        ({ toStructure, status }) => toStructure?.id === own && ['accepted', 'in_progress', 'on_hold'].includes(status),
      )?.id
    : undefined;

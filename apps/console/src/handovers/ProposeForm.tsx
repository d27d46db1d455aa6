import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { dayIn, today } from '../api/dates';
import { about } from '../api/refusal';
import type { Partner } from '../network/ChoosePartner';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { OneOf } from '../pieces/Choices';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';
import { LongText, Text } from '../pieces/Text';
import { Directory } from '../referrals/Directory';
import { useMe } from '../sign-in/me';
import { ChooseColleague } from '../team/ChooseColleague';
import { HandoverSlip } from './HandoverSlip';
import { successorStanding } from './successor';

interface Written {
  whom: 'structure' | 'colleague';
  to: Partner[];
  colleague: string;
  note: string;
  from: string;
}

interface Props {
  of: Shape<'CaseShown'>;
  onDone: (answer: { id?: string }) => void;
}

/** To a structure, which answers, or to a colleague, at once; what the other side reads before it answers stands below. */
export function ProposeForm({ of, onDone }: Props) {
  const me = useMe();
  const draft = useDraft<Written>(`handover ${of.id}`, {
    whom: 'structure',
    to: [],
    colleague: '',
    note: '',
    from: '',
  });
  const { value, change } = draft;
  const [tried, setTried] = useState(false);
  const after = (answer: { id?: string }) => void draft.drop().then(() => onDone(answer));
  const propose = useAct('/v1/cases/{id}/handovers', 'Passation proposée', after, draft.key);
  const assign = useAct('/v1/cases/{id}/assignments', 'Le suivi est confié', () => after({}));
  const names = me.role === 'manager';
  // A counsellor names nobody else, and may take over what a colleague has followed.
  const takes = !names && of.lead?.counsellor?.id !== me.user.id;
  const inside = value.whom === 'colleague';
  const colleague = names ? value.colleague : me.user.id;
  const { busy, error } = inside ? assign : propose;
  const refused = (member: string) => about(error, member);
  const to = value.to[0];
  const send = (event: Event) => {
    event.preventDefault();
    setTried(true);
    const params = { path: { id: of.id } };
    if (inside) {
      if (colleague) assign.send({ params, body: { counsellorId: colleague } });
    } else if (to && value.note.trim())
      propose.send({
        params,
        body: { kind: 'push', toStructureId: to.id, note: value.note, ...(value.from && { effectiveAt: value.from }) },
      });
  };
  return (
    <form className="stack" noValidate onSubmit={send}>
      <FoundAgain found={draft.found} />
      <div className={inside ? 'stack' : 'columns halves'}>
        <div className="sheet form">
          <OneOf
            legend="À qui ?"
            {...(!names && { hint: 'À un collègue de votre structure : votre responsable peut le désigner.' })}
            choices={[
              { code: 'structure', label: 'À une autre structure', hint: 'elle répond' },
              ...(names ? [{ code: 'colleague' as const, label: 'À un collègue', hint: 'tout de suite' }] : []),
              ...(takes ? [{ code: 'colleague' as const, label: 'À vous', hint: 'tout de suite' }] : []),
            ]}
            value={value.whom}
            onChange={(whom) => change({ whom })}
          />
          {inside && names ? (
            <ChooseColleague
              label="Qui mènera le suivi ?"
              before={[{ code: '', label: 'Choisir quelqu’un' }]}
              value={value.colleague}
              onChange={(colleague) => change({ colleague })}
              wrong={(tried && !value.colleague ? 'Choisissez quelqu’un.' : undefined) ?? refused('counsellorId')}
            />
          ) : (
            !inside && (
              <>
                <LongText
                  label="Où en est la personne"
                  hint="Ce qui est acquis, ce qui reste à faire, ce qu’il faut savoir."
                  value={value.note}
                  onChange={(note) => change({ note })}
                  wrong={
                    (tried && !value.note.trim() ? 'Écrivez en quelques mots où elle en est.' : undefined) ??
                    refused('note')
                  }
                />
                <Text
                  label="À partir du"
                  hint="Laissez vide : dès que l’autre structure accepte. Au plus dans 90 jours."
                  type="date"
                  min={today()}
                  max={dayIn(90)}
                  value={value.from}
                  onChange={(from) => change({ from })}
                  wrong={refused('effectiveAt')}
                />
              </>
            )
          )}
        </div>
        {!inside && (
          <Directory
            of={of}
            single
            chosen={value.to}
            onChange={(chosen) => change({ to: chosen })}
            standing={successorStanding}
            wrong={(tried && !to ? 'Choisissez une structure.' : undefined) ?? refused('toStructureId')}
          />
        )}
      </div>
      {inside ? (
        <div className="stack-tight">
          {error != null && <Failure error={error} />}
          <div className="acts">
            <Button main type="submit" busy={busy}>
              {names ? 'Confier le suivi' : 'Prendre ce suivi'}
            </Button>
            <p className="soft small">
              Votre structure continue à mener le suivi. Qui le prend, et qui le suivait, l’apprennent aussitôt.
            </p>
          </div>
        </div>
      ) : (
        <HandoverSlip of={of} note={value.note} title={`Ce que ${to?.name ?? 'la structure'} lira avant de répondre`}>
          {error != null && <Failure error={error} />}
          {tried && (!to || !value.note.trim()) && (
            <p className="notice" role="alert">
              {[!to && 'Choisissez une structure.', !value.note.trim() && 'Écrivez en quelques mots où elle en est.']
                .filter(Boolean)
                .join(' ')}
            </p>
          )}
          <div className="acts">
            <Button main type="submit" busy={busy}>
              Proposer
            </Button>
            <p className="soft small">
              Vous menez le suivi jusqu’à ce qu’elle accepte. Sans réponse en 10 jours ouvrés, rien ne change.
            </p>
          </div>
        </HandoverSlip>
      )}
    </form>
  );
}

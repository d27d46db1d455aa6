import { useState } from 'preact/compat';
import { api, pages, type Shape } from '../api/client';
import { dayOf, fullDay, shortDay } from '../api/dates';
import { about } from '../api/refusal';
import { useWords } from '../api/words';
import { useDraftedAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { OneOf } from '../pieces/Choices';
import { Structure } from '../pieces/Mark';
import { Page } from '../pieces/Page';
import { PagedRows } from '../pieces/PagedRows';
import { LongText } from '../pieces/Text';
import { useDraft } from '../pieces/draft';
import { FoundAgain } from '../pieces/FoundAgain';

type Case = Shape<'CaseSummary'>;
type Pair = Shape<'ResemblanceResponse'> & { id: string };

/** Records that may be one resident's: how they are alike, never the name. */
export default function Duplicates() {
  const list = api.useInfiniteQuery('get', '/v1/cases/duplicates', { params: { query: { limit: 20 } } }, pages);
  const rows = {
    ...list,
    data: list.data && {
      pages: list.data.pages.map(({ items }) => ({
        items: items.map((one) => ({ ...one, id: one.cases.map(({ id }) => id).join(' ') })),
      })),
    },
  };
  return (
    <Page title="Doublons" tab="Doublons">
      <div className="stack">
        <p className="soft">
          Deux dossiers qui se ressemblent. Vous voyez par quoi, jamais le nom : appelez les deux structures avant de
          réunir.
        </p>
        <PagedRows
          of={rows}
          label="Dossiers qui se ressemblent"
          empty={<p>Aucun dossier n’en rappelle un autre. Ceux qui se ressemblent viennent ici d’eux-mêmes.</p>}
        >
          {(pair) => <PairRow pair={pair} />}
        </PagedRows>
      </div>
    </Page>
  );
}

/** `Même nom, même téléphone` */
const listed = ([first, ...others]: readonly string[]): string =>
  [first, ...others.map((one) => one.charAt(0).toLowerCase() + one.slice(1))].join(', ');

function PairRow({ pair }: { pair: Pair }) {
  const words = useWords();
  const [merging, setMerging] = useState(false);
  return (
    <>
      <div className="stack">
        <p>
          <strong>{listed(pair.alike.map((one) => words.say('resemblances', one)))}</strong>
        </p>
        <div className="columns halves">
          {pair.cases.map((one) => (
            <CaseOfPair one={one} key={one.id} />
          ))}
        </div>
      </div>
      <Button onClick={() => setMerging(true)}>Réunir…</Button>
      {merging && <Merge pair={pair} onClose={() => setMerging(false)} />}
    </>
  );
}

const CaseOfPair = ({ one }: { one: Case }) => {
  const words = useWords();
  return (
    <div>
      <p>
        {one.lead ? <Structure of={one.lead.structure} /> : 'Sans structure'}{' '}
        {one.status !== 'open' && <span className="tag">{words.say('shownCaseStatuses', one.status)}</span>}
      </p>
      <p className="small soft">
        {one.lead?.counsellor && `${one.lead.counsellor.name}, `}ouvert le {fullDay(dayOf(one.openedAt))}, dernière
        nouvelle le {shortDay(dayOf(one.lastActivityAt))}
      </p>
    </div>
  );
};

function Merge({ pair, onClose }: { pair: Pair; onClose: () => void }) {
  const draft = useDraft(`merge ${pair.id}`, { into: undefined as string | undefined, reason: '' });
  const { into, reason } = draft.value;
  const [asked, setAsked] = useState(false);
  const act = useDraftedAct(draft, '/v1/cases/{id}/merge', 'Les deux dossiers sont réunis', onClose);
  const wrong = (member: string) => about(act.error, member);
  const ends = pair.cases.find(({ id }) => id !== into);
  return (
    <Ask
      {...act}
      title="Réunir ces deux dossiers ?"
      verb="Réunir les deux dossiers"
      onClose={onClose}
      onSend={() => {
        setAsked(true);
        if (into && ends) act.send({ params: { path: { id: ends.id } }, body: { intoCaseId: into, reason } });
      }}
    >
      <FoundAgain found={draft.found} />
      <p>
        Les deux histoires se liront ensemble. La structure de l’autre dossier continue d’aider. Cela ne se défait pas.
      </p>
      <OneOf
        legend="Lequel continue ?"
        choices={pair.cases.map(({ id, lead, openedAt }) => ({
          code: id,
          label: lead?.structure.name ?? 'Sans structure',
          hint: `ouvert le ${fullDay(dayOf(openedAt))}`,
        }))}
        value={into}
        onChange={(id) => draft.change({ into: id })}
        wrong={asked && !into ? 'Choisissez le dossier qui continue.' : wrong('intoCaseId')}
      />
      <LongText
        label="Comment savez-vous que c’est la même personne ?"
        maxLength={4000}
        value={reason}
        onChange={(text) => draft.change({ reason: text })}
        wrong={wrong('reason')}
      />
    </Ask>
  );
}

import { useState } from 'preact/compat';
import { Link, useLocation } from 'wouter';
import { api, pages, type Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Ask } from '../pieces/Ask';
import { Button } from '../pieces/Button';
import { PagedRows } from '../pieces/PagedRows';

type Slip = Shape<'SlipSummary'>;

/** The register: the slips under which records are erased, and were. */
export function Slips() {
  const [asking, ask] = useState(false);
  const list = api.useInfiniteQuery('get', '/v1/eliminations', { params: { query: { limit: 10 } } }, pages);
  return (
    <section className="stack" aria-label="Bordereaux d’élimination">
      <h2>Bordereaux d’élimination</h2>
      <p className="soft">
        Un dossier arrivé à son terme n’est effacé que sous un bordereau signé. Un bordereau fige la liste des dossiers
        annoncés depuis trente jours ; il s’imprime pour les archives, puis se signe avec la référence de leur visa.
      </p>
      <p className="acts">
        <Button onClick={() => ask(true)}>Établir un bordereau…</Button>
      </p>
      {asking && <DrawUp onClose={() => ask(false)} />}
      <PagedRows of={list} label="Bordereaux" empty={<p>Aucun bordereau n’a encore été établi.</p>}>
        {(one) => <Row of={one} />}
      </PagedRows>
    </section>
  );
}

function DrawUp({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const act = useAct('/v1/eliminations', 'Bordereau établi', ({ id }) => go(`/retention/slips/${id}`));
  return (
    <Ask
      {...act}
      title="Établir un bordereau"
      verb="Établir le bordereau"
      onClose={onClose}
      onSend={() => act.send({})}
    >
      <p>
        La liste des dossiers dont le délai est écoulé est arrêtée maintenant, 200 au plus. Rien n’est effacé tant que
        le bordereau n’est pas signé.
      </p>
    </Ask>
  );
}

function Row({ of }: { of: Slip }) {
  const words = useWords();
  return (
    <div>
      <p>
        <Link href={`/retention/slips/${of.id}`}>
          Bordereau n° {of.number}, {of.total} {of.total === 1 ? 'dossier' : 'dossiers'}
        </Link>{' '}
        <span className={of.state === 'drawn_up' ? 'tag heed' : 'tag'}>{words.say('slipStates', of.state)}</span>
      </p>
      <p className="small soft">
        établi le {fullDay(of.drawnUpAt)}
        {of.signedAt && `, signé le ${fullDay(of.signedAt)} : ${of.erased} effacés, ${of.leftOut} laissés de côté`}
      </p>
    </div>
  );
}

import type { ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { fullDay } from '../api/dates';
import { Structure } from '../pieces/Mark';

type Now = Shape<'ContinuityNow'>;
type Counts = Shape<'OpenCounts'>;

const columns: readonly (readonly [Exclude<keyof Counts, 'oldest'>, string])[] = [
  ['open', 'Orientations sans fin'],
  ['waiting', 'Sans réponse'],
  ['late', 'En retard'],
  ['unstarted', 'Acceptées, pas commencées'],
  ['handovers', 'Passations sans réponse'],
];

/** What is open now, and whom it waits for. */
export function Open({ of: { withoutLead, total, byStructure, more, definition } }: { of: Now }) {
  return (
    <section className="sheet stack" aria-labelledby="ouvert">
      <h2 id="ouvert">Ce qui attend, et qui</h2>
      {withoutLead !== undefined && (
        <p className={withoutLead > 0 ? 'notice' : undefined}>
          Suivis sans référent : <strong>{withoutLead}</strong>
          {withoutLead > 0 ? '. Il ne doit pas y en avoir : prévenez qui administre.' : ', comme il se doit.'}
        </p>
      )}
      <p className="small soft">
        {definition}
        {more && ' Il y en a davantage que ce qui est compté ici.'}
      </p>
      {byStructure.length === 0 ? (
        <p>Rien n’attend : aucune orientation n’est ouverte, aucune passation n’attend de réponse.</p>
      ) : (
        <div className="scrolled" tabIndex={0} role="group" aria-labelledby="ouvert">
          <table>
            <thead>
              <tr>
                <th scope="col">Qui doit agir</th>
                {columns.map(([, name]) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
                <th scope="col">La plus ancienne</th>
              </tr>
            </thead>
            <tbody>
              {byStructure.map(({ structure, ...counts }) => (
                <Row key={structure.id} of={counts}>
                  <Structure of={structure} />
                </Row>
              ))}
              <Row of={total}>En tout</Row>
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const Row = ({ of, children }: { of: Counts; children: ReactNode }) => (
  <tr>
    <th scope="row">{children}</th>
    {columns.map(([name]) => (
      <td key={name}>{of[name]}</td>
    ))}
    <td>{of.oldest ? fullDay(of.oldest) : ''}</td>
  </tr>
);

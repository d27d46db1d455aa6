import { useState } from 'preact/compat';
import type { Shape } from '../api/client';
import { useWords } from '../api/words';
import { useAct } from '../pieces/act';
import { Failure } from '../pieces/Answer';
import { Button } from '../pieces/Button';
import { AnyOf, OneOf } from '../pieces/Choices';
import { useActivityFilters } from '../sessions/ActivityFilters';
import { useMe } from '../sign-in/me';

type Body = Shape<'ExportBody'>;
type Column = Body['columns'][number];

/** What most people count: no name in it, which is there when it is chosen. */
const usual: readonly Column[] = ['date', 'minutes', 'themes', 'place', 'place_name', 'commune_name', 'counsellor'];

/** What a line is, in which columns, for which program; which activities stands in the address. */
export function AskExport() {
  const me = useMe();
  const words = useWords();
  const { of, query } = useActivityFilters();
  const [row, setRow] = useState<Body['row']>('session');
  const [format, setFormat] = useState<Body['format']>('xlsx');
  const [columns, setColumns] = useState<readonly Column[]>(usual);
  const asking = useAct('/v1/exports', 'Export demandé');
  const tag = of('tag');
  const { limit: _limit, counsellor, ...chosen } = query;
  const known = words.all('exportColumns') as readonly { code: Column; label: string }[];
  return (
    <form
      className="sheet stack"
      aria-label="Préparer un export"
      onSubmit={(event) => {
        event.preventDefault();
        const inOrder = known.map(({ code }) => code).filter((code) => columns.includes(code));
        asking.send({
          body: {
            ...{ row, format, columns: inOrder, ...chosen },
            ...(tag && { tag }),
            ...(me.role === 'manager' && counsellor && { counsellor }),
          },
        });
      }}
    >
      <OneOf
        legend="Une ligne du fichier"
        value={row}
        onChange={setRow}
        choices={words.all('exportRows') as { code: Body['row']; label: string }[]}
      />
      <AnyOf legend="Colonnes" value={columns} onChange={setColumns} choices={known} />
      <OneOf
        legend="Fichier"
        value={format}
        onChange={setFormat}
        choices={words.all('exportFormats') as { code: Body['format']; label: string }[]}
      />
      {asking.error !== null && <Failure error={asking.error} />}
      <p className="hint">Restez connecté jusqu’à ce qu’il soit prêt : il se prépare avec ce que vous pouvez lire.</p>
      <div className="acts">
        <Button main type="submit" busy={asking.busy} disabled={columns.length === 0}>
          Préparer l’export
        </Button>
      </div>
    </form>
  );
}

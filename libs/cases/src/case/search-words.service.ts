import { Injectable } from '@nestjs/common';
import { searchTokens, type PieceKind, type Uuid } from '@fil-rouge/kernel';
import { Chore, Database, openPiece, Sealing } from '@fil-rouge/platform';
import { residentOf } from './resident';

/** Records made up for per tick of a worker: some 50 ms of work, so that reminders are not late. */
const perTick = 50;

interface Due {
  caseId: Uuid;
  /** Null: erased. */
  key: string | null;
  sheets: { structureId: Uuid; pieces: { event: Uuid; kind: PieceKind; ciphertext: string }[] }[];
}

/**
 * Adds the words by which a resident is found today and was not when the record was last written: after an upgrade by itself, and while the version before still
 * writes. Only ever adds what the projection would; what does not open stays as it is found.
 */
@Injectable()
export class SearchWords extends Chore {
  constructor(
    private readonly database: Database,
    private readonly sealing: Sealing,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const [answer] = await transaction.query<{ due: Due[] }>('select search_words_due($1) as due', [perTick]);
      const due = answer?.due ?? [];
      if (due.length === 0) return;
      const words = due.flatMap((one) =>
        one.sheets.flatMap(({ structureId, pieces }) =>
          this.wordsOf(one, pieces).map((token) => ({ structure: structureId, token, record: one.caseId })),
        ),
      );
      await transaction.query('select add_search_words($1, $2)', [
        JSON.stringify(words),
        due.map(({ caseId }) => caseId),
      ]);
    });
  }

  private wordsOf({ caseId, key }: Due, pieces: Due['sheets'][number]['pieces']): string[] {
    if (key === null) return [];
    try {
      const resident = residentOf((kind) => {
        const piece = pieces.find((one) => one.kind === kind);
        return piece && openPiece(this.sealing, key, caseId, piece.event, kind, piece.ciphertext);
      });
      return resident ? searchTokens(resident).map((word) => this.sealing.token('search', word)) : [];
    } catch {
      // Damaged: the sealing has said so. It is found as it was.
      return [];
    }
  }
}

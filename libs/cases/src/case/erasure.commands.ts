import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { Reads, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { CaseRecord } from './case';
import { eraseWhole, WholeMoved, type Erasing } from './erasure.decider';

export class EraseCase extends Command<Outcome<{ caseId: Uuid }>> {
  constructor(
    readonly caller: Caller,
    readonly caseId: Uuid,
    readonly input: Erasing,
  ) {
    super();
  }
}

interface Whole {
  readonly present: Uuid;
  /** The present one first. */
  readonly records: Uuid[];
}

const attempts = 5;

/** Under whichever of its ids the resident's record is named: all of it, and the answer is about the one that goes on. */
@CommandHandler(EraseCase)
export class EraseCaseHandler implements ICommandHandler<EraseCase> {
  constructor(
    private readonly records: Records,
    private readonly reads: Reads,
  ) {}

  async execute({ caller, caseId, input }: EraseCase): Promise<Outcome<{ caseId: Uuid }>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.erase(caller, await this.wholeOf(caller, caseId), input);
      } catch (error) {
        // A merge came in between: what belongs to the record is another answer now.
        if (!(error instanceof WholeMoved) || attempt === attempts) throw error;
      }
    }
  }

  private async wholeOf(caller: Caller, caseId: Uuid): Promise<Whole> {
    const [whole] = await this.reads.rows<Whole>(
      caller,
      `select p.id as present, records_of(p.id) as records
       from case_file f, lateral (select present_record(f.id) as id) p where f.id = ($1->>'caseId')::uuid`,
      { caseId },
    );
    if (!whole) throw notFound();
    return whole;
  }

  private erase(caller: Caller, { present, records }: Whole, input: Erasing): Promise<Outcome<{ caseId: Uuid }>> {
    return this.records.decide<CaseRecord, { caseId: Uuid }>({
      caller,
      on: records.map((id) => ({ kind: 'case', id })),
      decide: (whole) => eraseWhole(whole, input),
      result: () => ({ caseId: present }),
    });
  }
}

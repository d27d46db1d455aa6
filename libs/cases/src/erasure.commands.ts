import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import { Reads, Records, type Caller, type Outcome } from '@fil-rouge/platform';
import type { CaseRecord } from './case';
import { eraseWhole, type Erasing } from './erasure.decider';

export class EraseCase extends Command<Outcome<{ caseId: Uuid }>> {
  constructor(readonly caller: Caller, readonly caseId: Uuid, readonly input: Erasing) {
    super();
  }
}

@CommandHandler(EraseCase)
export class EraseCaseHandler implements ICommandHandler<EraseCase> {
  constructor(
    private readonly records: Records,
    private readonly reads: Reads,
  ) {}

  async execute({ caller, caseId, input }: EraseCase): Promise<Outcome<{ caseId: Uuid }>> {
    const [whole] = await this.reads.rows<{ records: Uuid[] }>(caller, `select records_of(id) as records from case_file where id = ($1->>'caseId')::uuid`, { caseId });
    if (!whole) throw notFound();
    return this.records.decide<CaseRecord, { caseId: Uuid }>({
      caller,
      on: whole.records.map((id) => ({ kind: 'case', id })),
      decide: (records) => eraseWhole(records, input),
      result: () => ({ caseId }),
    });
  }
}

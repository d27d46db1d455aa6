/** « Somebody who resembles this resident is followed already »: asked by every command that says who a record is about. */
import { Injectable } from '@nestjs/common';
import { claimsOf, ownNames, Problem, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { Clock, Reads, Sealing, type Caller, type Claims, type Outcome } from '@fil-rouge/platform';
import { DuplicateHints, type Probe } from './duplicate-hints.service';
import { residentTold, type Resident, type ResidentChanges } from './resident';

/** How long a match token can be used to ask the unknown lead. */
const matchMinutes = 15;

/** Whether a correction says anything by which residents are recognised; what it takes away may leave a name that others have. */
export const tellsWho = ({ firstName, lastName, birthName, birthYear, phone, email }: ResidentChanges): boolean =>
  [firstName, lastName, birthName, birthYear, phone, email].some((detail) => detail !== undefined);

/**
 * What a commit claims, and asks for: of a record that was there before, only what it did not claim until now. Whoever corrects a telephone has been
 * asked about the name already.
 */
export function claimsIn(
  events: readonly RecordEvent[],
  before: Resident | null,
  { session }: Caller,
  asks: boolean,
): Claims | undefined {
  const now = events.map(residentTold).findLast((told) => told !== null);
  if (!now) return undefined;
  const [claims, names] = [claimsOf(now), ownNames(now)];
  const [former, formerNames] = before ? [claimsOf(before), ownNames(before).asked] : [[], []];
  const added = claims.filter(({ word, kind }) => !former.some((claim) => claim.word === word && claim.kind === kind));
  return {
    words: [...claims.map(({ word }) => word), ...names.kept, ...names.asked],
    ...(asks
      ? {
          asks: {
            words: added,
            structure: session.structureId,
            names: names.asked.filter((name) => !formerNames.includes(name)),
          },
        }
      : {}),
  };
}

@Injectable()
export class Resemblances {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly hints: DuplicateHints,
  ) {}

  /** Does what may be answered that somebody is followed already, by `rivals`. Problems: that one; 429 when the person was told often enough today. */
  async asking<R>(
    caller: Caller,
    by: Probe,
    asks: boolean,
    decide: (rivals: (caseIds: readonly Uuid[]) => Promise<Problem>) => Promise<Outcome<R>>,
  ): Promise<Outcome<R>> {
    const reserved = await this.hints.reserve(caller, by, asks);
    let told = false;
    try {
      const outcome = await decide(async (caseIds) => {
        const problem = await this.possibleDuplicate(caller, caseIds);
        // Of a case of one's own nothing is told that was not known.
        told = problem.members['caseId'] === undefined;
        return problem;
      });
      if (outcome.replayed) this.hints.nothing(reserved);
      else await this.hints.done(caller, by, reserved);
      return outcome;
    } catch (error) {
      if (told) await this.hints.told(caller, reserved);
      else this.hints.nothing(reserved);
      throw error;
    }
  }

  /**
   * Says nothing of the other record; its id only to who takes part, or led it last and found it closed. Whoever left it to somebody else would learn
   * by names and numbers that were recorded since.
   */
  private async possibleDuplicate(caller: Caller, caseIds: readonly Uuid[]): Promise<Problem> {
    const [known] = await this.reads.rows<{ id: Uuid }>(
      caller,
      `select case_id as id from case_access where structure_id = me_structure()
         and (participation in ('lead', 'contributor') or (participation = 'former_lead' and status = 'closed' and lead_structure_id = me_structure()))
         and case_id = any(array(select jsonb_array_elements_text($1->'caseIds')::uuid)) order by last_activity_at desc limit 1`,
      { caseIds: [...caseIds] },
    );
    const until = new Date(Date.parse(this.clock.now()) + matchMinutes * 60_000).toISOString();
    // One id only: the length of the token must not tell how many there are.
    const matchToken = this.sealing.sealToken('match', {
      caseIds: caseIds.slice(0, 1),
      userId: caller.session.userId,
      until,
    });
    return new Problem(
      'possible-duplicate',
      'Somebody who resembles this resident is followed already. Ask to join that case, or say with confirmNotDuplicate that this is somebody else.',
      { matchToken, ...(known ? { caseId: known.id } : {}) },
    );
  }
}

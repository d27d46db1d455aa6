import { Injectable } from '@nestjs/common';
import { forbidden, notFound, outsideStatusValues, type Problem, wrongState, type Uuid } from '@fil-rouge/kernel';
import {
  Clock,
  cursorOf,
  evenUnreadable,
  instantOf,
  limitOf,
  pageOf,
  Reads,
  Sealing,
  type Asking,
  type Caller,
  type Page,
  type PageQuery,
  type Rows,
} from '@fil-rouge/platform';
import { nameOf } from '../case/resident-name.view';
import { isRead, standing } from '../entry/on-case.sql';
import { opened, sheetOf, wordsOf } from './outside-sheet.view';
import type { OutsideLine, OutsideQuery, OutsideSheet, OutsideShown } from './outside-referrals.dto';
import {
  allOfCase,
  allOfStructure,
  outsideOfCase,
  sheetOfCase,
  type OutsideLineRead,
  type OutsideOnCase,
  type OutsideRead,
  type SheetRead,
} from './outside-referrals.sql';

const notInError = outsideStatusValues.filter((status) => status !== 'entered_in_error');

@Injectable()
export class OutsideQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  asking(caller: Caller, caseId: Uuid, outsideId: Uuid): Asking {
    const audit = { action: 'case.outside-referral', record: caseId };
    return this.reads.asking(caller, outsideOfCase, { caseId, outsideId }, { audit });
  }

  /** Problems: 404 when the case or what was sent is hidden from the caller. */
  async one(caller: Caller, caseId: Uuid, outsideId: Uuid, rows?: Rows): Promise<OutsideShown> {
    const found = rows ?? (await this.reads.read(this.asking(caller, caseId, outsideId)));
    const [row] = readable(caller, standing(found as OutsideOnCase[]));
    if (!row) throw notFound();
    return this.show(row, caseId);
  }

  /** Newest first. Problems: 404 when the case is hidden from the caller. */
  async ofCase(caller: Caller, caseId: Uuid, query: PageQuery): Promise<Page<OutsideShown>> {
    const params = { caseId, limit: limitOf(query) + 1, after: cursorOf(query) };
    const audit = { action: 'case.outside-referrals', record: caseId };
    const read = standing(await this.reads.rows<OutsideOnCase>(caller, allOfCase, params, { audit }));
    return pageOf(
      readable(caller, read),
      limitOf(query),
      ({ sent_at, id }) => [sent_at, id],
      evenUnreadable((row) => this.show(row, caseId), shut),
    );
  }

  /** What the caller's structure sent, from whichever case; newest first. */
  async ofStructure(caller: Caller, query: OutsideQuery): Promise<Page<OutsideLine>> {
    const { status = notInError, recipient, from, to } = query;
    const params = { limit: limitOf(query) + 1, after: cursorOf(query), status, recipient, from, to };
    const audit = { action: 'outside-referral.list', shownIn: 'case_id' };
    const rows = await this.reads.rows<OutsideLineRead>(caller, allOfStructure, params, { audit });
    const show = (row: OutsideLineRead): OutsideLine => ({
      ...this.show(row, row.present_case),
      ...nameOf(row.resident, this.sealing),
    });
    return pageOf(
      rows,
      limitOf(query),
      ({ sent_at, id }) => [sent_at, id],
      evenUnreadable(show, (row) => ({ ...shut(row), resident: null })),
    );
  }

  /** Every one that is made stands in the journal. Problems: 404 when it is hidden; 403, and 409 for what was entered in error, when no sheet is made of it any more. */
  async sheet(caller: Caller, caseId: Uuid, outsideId: Uuid): Promise<OutsideSheet> {
    const audit = { action: 'case.outside-sheet', record: caseId };
    const [read] = await this.reads.rows<SheetRead>(caller, sheetOfCase, { caseId, outsideId }, { audit });
    const row = read?.outside[0];
    if (!read || !row || !isRead(read, row)) throw refusalOf(await this.one(caller, caseId, outsideId));
    const [resident, places] = [read.resident[0], read.reception[0]?.places];
    return sheetOf({ outside: row, resident, reception: places }, caseId, this.sealing, this.clock.now());
  }

  private show(row: OutsideRead, caseId: Uuid): OutsideShown {
    const { name, place, message, informed } = wordsOf(row.text, this.sealing);
    const { comment } = opened(row.comment, this.sealing);
    return {
      id: row.id,
      caseId,
      version: row.version,
      status: row.status,
      recipient: row.recipient,
      ...(name === undefined ? {} : { name }),
      ...(place === undefined ? {} : { place }),
      needs: row.needs,
      ...(message === undefined ? {} : { message }),
      means: row.means,
      ...(informed === undefined ? {} : { informed }),
      sentAt: instantOf(row.sent_at),
      structure: row.structure,
      actor: row.actor,
      ...(row.outcome === null || row.outcome_on === null ? {} : { outcome: row.outcome, outcomeOn: row.outcome_on }),
      ...(row.outcome === null ? {} : { reportedBy: row.by_recipient ? 'recipient' : 'sender' }),
      ...(row.answer === null || row.answered_at === null
        ? {}
        : { answer: row.answer, answeredAt: instantOf(row.answered_at) }),
      ...(row.answer_reason === null ? {} : { declineReason: row.answer_reason }),
      ...(row.link_until === null
        ? {}
        : {
            answerLink: { until: instantOf(row.link_until), ...(row.link_end === null ? {} : { ended: row.link_end }) },
          }),
      ...(row.ended_at === null
        ? {}
        : {
            ended: {
              at: instantOf(row.ended_at),
              ...(row.ender ? { actor: row.ender } : {}),
              ...(typeof comment === 'string' ? { comment } : {}),
            },
          }),
    };
  }
}

const refusalOf = ({ status }: OutsideShown): Problem =>
  status === 'entered_in_error'
    ? wrongState(status)
    : forbidden(
        'A sheet is made for who sent the resident there, while it takes part in the open case and the resident does not object to everybody.',
      );

const shut = <R extends OutsideRead>(row: R): R => ({ ...row, text: null, comment: null });

/** The second decision, beside row-level security's. */
const readable = (caller: Caller, read: OutsideOnCase): OutsideRead[] =>
  read.outside.filter((row) => row.structure_id === caller.session.structureId || isRead(read, row));

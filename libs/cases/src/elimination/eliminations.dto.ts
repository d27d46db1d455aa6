import { leftOutReasonValues, slipLineStateValues, slipStateValues } from '@fil-rouge/kernel';
import { Code, Line } from '@fil-rouge/platform';
import { NamedResponse } from '../case/cases.responses.dto';

export class SignSlipBody {
  /** The `hash` of the slip that was read: what is signed is that list and no other. */
  @Line(64)
  hash!: string;

  /** The reference of the archives’ visa, and nobody’s name. */
  @Line(100)
  visa!: string;
}

export class SlipSummary {
  id!: string;
  /** 1 for the first one. */
  number!: number;
  @Code(slipStateValues)
  state!: string;
  drawnUpAt!: string;
  drawnUpBy!: NamedResponse | null;
  /** How many records, and of these those that were closed and those still open. */
  total!: number;
  closed!: number;
  open!: number;
  /** The first and the last month (`YYYY-MM`) in which anything was last done on one of them. */
  firstMonth!: string;
  lastMonth!: string;
  /** SHA-256 of the list. */
  hash!: string;
  signedAt?: string;
  signedBy?: NamedResponse | null;
  visa?: string;
  erased!: number;
  leftOut!: number;
  /** When the last of its records was erased or left out, or it was withdrawn. */
  endedAt?: string;
}

export class SlipPage {
  items!: SlipSummary[];
  nextCursor!: string | null;
}

export class SlipProducer {
  structure!: NamedResponse;
  records!: number;
}

export class SlipLine {
  caseId!: string;
  @Code(slipLineStateValues)
  state!: string;
  /** Why it was left out. */
  @Code(leftOutReasonValues)
  because?: string;
}

export class SlipShown extends SlipSummary {
  /** Which structures led them last, and how many of them. */
  producers!: SlipProducer[];
  records!: SlipLine[];
}

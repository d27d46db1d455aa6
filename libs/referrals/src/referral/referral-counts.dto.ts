import { referralStatusValues } from '@fil-rouge/kernel';
import { Code, CountResponse } from '@fil-rouge/platform';

export class ReferralsCounted extends CountResponse {
  @Code(referralStatusValues)
  status!: string;
}

/** Of each state of which there are any, each exact up to a hundred. */
export class ReferralCounts {
  /** Asked of your structure. */
  received!: ReferralsCounted[];
  /** By your structure, and on the cases it leads; without what had ended on a record that has become one with another. */
  sent!: ReferralsCounted[];
}

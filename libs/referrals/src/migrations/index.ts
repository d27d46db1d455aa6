import { Referrals1700000000004 } from './1700000000004-referrals';
import { HandoverBatches1700000000011 } from './1700000000011-handover-batches';
import { Broadcasts1700000000012 } from './1700000000012-broadcasts';

export const referralsMigrations = [Referrals1700000000004, HandoverBatches1700000000011, Broadcasts1700000000012];

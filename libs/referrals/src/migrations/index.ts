import { Referrals1700000000004 } from './1700000000004-referrals';
import { HandoverBatches1700000000011 } from './1700000000011-handover-batches';

export const referralsMigrations = [Referrals1700000000004, HandoverBatches1700000000011];

import { Referrals1700000000004 } from './1700000000004-referrals';
import { Broadcasts1700000000012 } from './1700000000012-broadcasts';

export const referralsMigrations = [Referrals1700000000004, Broadcasts1700000000012];

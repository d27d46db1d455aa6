import { Referrals1700000000004 } from './1700000000004-referrals';

export const referralsMigrations = [Referrals1700000000004];

import { Referrals1700000000004 } from './1700000000004-referrals';
import { TasksAndSight1700000000014 } from './1700000000014-tasks-and-sight';

export const referralsMigrations = [Referrals1700000000004, TasksAndSight1700000000014];

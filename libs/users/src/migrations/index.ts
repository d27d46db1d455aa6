import { Users1700000000002 } from './1700000000002-users';
import { DelaySettings1700000000012 } from './1700000000012-delay-settings';

export const usersMigrations = [Users1700000000002, DelaySettings1700000000012];

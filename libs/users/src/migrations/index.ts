import { Users1700000000002 } from './1700000000002-users';

export const usersMigrations = [Users1700000000002];

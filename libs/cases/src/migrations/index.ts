import { Cases1700000000003 } from './1700000000003-cases';

export const casesMigrations = [Cases1700000000003];

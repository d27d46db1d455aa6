import { RecordStore1700000000001 } from './1700000000001-record-store';

export const platformMigrations = [RecordStore1700000000001];

import { RecordStore1700000000001 } from './1700000000001-record-store';
import { Rebuild1700000000007 } from './1700000000007-rebuild';

export const platformMigrations = [RecordStore1700000000001, Rebuild1700000000007];

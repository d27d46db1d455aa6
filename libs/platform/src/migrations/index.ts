import { RecordStore1700000000001 } from './1700000000001-record-store';
import { Erasure1700000000008 } from './1700000000008-erasure';
import { Rebuild1700000000007 } from './1700000000007-rebuild';
import { IndexReads1700000000018 } from './1700000000018-index-reads';
import { ClaimOrigins1700000000019 } from './1700000000019-claim-origins';
import { KeptPlans1700000000024 } from './1700000000024-kept-plans';

export const platformMigrations = [
  RecordStore1700000000001, Rebuild1700000000007, Erasure1700000000008, IndexReads1700000000018, ClaimOrigins1700000000019, KeptPlans1700000000024,
];
